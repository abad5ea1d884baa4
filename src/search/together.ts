/** Words that are found within so many of one another belong to one thought. */
const thought = 24;

/**
 * Whether as many places as words were asked for lie close together somewhere, no further apart than `within`. A long page holds most words somewhere, each in a sentence of its own: found
 * so, it does not answer a question that is made of them.
 */
export function standClose(places: readonly number[], asked: number, within = thought): boolean {
  const sorted = [...places].sort((a, b) => a - b);
  return asked < 2 || sorted.some((place, at) => (sorted[at + asked - 1] ?? Infinity) - place <= within);
}

/** A word in a page: where it stands, in no place where only the title has it, and how much it weighs. */
interface Weighed {
  readonly places: readonly number[];
  readonly weight: number;
}

/** Of words of a page, those that stand within so many of one another and weigh most; what stands in the title stands by all. */
export function heaviestWithin<Word extends Weighed>(words: readonly Word[], within: number): readonly Word[] {
  const stands = words.flatMap((word) => word.places.map((place) => ({ place, word }))).sort((a, b) => a.place - b.place);
  let best: readonly Word[] = [];
  let most = 0;
  let to = 0;
  for (const [from, { place: first }] of stands.entries()) {
    while (to < stands.length && (stands[to]?.place ?? 0) - first <= within) to += 1;
    const some = [...new Set(stands.slice(from, to).map(({ word }) => word))];
    const weight = some.reduce((sum, each) => sum + each.weight, 0);
    if (weight > most) [most, best] = [weight, some];
  }
  return [...best, ...words.filter(({ places }) => places.length === 0)];
}
