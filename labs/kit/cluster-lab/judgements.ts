import type { Check } from '../../lab.ts';

/** Met if some object passes; the reason names it, or says what is missing. */
export function some<Item>(items: readonly Item[], passes: (item: Item) => boolean, yes: (item: Item) => string, no: string): Check {
  const found = items.find(passes);
  return found === undefined ? { met: false, because: no } : { met: true, because: yes(found) };
}

/** Met if there are objects and all pass; the reason names the first that does not. */
export function every<Item>(
  items: readonly Item[],
  passes: (item: Item) => boolean,
  words: { readonly yes: string; readonly no: (item: Item) => string; readonly none: string },
): Check {
  const wrong = items.find((item) => !passes(item));
  if (wrong !== undefined) return { met: false, because: words.no(wrong) };
  return { met: items.length > 0, because: items.length === 0 ? words.none : words.yes };
}
