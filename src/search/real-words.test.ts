import { expect, test } from 'vitest';
import type { FoundFragment, PagefindResult } from './pagefind.ts';
import { isRealWord, isSpelt, type Texts } from './real-words.ts';

const result = (id: string, content: string): PagefindResult => {
  const page: FoundFragment = {
    url: `/${id}/`,
    content,
    meta: { title: 'A title' },
    filters: {},
    excerpt: '',
    sub_results: [],
    weighted_locations: [{ location: 1, balanced_score: 1 }],
  };
  return { id, score: 1, words: [1], data: () => Promise.resolve(page) };
};
const results = [result('chapter', ''), result('a', 'the persistentvolume'), result('b', 'the hanging pod')];
const texts: Texts = {
  pagefind: { options: () => Promise.resolve(), search: () => Promise.resolve({ results }) },
  kinds: new Map([
    ['chapter', 'Chapter'],
    ['a', 'Term'],
    ['b', 'Term'],
  ]),
};

test('a word is real if the first short page that was found by it has it', async () => {
  expect(await isRealWord('persistent', results, texts)).toBe(true);
  expect(await isRealWord('pexyz', results, texts)).toBe(false);
  expect(await isRealWord('pexyz', results.slice(0, 1), texts)).toBe(true);
  expect(await isRealWord('pexyz', [], texts)).toBe(false);
});

test.each([
  ['with another ending it is spelt right', 'hangs', true],
  ['what only begins like it may be the word that was meant', 'persistant', false],
])('%s', async (_name, word, expected) => {
  expect(await isSpelt(word, texts)).toBe(expected);
});
