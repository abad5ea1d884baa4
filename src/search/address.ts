/** A search as its address holds it. */
export interface Asked {
  readonly query: string;
  readonly kind: string | undefined;
}

/** The part of an address that asks for it: `?q=ndots&kind=Term`; empty when nothing is asked. */
export function addressOf({ query, kind }: Asked): string {
  if (query === '') return '';
  return `?q=${encodeURIComponent(query)}${kind === undefined ? '' : `&kind=${encodeURIComponent(kind)}`}`;
}

/** Reads such a part; an unknown kind is taken as it stands, and then holds nothing. */
export function askedIn(search: string): Asked {
  const parameters = new URLSearchParams(search);
  return { query: (parameters.get('q') ?? '').trim(), kind: parameters.get('kind') ?? undefined };
}

/**
 * Whether a search is another one, worth a step of the back button, and not the same that is still being typed: `ndo`, `ndots`, `ndots 5`. A field that
 * is emptied at once begins another; one whose last letter is taken away was emptied by typing.
 */
export function isAnother(before: Asked, after: Asked): boolean {
  if (before.query === '') return false;
  if (before.kind !== after.kind) return true;
  if (after.query === '') return before.query.length > 1;
  return !after.query.startsWith(before.query) && !before.query.startsWith(after.query);
}
