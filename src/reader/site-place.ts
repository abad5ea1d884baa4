/** Where the site begins on its host, with its final slash: `/course/` when it is served below a path. */
const base = (): string => document.documentElement.dataset.base ?? '/';

/** A place of this page without the base path, so that it holds when the site moves: `/dns/#search-domains`. */
export function placeHere(hash: string): string {
  return `/${location.pathname.slice(base().length)}${hash}`;
}

/** The address of a place. */
export function addressOf(place: string): string {
  return base() + place.slice(1);
}
