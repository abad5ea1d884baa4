import { expect, test } from 'vitest';
import { packLexicon, unpackLexicon, type IndexedPage } from './lexicon.ts';

const named = (id: string, kind: string, title: string, also: readonly string[] = []): IndexedPage => ({ id, kind, entry: { id, kind, title, also } });
const pages: readonly IndexedPage[] = [
  named('en_b', 'Term', 'pod', ['po', 'pods']),
  { id: 'en_c', kind: 'Often said', entry: undefined },
  named('en_a', 'Error', '0/{n} nodes are available'),
  named('en_d', 'Term', 'ndots'),
];
const byId = (list: readonly IndexedPage[]) => [...list].sort((a, b) => (a.id < b.id ? -1 : 1));
const ids = pages.map(({ id }) => id);

test('what is packed is unpacked, in the order of the fragments, which is none of their names', () => {
  expect(byId(unpackLexicon(packLexicon(pages, 'x.pf_meta'), ids))).toEqual(byId(pages));
});

test('what was indexed in a row stands in a row', () => {
  expect(
    packLexicon(pages, 'x.pf_meta')
      .names.split('\n')
      .filter((line) => /pod|ndots/.test(line)),
  ).toEqual(['pod|po|pods', 'ndots']);
});

test('a bar or a line end in a name parts nothing', () => {
  const [page] = unpackLexicon(packLexicon([named('en_a', 'Command', 'dig | grep\nweb')], 'x.pf_meta'), ['en_a']);
  expect(page?.entry).toMatchObject({ title: 'dig grep web', also: [] });
});

test('files of two builds are told', () => {
  expect(() => unpackLexicon(packLexicon(pages, 'x.pf_meta'), ['en_a'])).toThrow('two builds');
});
