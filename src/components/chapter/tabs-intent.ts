// Loads what makes tabs work when somebody reaches for one, when the visit already chose one, or when a link may lead into one. A press waits until it can be answered.
export {};

let pressed: EventTarget | null = null;
let isAsked = false;
const waiting = new AbortController();

const begin = (): void => {
  if (isAsked) return;
  isAsked = true;
  void import('./tabs-client.ts').then(({ startTabs }) => {
    waiting.abort();
    startTabs(pressed);
  });
};
const reach = ({ type, target }: Event): void => {
  if (!(target as Element).closest('[data-tabs]')) return;
  if (type === 'click') pressed = target;
  begin();
};
for (const type of ['pointerover', 'focusin', 'click']) addEventListener(type, reach, waiting);
try {
  if (document.querySelector('[data-tabs]') && (location.hash !== '' || sessionStorage.length > 0)) begin();
} catch {
  // Refused: nothing was chosen.
}
