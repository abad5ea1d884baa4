import { isFormOf, pieces, stem, tellingWords } from './words.ts';

/**
 * Whether the words that a hit was found by are words of the query. When Pagefind knows no word with the letters asked for, it tries ever
 * shorter beginnings of it, and answers "ndtos" with every "-n" of a page: such a hit is none.
 */
export function isTrueHit(query: string, foundBy: readonly string[]): boolean {
  const found = foundBy.flatMap(pieces);
  return tellingWords(query).every((word) => found.some((other) => isFormOf(word, other) || stem(word) === stem(other)));
}
