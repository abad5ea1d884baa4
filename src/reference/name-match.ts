/** What a filter knows of an entry besides what its row shows: its group, and all other names, a line each. */
export type EntryNames = Readonly<Record<string, readonly [group: string, names: string]>>;

/** From how many letters on a piece of a query may stand inside a word: fewer stand in too many. */
const insideMin = 4;

/** The words of a query: letters and digits between any other characters. Numbers in an error text are an instance's own, so they only count alone. */
function wordsOf(query: string): readonly string[] {
  const words = query.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const telling = words.filter((word) => /\p{L}/u.test(word));
  return telling.length > 0 ? telling : words;
}

const letters = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');

/**
 * Whether a text has all words of a query: at the beginning of a word (`Slice` begins one in `EndpointSlice`), or anywhere when it is long. Two words of a
 * query may be one of the text: `endpoint slice`, `kube proxy`. An empty query fits everything.
 */
export function isMatch(query: string, text: string): boolean {
  const starts = ` ${text
    .replace(/(\p{Ll})(?=\p{Lu})/gu, '$1 ')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')}`;
  const whole = text.toLowerCase();
  const hasWord = (word: string): boolean => starts.includes(` ${word}`) || (word.length >= insideMin && whole.includes(word));
  const asked = letters(query);
  return wordsOf(query).every(hasWord) || (asked.length >= insideMin && text.split('\n').some((name) => letters(name).includes(asked)));
}
