// What the pages of the reference do once scripts run: copy commands, and load the filter of a list when somebody reaches for it.
for (const button of document.querySelectorAll<HTMLButtonElement>('[data-copy]')) button.hidden = false;

document.addEventListener('click', (event) => {
  const button = (event.target as Element).closest<HTMLButtonElement>('[data-copy]');
  if (!button) return;
  const commands = [...(button.closest('figure')?.querySelectorAll('.command') ?? [])].map((command) => command.textContent);
  const label = button.textContent;
  void navigator.clipboard.writeText(commands.join('\n')).then(
    () => (button.textContent = 'Copied'),
    () => (button.textContent = 'Not allowed here'),
  );
  setTimeout(() => (button.textContent = label), 2_000);
});

const form = document.querySelector<HTMLFormElement>('[data-filter]');
if (form) {
  form.dataset.ready = '';
  const wake = (): void => void import('./list-filter.ts').then(({ startFilter }) => startFilter(form));
  // The field gets the focus first; a choice may be made without it.
  form.addEventListener('focusin', wake, { once: true });
  form.addEventListener('input', wake, { once: true });
}

// A module, so that its names are its own.
export {};
