// The search in a page of its own: the query lives in the address, so that it can be kept and sent.
const place = document.querySelector('[data-search-page]');

async function fill(page: Element): Promise<void> {
  const { createPanel } = await import('./panel.ts');
  const panel = createPanel({
    onQuery: (query) => {
      history.replaceState(null, '', `?q=${encodeURIComponent(query)}`);
    },
  });
  page.replaceChildren(panel.element);
  const query = new URLSearchParams(location.search).get('q') ?? '';
  if (query !== '') panel.ask(query);
  panel.focus();
}

// Whoever opens this page asks for the search; no other page loads it before a key or a click.
if (place) void fill(place);
