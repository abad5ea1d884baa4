const listed = (words: string): readonly string[] => words.split(' ');

/**
 * Words that a question is made of, and those of a complaint: that something does not work, that help is wanted. No answer need contain them. An error
 * text in which they stand is compared whole (`scoreErrors`).
 */
export const fillers: ReadonlySet<string> = new Set([
  ...listed(
    'a about am an and any are as at be been between but by can cannot could did difference differ do does doing done explain for from get gets getting goes had has have having how i if in into is it its just keep keeps me mean means my never no not of on one or our please should so some still that the their them then there they this to too up versus vs want was we went were what when where which while who why will with would you your',
  ),
  ...listed('broken error errors happen happened happens help issue issues problem problems something trouble work worked working works wrong'),
]);

/**
 * Words that stand in any question whatever it is about: how many, how much, since when, whether it is possible. A name or a text may hold them and be about
 * something else, so they count for less than the others.
 */
export const weakWords: ReadonlySet<string> = new Set(
  listed(
    'after again ago all already also although always another anymore anything anyway around away back bad because before best better big certain come completely correct correctly couple day days different directly during each easily easy either else end ends enough entire etc even every everything exactly fast find fine first following forever four full fully general give given go gone good got great half happening hard hello however idea immediately important inside instead itself keep kind know last learn least less let like little long look lot lots made main make making many may maybe minute minutes moment more most much multiple must myself necessary need needed new next normal normally nothing now obviously often ok okay old once one only other others out outside over own part people perhaps place please point possible possibly probably properly put question questions quick quickly quite rather real really recommended right same say second seconds see seem seems seen set several shall show similar simple simply since small so some somehow someone sometimes somewhere soon specific stay stays still stuff such suddenly sure take tell than thanks then thing things think three through time times today together too total try trying turn twice two unable under understand until up use used using usual usually various want wanted way well whether whole without wrong yes yesterday yet',
  ),
);

/** don't, won't, isn't: a `not`, whose halves would be words of their own. */
const contracted = /\p{L}+n['’]t(?!\p{L})/giu;

/** The pieces of a text that count as words: letters and digits between any other characters, in small letters. */
export const pieces = (text: string): readonly string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

/** The words of a query that say what it is about; all of them where it is made of small words alone. */
export function tellingWords(query: string): readonly string[] {
  const telling = pieces(query.replace(contracted, ' ')).filter((word) => !fillers.has(word));
  return telling.length > 0 ? telling : pieces(query);
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
