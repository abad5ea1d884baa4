import { addressOf, askedIn, isAnother } from './address.ts';

// The search in a page of its own: query and kind live in the address, so that they can be kept and sent, and the back button leads through them.
const place = document.querySelector('[data-search-page]');

async function fill(page: Element): Promise<void> {
  const { createPanel } = await import('./panel.ts');
  const panel = createPanel({
    onAsked: (asked) => {
      const before = askedIn(location.search);
      if (addressOf(before) === addressOf(asked)) return;
      const address = `${location.pathname}${addressOf(asked)}`;
      try {
        if (isAnother(before, asked)) history.pushState(null, '', address);
        else history.replaceState(null, '', address);
      } catch {
        // Safari takes 100 addresses in 30 seconds; whoever types faster is left with an earlier one until the next key.
      }
    },
  });
  page.replaceChildren(panel.element);
  const show = (): void => {
    panel.ask(askedIn(location.search));
  };
  show();
  addEventListener('popstate', show);
  panel.focus('all');
}

// Whoever opens this page asks for the search; no other page loads it before a key or a click.
if (place) void fill(place);
