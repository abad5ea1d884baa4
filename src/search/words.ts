/** Words that a question is made of and that no answer need contain. */
export const fillers: ReadonlySet<string> = new Set(
  'a about an and are as at be between but by can cannot could did difference differ do does explain for from get has have how i if in into is it its me mean means my no not of on one or should that the their then there this to versus vs was what when where which who why will with work works would you your'.split(
    ' ',
  ),
);

/** The pieces of a text that count as words: letters and digits between any other characters, in small letters. */
export const pieces = (text: string): readonly string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

/** The words of a query that say what it is about; all of them where it is made of small words alone. */
export function tellingWords(query: string): readonly string[] {
  const asked = pieces(query);
  const telling = asked.filter((word) => !fillers.has(word));
  return telling.length > 0 ? telling : asked;
}

/**
 * A word without the ending of its form, so that `claims`, `claim`, and `used`, `use` are one. It is no dictionary: what it cuts wrongly it cuts
 * wrongly on both sides.
 */
export function stem(word: string): string {
  if (word.length < 4 || /\d/.test(word)) return word;
  if (word.length === 4 && word.endsWith('ed')) return word.slice(0, -1);
  if (word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  if (/(?:ss|us|is|dns|tls|nfs)$/.test(word)) return word;
  const singular = /(?:sses|xes|ches|shes)$/.test(word) ? word.slice(0, -2) : word.replace(/s$/, '');
  const bare = singular.length > 5 ? singular.replace(/(?:ing|ed)$/, '') : singular;
  // resolve, resolving: the silent e goes from both; a doubled letter before an ending too (dropped, drop).
  return (bare === singular ? bare : bare.replace(/([bdgmnprt])\1$/, '$1')).replace(/e$/, '');
}

function samePrefix(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length += 1;
  return length;
}

/** Whether a word of a page is the word that was asked for, in another form perhaps: lookup, lookups; resolve, resolver. */
export function isFormOf(asked: string, found: string): boolean {
  const same = samePrefix(asked, found);
  return same === asked.length || (same >= 3 && same >= asked.length * 0.6);
}
