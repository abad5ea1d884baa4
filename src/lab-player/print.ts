// A lab that nobody has run goes to paper as it does where no script runs: with its end, and what came out in words. One that runs is printed as it stands.
export {};

/** What the picture says, and where in time it stands: a lab that sleeps has no slider yet. */
const shownBy = (lab: Element): string => `${lab.querySelector<HTMLInputElement>('[type=range]')?.value ?? 0}${lab.querySelector('.live')?.textContent}`;

const labs = [...document.querySelectorAll('lab-player')].map((lab) => [lab, shownBy(lab)] as const);

addEventListener('beforeprint', () => {
  for (const [lab, atFirst] of labs) {
    if (lab.classList.toggle('unrun', shownBy(lab) === atFirst))
      for (const end of lab.querySelectorAll('noscript')) end.insertAdjacentHTML('afterend', `<div class="printed">${end.textContent}</div>`);
  }
});
addEventListener('afterprint', () => {
  for (const printed of document.querySelectorAll('.printed')) printed.remove();
});
