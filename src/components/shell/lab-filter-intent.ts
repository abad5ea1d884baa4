// Loads the filter of the labs when somebody reaches for it, or comes with a question in the address.
export {};

const form = document.querySelector<HTMLFormElement>('[data-labs]');
let isAsked = false;
const begin = (): void => {
  if (isAsked || !form) return;
  isAsked = true;
  void import('./lab-filter.ts').then(({ startLabFilter }) => startLabFilter(form));
};
form?.addEventListener('focusin', begin);
if (location.search !== '') begin();
