// Puts the manifest into its link when somebody reaches for it, before it can be followed, copied or opened in a new tab. A click that comes first waits.
export {};

const reach = (event: Event): void => {
  const link = (event.target as Element).closest<HTMLAnchorElement>('[data-open]');
  if (!link) return;
  const taken = import('./open-in-lab.ts').then(({ takeAlong }) => {
    takeAlong(link);
  });
  if (event.type !== 'click') return;
  event.preventDefault();
  const go = (): void => {
    location.assign(link.href);
  };
  // Without the network the scenario still opens, in its own words.
  taken.then(go, go);
};
for (const type of ['pointerover', 'focusin', 'click']) addEventListener(type, reach);
