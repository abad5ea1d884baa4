import { fillers, stem } from './words.ts';
import { distance, wrongLettersMax } from './nearest.ts';

/** A stretch of a name that a word of a query may be: one piece (`volume`), a word (`persistentvolume`), two words in one (`loadbalancer`). */
interface Unit {
  readonly text: string;
  readonly from: number;
  readonly to: number;
  /** A part of one word, as `Pod` is of ReadWriteOncePod: the name is about it less surely than where it is a word. */
  readonly isPart: boolean;
}

/** A name cut into pieces, with all that may be typed for parts of it. */
export interface Name {
  readonly pieces: readonly string[];
  readonly units: readonly Unit[];
}

/** persistentVolumeClaim, ClusterIP, CoreDNS → their words; a name in small letters stays whole. */
const camelPieces = (word: string): readonly string[] =>
  word
    .replace(/(\p{Ll}{2})(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll}{2})/gu, '$1 $2')
    .toLowerCase()
    .split(' ');

/** Cuts a name. */
export function readName(text: string): Name {
  const cut: string[] = [];
  const units: Unit[] = [];
  let before: Unit | undefined;
  for (const word of text.match(/[\p{L}\p{N}]+/gu) ?? []) {
    const from = cut.length;
    const parts = camelPieces(word);
    for (const piece of parts) {
      units.push({ text: piece, from: cut.length, to: cut.length + 1, isPart: parts.length > 1 });
      cut.push(piece);
    }
    const whole = { text: word.toLowerCase(), from, to: cut.length, isPart: false };
    if (whole.to - whole.from > 1) units.push(whole);
    if (before) units.push({ text: before.text + whole.text, from: before.from, to: whole.to, isPart: false });
    before = whole;
  }
  return { pieces: cut, units };
}

/** A word, and what is left of it without its ending: endings are cut once, not for each query. */
export interface Stemmed {
  readonly word: string;
  readonly stem: string;
}

/** Cuts the ending off. */
export const stemmed = (word: string): Stemmed => ({ word, stem: stem(word) });

/** How well a word of a query fits a word of a name: 1 the same or another form of it, less for a beginning, 0 not at all. */
export function fit({ word: asked, stem: askedStem }: Stemmed, { word: found, stem: foundStem }: Stemmed): number {
  if (asked === found) return 1;
  if (askedStem === foundStem) return 0.97;
  // But for the last letter it is typed.
  if (asked.length > 4 && asked.length === found.length - 1 && found.startsWith(asked)) return 0.96;
  if (asked.length > 2 && found.startsWith(asked)) return 0.7 + 0.2 * (asked.length / found.length);
  return 0;
}

/** How well a word that no name has fits one that was perhaps meant. */
export function fitMisspelt({ word: asked }: Stemmed, { word: found }: Stemmed): number {
  const limit = wrongLettersMax(asked.length);
  // Whoever errs seldom errs in the first letter.
  if (limit === 0 || found.length < 4 || !(found.startsWith(asked.charAt(0)) || found.startsWith(asked.charAt(1), 1))) return 0;
  const apart = distance(asked, found, limit);
  return apart > limit ? 0 : 0.86 - 0.1 * apart;
}

/** How telling a word is: 1 in few names, less in many; small words tell next to nothing. */
export function telling(word: string, names: number, total: number): number {
  if (fillers.has(word)) return 0.15;
  return Math.log(1 + total / (1 + names)) / Math.log(1 + total);
}
