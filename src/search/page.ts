import { addressOf, askedIn, isAnother } from './address.ts';

// The search in a page of its own: query and kind live in the address, so that they can be kept and sent, and the back button leads through them.
const place = document.querySelector<HTMLElement>('[data-search-page]');

async function fill(form: HTMLFormElement, field: HTMLInputElement): Promise<void> {
  const { createPanel } = await import('./panel.ts');
  const panel = createPanel(form, {
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
  const show = (): void => {
    panel.ask(askedIn(location.search));
  };
  // What was typed while this loaded is the later question.
  if (field.value === '') show();
  else panel.ask({ query: field.value, kind: undefined });
  addEventListener('popstate', show);
  // Who has gone on meanwhile stays there.
  if (document.activeElement !== document.body) return;
  field.focus();
  field.select();
}

// Whoever opens this page asks for the search; no other page loads it before a key or a click.
const form = place?.querySelector('form');
const field = place?.querySelector('input');
if (form && field) void fill(form, field);
