import { createHash } from 'node:crypto';
import { globSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { fillers } from '../search/words.ts';
import { cborArray, cborItems, cborText, textOf } from './cbor.ts';

/** A word of the index with all that Pagefind keeps of it, as it wrote it. */
export interface IndexedWord {
  readonly word: string;
  readonly bytes: Buffer;
}

/** Words that lie together in one file, and the words that are looked up in it: those from `from` to `to`. */
export interface Piece {
  readonly from: string;
  readonly to: string;
  readonly words: readonly IndexedWord[];
}

/** Bytes before packing after which a piece is full; packed they are about half. A word that needs more has a piece of its own. Of 8,000 a first query fetches 4 to 6 kB more. */
const pieceBytes = 4_000;
/** Words that begin alike are extensions of one another while somebody types: they stay together up to this. */
const familyBytes = 3 * pieceBytes;
const familyLetters = 3;

const last = '\u{10FFFF}';
const byBytes = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));

/** Letters, not halves of surrogate pairs. */
const lettersOf = (text: string): readonly string[] => Array.from(text);

/** So many letters two words begin with alike. */
function alike(a: string, b: string): number {
  const [left, right] = [lettersOf(a), lettersOf(b)];
  const end = left.findIndex((letter, at) => letter !== right[at]);
  return end < 0 ? left.length : end;
}

/** The greatest text that sorts before another: Pagefind looks for the first piece whose `to` is not less than the word. */
function justBefore(text: string): string {
  const letters = lettersOf(text);
  const code = letters.at(-1)?.codePointAt(0) ?? 0;
  // No text has half a surrogate pair; what sorts before the letter behind them is the one in front of them.
  return letters.slice(0, -1).join('') + String.fromCodePoint(code === 0xe000 ? 0xd7ff : code - 1) + last;
}

/** What readers may type for a word that is indexed by its stem, where that begins otherwise: `use`, `using` for `us`; `dry` for `dri`. */
function typedForms(stem: string): readonly string[] {
  if (fillers.has(stem)) return [];
  if (stem.length === 2) return ['e', 'es', 'ed', 'ing'].map((ending) => stem + ending);
  return stem.length === 3 && stem.endsWith('i') ? [`${stem.slice(0, -1)}y`] : [];
}

/** Words one after another, cut where one begins otherwise than the one before, as near to full pieces as that allows. */
function groups(words: readonly IndexedWord[]): readonly (readonly IndexedWord[])[] {
  const found: IndexedWord[][] = [];
  let size = 0;
  for (const each of words) {
    const group = found.at(-1);
    const isFamily = alike(group?.at(-1)?.word ?? '', each.word) >= familyLetters;
    if (group === undefined || (size > 0 && size + each.bytes.length > (isFamily ? familyBytes : pieceBytes))) {
      found.push([each]);
      size = each.bytes.length;
    } else {
      group.push(each);
      size += each.bytes.length;
    }
  }
  return found;
}

/** Cuts the words of an index, in any order, into pieces that leave no gap: every text that may be typed is looked up in just one. */
export function cutPieces(words: readonly IndexedWord[]): readonly Piece[] {
  const cut = groups([...words].sort((a, b) => byBytes(a.word, b.word)));
  const froms = cut.map((group, at) => {
    const before = cut[at - 1]?.at(-1)?.word;
    const first = group[0]?.word ?? '';
    return before === undefined
      ? ''
      : lettersOf(first)
          .slice(0, alike(before, first) + 1)
          .join('');
  });
  const pieces = cut.map((group, at): Piece => {
    const next = froms[at + 1];
    return { from: froms[at] ?? '', to: next === undefined ? last : justBefore(next), words: group };
  });
  const holds = ({ from, to }: Piece, word: string): boolean => byBytes(word, from) >= 0 && byBytes(word, to) <= 0;
  // They lie in both pieces: a word that is loaded twice is the same word.
  const strayed = words.flatMap((each) => typedForms(each.word).map((form) => ({ each, form })));
  return pieces.map((piece) => {
    const own = new Set(piece.words);
    const guests = new Set(strayed.filter(({ each, form }) => !own.has(each) && holds(piece, form)).map(({ each }) => each));
    return { ...piece, words: [...piece.words, ...guests] };
  });
}

const signature = Buffer.from('pagefind_dcd');

function readPacked(file: string): Buffer {
  const bytes = gunzipSync(readFileSync(file));
  if (!bytes.subarray(0, signature.length).equals(signature)) throw new Error(`search: ${file} is no file of Pagefind`);
  return bytes.subarray(signature.length);
}

const writePacked = (file: string, bytes: Buffer): void => {
  writeFileSync(file, gzipSync(Buffer.concat([signature, bytes]), { level: 9 }));
};

/**
 * Cuts Pagefind's index into smaller pieces: of its own, about 22 kB each, a query fetches one for each of its words. Their files and the list of them in
 * `*.pf_meta` are written again (models `pagefind/src/index`, 1.5). Throws when they have another form. Returns how many there are.
 */
export function cutIndex(pagefindFolder: string): number {
  const [metaName, ...others] = globSync('*.pf_meta', { cwd: pagefindFolder });
  if (metaName === undefined || others.length > 0) throw new Error('search: expected one index of Pagefind');
  const metaFile = join(pagefindFolder, metaName);
  const meta = cborItems(readPacked(metaFile));
  const files = globSync('index/*.pf_index', { cwd: pagefindFolder }).map((file) => join(pagefindFolder, file));
  const words = files.flatMap((file) => {
    const [list, ...rest] = cborItems(readPacked(file));
    if (list === undefined || rest.length > 0) throw new Error(`search: ${file} holds more than words; see cutIndex`);
    return cborItems(list).map((bytes): IndexedWord => ({ word: textOf(cborItems(bytes)[0]), bytes }));
  });
  const listed = cborItems(meta[2]).map((chunk) => cborItems(chunk).map(textOf));
  if (listed.length !== files.length || listed.some((chunk) => chunk.length !== 3))
    throw new Error('search: Pagefind lists its pieces in another form; see cutIndex');
  for (const file of files) rmSync(file);
  const entries = cutPieces(words).map(({ from, to, words: own }) => {
    const bytes = cborArray([cborArray(own.map((each) => each.bytes))]);
    const name = `en_${createHash('sha256').update(bytes).digest('hex').slice(0, 7)}`;
    writePacked(join(pagefindFolder, `index/${name}.pf_index`), bytes);
    return cborArray([from, to, name].map(cborText));
  });
  writePacked(metaFile, cborArray(meta.map((item, at) => (at === 2 ? cborArray(entries) : item))));
  return entries.length;
}
