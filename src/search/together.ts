/** Words that are found within so many of one another belong to one thought. */
const thought = 24;

/**
 * Whether as many places as words were asked for lie close together somewhere. A long page holds most words somewhere, each in a sentence of its own: found
 * so, it does not answer a question that is made of them.
 */
export function standClose(places: readonly number[], asked: number): boolean {
  const sorted = [...places].sort((a, b) => a - b);
  return asked < 2 || sorted.some((place, at) => (sorted[at + asked - 1] ?? Infinity) - place <= thought);
}
