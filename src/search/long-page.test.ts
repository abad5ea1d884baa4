import { describe, expect, test } from 'vitest';
import { checkPage, wordsOf, wordsPerText } from './long-page.ts';
import type { FoundFragment, Pagefind } from './pagefind.ts';
import { proofWith } from './proof.ts';

/** 1,000 words: "w0 w1 …", with some put in. */
const text = (put: Readonly<Record<number, string>>) => Array.from({ length: 4 * wordsPerText }, (_, at) => put[at] ?? `w${String(at)}`);

function setUp(put: Readonly<Record<number, string>>, asked: string, headings: readonly number[] = []) {
  const words = text(put);
  const places = Object.keys(put).map((location) => ({ location: Number(location), balanced_score: 1 }));
  const anchors = headings.map((location) => ({ element: 'h2', location }));
  const page: FoundFragment = {
    url: '/long/',
    content: '',
    wordsApart: words.length,
    meta: { title: 'Long', summary: 'A long page' },
    filters: { kind: ['Chapter'] },
    anchors,
    excerpt: '',
    weighted_locations: places,
    sub_results: anchors.map((anchor, at) => ({
      title: `H${String(at)}`,
      url: `/long/#h${String(at)}`,
      excerpt: '',
      anchor,
      weighted_locations: places.filter(({ location }) => location >= anchor.location && location < (headings[at + 1] ?? Infinity)),
    })),
  };
  const fetched: number[] = [];
  // Stands for Pagefind: each word of the query was found in every place, as when it looks for beginnings.
  const search: Pagefind['search'] = () =>
    Promise.resolve({ results: [{ id: 'en_1', score: 1, words: places.map(({ location }) => location), data: () => Promise.resolve(page) }] });
  const proof = proofWith({ options: () => Promise.resolve(), search });
  const finding = {
    id: 'en_1',
    query: asked,
    asked,
    proof,
    headingsMax: 3,
    text: (_: string, number: number) => {
      fetched.push(number);
      return Promise.resolve(words.slice(number * wordsPerText, (number + 1) * wordsPerText).join(' '));
    },
  };
  return { page, finding, fetched, proof };
}

describe('of a long page', () => {
  test('only the text is fetched in which the best place lies, and it is shown with a mark', async () => {
    const { page, finding, fetched } = setUp({ 600: 'quorum' }, 'quorum');
    const { page: shown, isTrue } = await checkPage(page, finding);
    expect(isTrue).toBe(true);
    expect(fetched).toEqual([2]);
    expect(shown.excerpt).toContain('w599 <mark>quorum</mark> w601');
    expect(wordsOf(shown.excerpt)).toHaveLength(18);
  });

  test('with headings, each shows its own stretch, and the summary stands for the page', async () => {
    const { page, finding, fetched } = setUp({ 260: 'quorum', 900: 'quorum' }, 'quorum', [255, 890]);
    const { page: shown } = await checkPage(page, finding);
    expect(shown.sub_results.map(({ excerpt }) => excerpt.includes('<mark>quorum</mark>'))).toEqual([true, true]);
    expect(shown.sub_results[0]?.excerpt.startsWith('w255')).toBe(true);
    expect(shown.excerpt).toBe('');
    expect(fetched).toEqual([1, 3]);
  });

  test('what stands below a heading ends where the next begins', async () => {
    const { page, finding } = setUp({ 260: 'quorum', 900: 'quorum' }, 'quorum', [255, 262]);
    const { page: shown } = await checkPage(page, finding);
    expect(shown.sub_results[0]?.excerpt).toBe('w255 w256 w257 w258 w259 <mark>quorum</mark> w261');
  });

  test('a stretch over the border of two texts fetches both', async () => {
    const { page, finding, fetched } = setUp({ [wordsPerText]: 'quorum' }, 'quorum');
    const { page: shown } = await checkPage(page, finding);
    expect(fetched).toEqual([0, 1]);
    expect(shown.excerpt).not.toContain('  ');
  });

  test('a word that stands apart from what is shown is looked for in two further texts, not in all', async () => {
    const { page, finding, fetched } = setUp({ 10: 'quorum', 900: 'raft' }, 'quorum raft');
    expect((await checkPage(page, finding)).isTrue).toBe(true);
    expect(fetched).toEqual([0, 3]);
  });

  test('other words than those asked for are no hit, and later pages need no text to know', async () => {
    const { page, finding, fetched, proof } = setUp({ 10: 'quern', 300: 'quill', 600: 'quote', 900: 'quick' }, 'quorumish');
    expect((await checkPage(page, finding)).isTrue).toBe(false);
    expect(fetched).toHaveLength(3);
    expect(proof.hasRefuted('quorumish')).toBe(true);
    expect((await checkPage(page, finding)).isTrue).toBe(false);
    expect(fetched).toHaveLength(3);
  });

  test('a word that another page has shown needs no further text', async () => {
    const { page, finding, fetched, proof } = setUp({ 10: 'quorum', 900: 'raft' }, 'quorum raft');
    proof.missing('raft', ['Rafts']);
    expect((await checkPage(page, finding)).isTrue).toBe(true);
    expect(fetched).toEqual([0]);
  });
});

test('a page that has its text with it is checked by its own words, and stays as it is', async () => {
  const { page, finding, fetched } = setUp({ 1: 'quern' }, 'quorum');
  const { url, meta, filters, excerpt, weighted_locations, sub_results } = page;
  const short = { url, meta, filters, excerpt, weighted_locations, sub_results, content: 'a quern' };
  expect(await checkPage(short, finding)).toEqual({ page: short, isTrue: false });
  expect(await checkPage({ ...short, content: 'a quorum' }, finding)).toMatchObject({ isTrue: true });
  expect(fetched).toEqual([]);
});
