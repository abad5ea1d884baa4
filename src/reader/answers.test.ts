import { describe, expect, test } from 'vitest';
import { readAnswers, withAnswer } from './answers.ts';
import { readBookmarks, withBookmark } from './bookmarks.ts';

describe('answers', () => {
  test.each([
    ['nothing', null, {}],
    ['another thing', 7, {}],
    ['an answer of version 1', { v: 1, answers: { 'dns/a': { given: [1], right: true, at: 3 } } }, { 'dns/a': { given: [1], right: true, at: 3 } }],
    ['an answer from before there were versions', { 'dns/a': { given: [1], right: true } }, { 'dns/a': { given: [1], right: true, at: 0 } }],
    ['a typed answer', { 'dns/a': { given: 'x.', right: false } }, { 'dns/a': { given: 'x.', right: false, at: 0 } }],
    ['what a lab said to it', { 'dns/a': { given: 'x.', right: true, why: 'w' } }, { 'dns/a': { given: 'x.', right: true, at: 0, why: 'w' } }],
    ['of which options', { 'dns/a': { given: [0], right: true, of: 'f' } }, { 'dns/a': { given: [0], right: true, at: 0, of: 'f' } }],
    ['of too many', { 'dns/a': { given: [0], right: true, of: 'f'.repeat(99) } }, { 'dns/a': { given: [0], right: true, at: 0 } }],
    ['a spoilt reason', { 'dns/a': { given: 'x.', right: true, why: 7 } }, { 'dns/a': { given: 'x.', right: true, at: 0 } }],
    [
      'a spoilt answer among good ones',
      { 'dns/a': { given: ['x'] }, 'dns/b': null, 'dns/c': { given: [], right: 1 } },
      { 'dns/c': { given: [], right: false, at: 0 } },
    ],
  ])('storage holds %s', (_, value, answers) => {
    expect(readAnswers(value)).toEqual({ answers });
  });

  test('an answer can be kept, replaced and forgotten', () => {
    const answer = { given: [0], right: false, at: 1 };
    const kept = withAnswer({ answers: { b: answer } }, 'a', answer);
    expect(kept.answers).toEqual({ a: answer, b: answer });
    expect(withAnswer(kept, 'b', undefined).answers).toEqual({ a: answer });
  });
});

describe('bookmarks', () => {
  const mark = { label: 'A', chapter: 'DNS', at: 1 };

  test('only places of this site are read', () => {
    expect(readBookmarks({ v: 1, places: { '/dns/#a': mark, 'https://example.org/': mark, '/x/': { label: 1 } } })).toEqual({ places: { '/dns/#a': mark } });
  });

  test('a place is marked and unmarked', () => {
    const marked = withBookmark({ places: {} }, '/dns/#a', mark);
    expect(marked.places).toEqual({ '/dns/#a': mark });
    expect(withBookmark(marked, '/dns/#a', undefined).places).toEqual({});
  });
});
