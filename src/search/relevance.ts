/** Words that a question is made of and that no answer need contain. */
export const fillers: ReadonlySet<string> = new Set(
  'a an and are as at be but by can cannot do does for from get has have how i if in into is it its my no not of on one or that the their then there this to was what when where which who why will with you your'.split(
    ' ',
  ),
);

/** The pieces of a text that count as words: letters and digits between any other characters, in small letters. */
const pieces = (text: string): readonly string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

function samePrefix(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length += 1;
  return length;
}

/** Whether a word of a page is the word that was asked for, in another form perhaps: lookup, lookups; resolve, resolver. */
function isFormOf(asked: string, found: string): boolean {
  const same = samePrefix(asked, found);
  return same === asked.length || (same >= 3 && same >= asked.length * 0.6);
}

/**
 * Whether the words that a hit was found by are words of the query. When Pagefind knows no word with the letters asked for, it tries ever
 * shorter beginnings of it, and answers "ndtos" with every "-n" of a page: such a hit is none.
 */
export function isTrueHit(query: string, foundBy: readonly string[]): boolean {
  const found = foundBy.flatMap(pieces);
  const asked = pieces(query);
  const telling = asked.filter((word) => !fillers.has(word));
  return (telling.length > 0 ? telling : asked).every((word) => found.some((other) => isFormOf(word, other)));
}
