import { beforeEach, describe, expect, test, vi } from 'vitest';
import { readAnswers } from './answers.ts';
import { readBookmarks } from './bookmarks.ts';
import { draftPrefix, loadDrafts, moveDrafts, readDrafts } from './drafts.ts';
import { readFile } from './everything-file.ts';
import { nothing } from './keep-everything.ts';
import { readProgress } from './progress.ts';
import { readQueue } from './queue.ts';
import { ignore } from './reading-values.ts';
import type { Renames } from './renamed.ts';

const renames: Renames = new Map([
  ['/dns/#old', '/dns/#new'],
  ['/dns/#moved', '/records/#moved'],
  ['/once/', '/dns/'],
  ['dns/old', 'dns/new'],
  ['dns/older', 'dns/new'],
  ['dns/card/old', 'records/card/new'],
  ['labs/search/old', 'labs/search/new'],
  ['labs/search#conf', 'labs/search#resolv.conf'],
]);

describe('progress', () => {
  const read = (value: object): unknown => readProgress({ v: 1, ...value }, ignore, renames);

  test.each([
    ['a section has its new id', { dns: ['a', 'old'] }, { dns: ['a', 'new'] }],
    ['a section that was read under both ids counts once', { dns: ['new', 'old'] }, { dns: ['new'] }],
    ['a section is in the chapter that it moved to', { dns: ['a', 'moved'] }, { dns: ['a'], records: ['moved'] }],
    ['and joins those that were read there', { dns: ['moved'], records: ['b'] }, { records: ['b', 'moved'] }],
    ['an id of another chapter is another id', { pods: ['old', 'moved'] }, { pods: ['old', 'moved'] }],
    ['what has its name stays', { dns: ['a'], pods: [] }, { dns: ['a'], pods: [] }],
  ])('%s', (_name, before, after) => {
    expect(read({ read: before })).toEqual({ read: after, labs: {} });
  });

  test.each([
    ['under its new name', { 'search/old': 'seen', 'x/old': 'seen' }, { 'search/new': 'seen', 'x/old': 'seen' }],
    ['solved stays solved', { 'search/old': 'solved', 'search/new': 'seen' }, { 'search/new': 'solved' }],
    ['from either side', { 'search/old': 'seen', 'search/new': 'solved' }, { 'search/new': 'solved' }],
  ])('a scenario: %s', (_name, labs, after) => {
    expect(read({ labs })).toEqual({ read: {}, labs: after });
  });

  test.each([
    ['/dns/#old', '/dns/#new'],
    ['/dns/#moved', '/records/#moved'],
    ['/dns/#a', '/dns/#a'],
    ['/once/', '/dns/'],
  ])('the place to go on, %s, is now %s', (path, now) => {
    expect(read({ last: { path, label: 'L', at: 3 } })).toEqual({ read: {}, labs: {}, last: { path: now, label: 'L', at: 3 } });
  });

  test('from before there were versions', () => {
    const kept = { read: { dns: ['old'] }, last: { path: '/course/dns/#old', label: 'L' } };
    expect(readProgress(kept, ignore, renames)).toEqual({ read: { dns: ['new'] }, labs: {}, last: { path: '/dns/#new', label: 'L', at: 0 } });
  });
});

describe('answers, of which the later holds', () => {
  const at = (ms: number): object => ({ given: [ms], right: true, at: ms });

  test.each([
    ['a question with a new id', { 'dns/old': at(1), 'dns/b': at(2) }, { 'dns/b': at(2), 'dns/new': at(1) }],
    ['the former is later', { 'dns/old': at(5), 'dns/new': at(4) }, { 'dns/new': at(5) }],
    ['the former is earlier', { 'dns/old': at(3), 'dns/new': at(4) }, { 'dns/new': at(4) }],
    ['two became one', { 'dns/old': at(3), 'dns/older': at(7) }, { 'dns/new': at(7) }],
  ])('%s', (_name, answers, after) => {
    expect(readAnswers({ v: 1, answers }, ignore, renames)).toEqual({ answers: after });
    expect(readAnswers(answers, ignore, renames)).toEqual({ answers: after });
  });
});

test.each([
  ['a card and a question', { 'dns/card/old': 2, 'dns/old': 1 }, { 'records/card/new': 2, 'dns/new': 1 }],
  ['of two looks on one day the one that asks sooner', { 'dns/old': 1, 'dns/new': 3 }, { 'dns/new': 1 }],
  ['from either side', { 'dns/old': 3, 'dns/new': 1 }, { 'dns/new': 1 }],
])('the queue: %s', (_name, before, after) => {
  const cards = (steps: object): object => ({
    cards: Object.fromEntries(Object.entries(steps).map(([id, step]: [string, number]) => [id, { step, on: '2026-11-20' }])),
  });
  expect(readQueue(cards(before), ignore, renames)).toEqual(cards(after));
});

test('the queue: the later look counts, whatever it asks', () => {
  const cards = { 'dns/old': { step: 4, on: '2026-11-21' }, 'dns/new': { step: 0, on: '2026-11-20' } };
  expect(readQueue({ cards }, ignore, renames)).toEqual({ cards: { 'dns/new': { step: 4, on: '2026-11-21' } } });
});

test('bookmarks stand at the places that there are now, and of two the later holds', () => {
  const mark = (at: number): object => ({ label: 'L', chapter: 'C', at });
  const places = { '/dns/#old': mark(2), '/dns/#new': mark(1), '/dns/#moved': mark(3), '/once/': mark(4) };
  expect(readBookmarks({ v: 1, places }, ignore, renames)).toEqual({ places: { '/dns/#new': mark(2), '/records/#moved': mark(3), '/dns/': mark(4) } });
});

describe('drafts', () => {
  test.each([
    ['of a scenario', { 'search/old': { a: '1' } }, { 'search/new': { a: '1' } }],
    ['of a question', { 'quiz-dns/old': { answer: '1' }, 'quiz-x/old': { answer: '2' } }, { 'quiz-dns/new': { answer: '1' }, 'quiz-x/old': { answer: '2' } }],
    ['of a part', { 'search/a': { conf: '1', b: '2' }, 'x/a': { conf: '3' } }, { 'search/a': { 'resolv.conf': '1', b: '2' }, 'x/a': { conf: '3' } }],
    ['where there is one already', { 'search/old': { a: 'older' }, 'search/new': { a: 'newer' } }, { 'search/new': { a: 'newer' } }],
  ])('%s', (_name, drafts, after) => {
    expect(readDrafts({ drafts }, ignore, renames)).toEqual({ drafts: after });
  });

  describe('in the browser', () => {
    const texts = new Map<string, string>();
    beforeEach(() => {
      texts.clear();
      const methods = {
        getItem: (key: string) => texts.get(key) ?? null,
        setItem: (key: string, text: string) => texts.set(key, text),
        removeItem: (key: string) => texts.delete(key),
      };
      // As a browser's storage: its keys are those of what it holds.
      vi.stubGlobal(
        'localStorage',
        new Proxy(methods, { ownKeys: () => [...texts.keys()], getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }) }),
      );
    });
    const kept = (): object => Object.fromEntries([...texts].map(([key, text]) => [key.replace(draftPrefix, ''), text]));

    test('lie where labs and questions look for them, and nothing else is touched', () => {
      texts.set(`${draftPrefix}search/old`, '{"conf":"1"}');
      texts.set(`${draftPrefix}search/a`, '{"conf":"2"}');
      texts.set(`${draftPrefix}quiz-dns/old`, '{"answer":"3"}');
      texts.set(`${draftPrefix}search/odd`, '{');
      moveDrafts(renames);
      const after = { 'search/new': '{"resolv.conf":"1"}', 'search/a': '{"resolv.conf":"2"}', 'quiz-dns/new': '{"answer":"3"}', 'search/odd': '{' };
      expect(kept()).toEqual(after);
      moveDrafts(renames);
      expect(kept()).toEqual(after);
      expect(loadDrafts(new Map()).drafts['search/new']).toEqual({ 'resolv.conf': '1' });
    });

    test('stay as they are while nothing is renamed', () => {
      texts.set(`${draftPrefix}search/old`, '{"conf":"1"}');
      moveDrafts(new Map());
      expect(kept()).toEqual({ 'search/old': '{"conf":"1"}' });
    });
  });
});

test('a file that was saved years ago is read under the names of today', () => {
  const mark = { label: 'L', chapter: 'C', at: 1 };
  const parts = {
    progress: { v: 1, read: { dns: ['old'] }, labs: { 'search/old': 'solved' }, last: { path: '/dns/#old', label: 'L', at: 1 } },
    answers: { v: 1, answers: { 'dns/old': { given: [0], right: true, at: 1 } } },
    review: { v: 1, cards: { 'dns/card/old': { step: 1, on: '2026-11-20' } } },
    bookmarks: { v: 1, places: { '/dns/#old': mark } },
    drafts: { drafts: { 'search/old': { conf: 'x' } } },
  };
  expect(readFile(JSON.stringify({ kubestep: 1, ...parts }), renames)).toEqual({
    ok: true,
    faults: [],
    all: {
      ...nothing,
      progress: { read: { dns: ['new'] }, labs: { 'search/new': 'solved' }, last: { path: '/dns/#new', label: 'L', at: 1 } },
      answers: { answers: { 'dns/new': { given: [0], right: true, at: 1 } } },
      review: { cards: { 'records/card/new': { step: 1, on: '2026-11-20' } } },
      bookmarks: { places: { '/dns/#new': mark } },
      drafts: { drafts: { 'search/new': { 'resolv.conf': 'x' } } },
    },
  });
});

test('names that every object has are names like others', () => {
  const given = { given: [0], right: true, at: 1 };
  expect(readAnswers({ v: 1, answers: { constructor: given, toString: given } }, ignore, renames)).toEqual({
    answers: { constructor: given, toString: given },
  });
  expect(readProgress({ v: 1, read: { constructor: ['old'] } }, ignore, renames).read).toEqual({ constructor: ['old'] });
});
