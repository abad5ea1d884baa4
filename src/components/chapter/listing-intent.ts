// Loads what the buttons and links of a listing do when somebody reaches for one. A press that comes first waits.
const waiting = new AbortController();

const reach = (event: Event): void => {
  const target = event.target as Element;
  if (!target.closest('.code')) return;
  const link = event.type === 'click' && target.closest<HTMLAnchorElement>('[data-open]');
  if (link) event.preventDefault();
  import('./listing-client.ts').then(
    ({ startListings }) => {
      waiting.abort();
      startListings(event);
    },
    // Without the network the scenario still opens, in its own words.
    () => {
      if (link) location.assign(link.href);
    },
  );
};
for (const type of ['pointerover', 'focusin', 'click']) addEventListener(type, reach, waiting);
