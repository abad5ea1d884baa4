// The page of the reader's data. Whoever opens it asks what is here, and no other page loads that; what changes it loads with the first click.
void import('./your-data-counts.ts').then(({ keepCounting }) => {
  keepCounting();
});

const input = document.querySelector<HTMLInputElement>('#read-file');

document.addEventListener('click', ({ target }) => {
  const { act, remove } = (target as Element).closest('button')?.dataset ?? {};
  if (act === undefined && remove === undefined) return;
  // A button of its own opens the choice: of the field Firefox makes two things with the same name, and both are said.
  if (act === 'choose') {
    input?.click();
    return;
  }
  void Promise.all([import('./your-data-acts.ts'), import('./your-data-counts.ts')]).then(([{ doAct, removeBookmark }, { paint }]) => {
    if (remove !== undefined) removeBookmark(remove);
    doAct(act ?? '');
    paint();
  });
});
input?.addEventListener('change', () => {
  void import('./your-data-acts.ts').then(({ readChosen }) => readChosen(input));
});
for (const control of document.querySelectorAll<HTMLButtonElement>('[data-act]')) control.disabled = false;

// A module, so that its names are its own.
export {};
