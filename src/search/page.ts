import { createPanel } from './panel.ts';

// The search in a page of its own: the query lives in the address, so that it can be kept and sent.
const place = document.querySelector('[data-search-page]');
if (place) {
  const panel = createPanel({
    onQuery: (query) => {
      history.replaceState(null, '', `?q=${encodeURIComponent(query)}`);
    },
  });
  place.replaceChildren(panel.element);
  const query = new URLSearchParams(location.search).get('q') ?? '';
  if (query !== '') panel.ask(query);
  panel.focus();
}
