// On the page for addresses that do not exist: asks the search for the words of the address, and names the page that may have been meant.
import { meantPath, wordsOf } from './lost-address.ts';

const words = wordsOf(location.pathname, document.documentElement.dataset.base ?? '/');
const search = document.querySelector<HTMLAnchorElement>('main a[data-search]');
if (search && words !== '') {
  search.search = `?q=${encodeURIComponent(words)}`;
  search.textContent = `Search for “${words}”`;
}
const place = document.querySelector<HTMLElement>('[data-meant]');
const links = [...document.querySelectorAll<HTMLAnchorElement>('main a[href], header a[href]')].filter(
  ({ origin, hash }) => origin === location.origin && hash === '',
);
const meant = meantPath(
  location.pathname,
  links.map(({ pathname }) => pathname),
);
const target = links.find(({ pathname }) => pathname === meant);
const link = place?.querySelector('a');
if (place && link && target) {
  link.href = target.href;
  link.textContent = target.textContent.trim();
  place.hidden = false;
}
