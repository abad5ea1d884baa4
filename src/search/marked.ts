import { isFormOf } from './words.ts';

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
/** A text with the signs that HTML reads otherwise written out. */
export const escaped = (text: string): string => text.replace(/[&<>]/g, (sign) => entities[sign] ?? sign);

/** Shorter words stand in too many others to be worth a mark. */
const markedFrom = 2;

/** A text as an excerpt, with marks around the words that were asked for, in whatever form they stand there. */
export function markedText(text: string, asked: readonly string[]): string {
  const words = asked.filter((word) => word.length >= markedFrom);
  return text
    .split(/([\p{L}\p{N}]+)/u)
    .map((piece, at) => (at % 2 === 1 && words.some((word) => isFormOf(word, piece.toLowerCase())) ? `<mark>${escaped(piece)}</mark>` : escaped(piece)))
    .join('');
}
