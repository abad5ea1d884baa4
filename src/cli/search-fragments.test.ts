import { expect, test } from 'vitest';
import { packFragment, packText, readFragment, readText, type Fragment } from '../search/pagefind.ts';
import { parcelled, withHeadingsOnly } from './search-fragments.ts';

const page = { url: '/dns/', content: 'DNS. Names — and “ent”.', meta: { title: 'DNS' }, filters: { kind: ['Chapter'] } };
const anchors = [
  { element: 'h2', id: 'records', text: 'Records', location: 3 },
  { element: 'a', id: 'at-1', text: '1', location: 9 },
  { element: 'svg', id: 'd1', text: '', location: 11 },
  { element: 'header', id: 'top', text: 'Top', location: 0 },
];

test('headings stay, with where they stand; other anchors go, and everything else stays as it was', () => {
  expect(withHeadingsOnly({ ...page, anchors })).toEqual({ ...page, anchors: [anchors[0]] });
  expect(withHeadingsOnly(page)).toEqual(page);
});

test('what is packed is read as it was', async () => {
  const fragment: Fragment = withHeadingsOnly({ ...page, anchors });
  expect(await readFragment(new Blob([packFragment(fragment)]))).toEqual(fragment);
});

test('a text that is packed is read as it was', async () => {
  expect(await readText(new Blob([packText('a – b')]))).toBe('a – b');
});

test('the text of a long page lies apart, in order, and a short page keeps its own', () => {
  const content = (count: number): string => Array.from({ length: count }, (_, at) => `w${String(at)}`).join(' ');
  expect(parcelled({ ...page, content: content(500) })).toEqual({ fragment: { ...page, content: content(500) }, texts: [] });
  const { fragment, texts } = parcelled({ ...page, content: content(1001) });
  expect(fragment).toEqual({ ...page, content: '', wordsApart: 1001 });
  expect(texts.map((text) => text.split(' ').length)).toEqual([250, 250, 250, 250, 1]);
  expect(texts.join(' ')).toBe(content(1001));
});
