import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { cborArray, cborItems, cborText, textOf } from './cbor.ts';
import { cutIndex, cutPieces, type Piece } from './search-pieces.ts';

const word = (text: string, size = 100) => ({ word: text, bytes: Buffer.alloc(size) });
const wordsOf = (piece: Piece | undefined) => piece?.words.map((each) => each.word);
/** As Pagefind looks: the first piece whose ends hold what was typed, compared by bytes. */
const lookUp = (pieces: readonly Piece[], typed: string) =>
  pieces.find(({ from, to }) => Buffer.compare(Buffer.from(typed), Buffer.from(from)) >= 0 && Buffer.compare(Buffer.from(typed), Buffer.from(to)) <= 0);

describe('words are cut into pieces', () => {
  const names = ['zone', 'node', 'pod', 'kubelet', 'claim', '10.0.0.1', 'über', '日本', '🙂', 'a'];
  const pieces = cutPieces(names.map((name) => word(name, 3000)));

  test('in which each word is found', () => {
    expect(pieces).toHaveLength(names.length);
    for (const name of names) expect(wordsOf(lookUp(pieces, name))).toContain(name);
  });

  test('that leave no gap: whatever is typed is looked up in one', () => {
    for (const typed of ['', '0', 'zzz', 'nodd', 'pode', 'kubel', 'claimant', '~', 'ü', 'ý', '日', '🙃', '\u{10FFFF}'])
      expect(lookUp(pieces, typed)).toBeDefined();
  });

  test('small words share a piece, and those that begin alike stay together in a fuller one', () => {
    expect(cutPieces(names.map((name) => word(name)))).toHaveLength(1);
    const family = cutPieces([word('mount', 3500), word('node', 1000), word('nodeport', 3000), word('nodes', 3000), word('nope', 1000)]);
    expect(family.map(wordsOf)).toEqual([['mount'], ['node', 'nodeport', 'nodes'], ['nope']]);
  });

  test('a family that is too large is cut all the same', () => {
    const family = cutPieces(['cona', 'conb', 'conc', 'cond'].map((name) => word(name, 5000)));
    expect(family.map(wordsOf)).toEqual([
      ['cona', 'conb'],
      ['conc', 'cond'],
    ]);
  });

  test('a stem lies also where its longer forms are looked up', () => {
    const some = cutPieces([word('us', 3900), word('usa', 3900), word('usf', 3900), word('usk', 3900), word('dri', 3900), word('drop', 3900)]);
    for (const [typed, stem] of [
      ['us', 'us'],
      ['use', 'us'],
      ['used', 'us'],
      ['using', 'us'],
      ['dry', 'dri'],
    ] as const)
      expect(wordsOf(lookUp(some, typed))).toContain(stem);
  });
});

describe('an index of Pagefind', () => {
  const packed = (bytes: Buffer) => gzipSync(Buffer.concat([Buffer.from('pagefind_dcd'), bytes]));
  const unpacked = (file: string) => cborItems(gunzipSync(readFileSync(file)).subarray(12));
  const entry = (name: string) =>
    cborArray([cborText(name), cborArray([Buffer.alloc(3000, 1)].flatMap((bytes) => [...bytes].map((byte) => Buffer.from([byte]))))]);
  function written(chunks: readonly (readonly Buffer[])[]): string {
    const folder = mkdtempSync(join(tmpdir(), 'kubestep-pieces-'));
    mkdirSync(join(folder, 'index'));
    writeFileSync(join(folder, 'index/en_0000001.pf_index'), packed(cborArray([cborArray(['node', 'pod', 'zone'].map(entry))])));
    writeFileSync(
      join(folder, 'pagefind.en_1.pf_meta'),
      packed(cborArray([cborText('1.5.2'), cborArray([]), cborArray(chunks.map((chunk) => cborArray(chunk))), cborText('rest')])),
    );
    return folder;
  }

  test('is cut, with all its words, and lists its new pieces where it listed the old one', () => {
    const folder = written([['node', 'zone', 'en_0000001'].map(cborText)]);
    expect(cutIndex(folder)).toBe(3);
    const meta = unpacked(join(folder, 'pagefind.en_1.pf_meta'));
    expect([textOf(meta[0]), textOf(meta[3]), meta.length]).toEqual(['1.5.2', 'rest', 4]);
    const listed = cborItems(meta[2]).map((chunk) => cborItems(chunk).map(textOf));
    expect(listed.map(([, , name]) => `${name ?? ''}.pf_index`).sort()).toEqual(readdirSync(join(folder, 'index')).sort());
    const words = listed.flatMap(([, , name]) => cborItems(unpacked(join(folder, `index/${name ?? ''}.pf_index`))[0]));
    expect(words).toEqual(['node', 'pod', 'zone'].map(entry));
    rmSync(folder, { recursive: true });
  });

  test('of another form is refused', () => {
    const folder = written([['node', 'zone'].map(cborText)]);
    expect(() => cutIndex(folder)).toThrow('in another form');
    rmSync(folder, { recursive: true });
  });
});
