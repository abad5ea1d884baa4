import { fillers } from './words.ts';

/** How many letters may be wrong in a word of so many: in a short one a wrong letter makes another word. */
export const wrongLettersMax = (length: number): number => (length < 4 ? 0 : length < 7 ? 1 : length < 12 ? 2 : 4);

/** How many letters must be put in, taken out, changed or swapped with a neighbour to get from one word to the other; `limit + 1` when more than `limit`. */
export function distance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let before: readonly number[] = [];
  let last: readonly number[] = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row += 1) {
    const next = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const same = a[row - 1] === b[column - 1];
      let least = Math.min((last[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1, (last[column - 1] ?? 0) + (same ? 0 : 1));
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]) least = Math.min(least, (before[column - 2] ?? 0) + 1);
      next.push(least);
    }
    if (Math.min(...next) > limit) return limit + 1;
    before = last;
    last = next;
  }
  return last[b.length] ?? limit + 1;
}

/** Words of the site that are near to a word of the query, nearest first. A word that the site has is not near to itself. */
export function nearestTerms(query: string, terms: readonly string[], count: number): readonly string[] {
  const words = query
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word.length > 2 && !fillers.has(word))
    .slice(0, 8);
  const scored = new Map<string, number>();
  for (const term of terms) {
    const lower = term.toLowerCase();
    for (const word of words) {
      // In a short word one wrong letter makes another word: get, got.
      const limit = word.length < 4 ? 0.5 : word.length < 6 ? 1 : 2;
      const score = lower === word ? 0 : lower.startsWith(word) || word.startsWith(lower) ? 0.5 : distance(word, lower, Math.floor(limit));
      if (score <= limit) scored.set(term, Math.min(score, scored.get(term) ?? score));
    }
  }
  return [...scored]
    .sort(([a, x], [b, y]) => x - y || a.length - b.length || (a < b ? -1 : 1))
    .slice(0, count)
    .map(([term]) => term);
}

/** The words with those that the site does not have replaced by the nearest that it has; `undefined` when a word has no near one, or none is strange. */
export function correctWords(words: readonly string[], terms: readonly string[]): readonly string[] | undefined {
  const known = new Set(terms.map((term) => term.toLowerCase()));
  const corrected = words.map((word) => {
    if (known.has(word)) return word;
    const limit = wrongLettersMax(word.length);
    const near = [...known]
      .map((term) => ({ term, apart: distance(word, term, limit) }))
      .filter(({ term, apart }) => apart <= limit && term.startsWith(word.charAt(0)))
      .sort((a, b) => a.apart - b.apart);
    return near[0]?.term;
  });
  if (corrected.some((word) => word === undefined) || corrected.every((word, at) => word === words[at])) return undefined;
  return corrected.filter((word) => word !== undefined);
}
