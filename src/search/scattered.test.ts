import { expect, test } from 'vitest';
import type { Pagefind, PagefindResult } from './pagefind.ts';
import { searchScattered } from './scattered.ts';
import { pieces } from './words.ts';

const filling = (count: number): string => Array.from({ length: count }, (_, at) => `word${String(at)}`).join(' ');
const pages: Readonly<Record<string, { readonly kind: string; readonly text: string }>> = {
  quota: { kind: 'Term', text: 'namespace quota memory for all of a team' },
  late: { kind: 'Term', text: `team ${filling(60)} quota ${filling(30)} memory` },
  chapter: { kind: 'Chapter', text: `quota ${filling(400)} memory ${filling(400)} team` },
  hang: { kind: 'Error', text: 'pod is stuck' },
};

/** Stands for Pagefind: one word, which is shortened until some page has it, or not, between quotation marks. */
function search(query: string): Promise<{ readonly results: readonly PagefindResult[] }> {
  const [word = ''] = pieces(query);
  const isQuoted = query.startsWith('"');
  let start = word;
  const has = (text: string): boolean => pieces(text).some((other) => (isQuoted ? other === word : other.startsWith(start)));
  while (!isQuoted && start !== '' && !Object.values(pages).some(({ text }) => has(text))) start = start.slice(0, -1);
  const results = Object.entries(pages).flatMap(([id, { text }]): readonly PagefindResult[] => {
    const places = text.split(' ').flatMap((other, at) => (has(other) ? [at] : []));
    const data = () =>
      Promise.resolve({
        url: `/${id}/`,
        content: text,
        meta: { title: id },
        filters: {},
        excerpt: '',
        sub_results: [],
        weighted_locations: places.map((location) => ({ location, balanced_score: 1 })),
      });
    return places.length === 0 ? [] : [{ id, score: 1, words: places, data }];
  });
  return Promise.resolve({ results });
}
const texts = {
  pagefind: { options: () => Promise.resolve(), search } satisfies Pagefind,
  kinds: new Map(Object.entries(pages).map(([id, { kind }]) => [id, kind])),
};
const shares = (words: readonly string[], known: readonly string[] = []) => searchScattered(words, new Set(known), texts);

test('a page counts by how much of the question it has, the most where that stands first and close together', async () => {
  const found = await shares(['quota', 'memory', 'team']);
  const share = (id: string): number => found.get(id)?.share ?? 0;
  expect(share('quota')).toBeGreaterThan(0.95);
  expect(share('late')).toBeLessThan(0.7);
  expect(found.get('late')?.words).toEqual(['quota', 'memory', 'team']);
  expect(found.has('hang')).toBe(false);
});

test('of a long page only what stands in one place counts', async () => {
  expect((await shares(['quota', 'memory', 'team'])).get('chapter')?.words).toHaveLength(1);
});

test('a word that no page has lessens every share, and what only begins like it is not found', async () => {
  const whole = (await shares(['quota', 'memory'])).get('quota')?.share ?? 0;
  const found = await shares(['quota', 'memory', 'qxyz']);
  expect(found.get('quota')?.share).toBeLessThan(whole - 0.2);
  expect(found.get('quota')?.words).toEqual(['quota', 'memory']);
});

test.each([
  ['that stands in any question', 'all'],
  ['with a number that no name has', 'x2x9k'],
])('a word %s lessens it little', async (_name, word) => {
  expect((await shares(['quota', 'memory', word])).get('quota')?.share).toBeGreaterThan(0.7);
});

test('a page is found by a synonym, for a little less', async () => {
  const found = (await shares(['pod', 'hangs'])).get('hang');
  expect(found?.words).toEqual(['pod', 'stuck']);
  expect(found?.share).toBeGreaterThan(0.7);
  expect(found?.share).toBeLessThan((await shares(['pod', 'stuck'])).get('hang')?.share ?? 0);
});
