import { beforeEach, describe, expect, test, vi } from 'vitest';
import { draftPrefix } from '../lab-player/drafts.ts';
import { draftPrefix as ownPrefix } from './drafts.ts';
import { merge, readFile, writeFile } from './everything-file.ts';
import { countsOf, loadEverything, type Everything } from './everything.ts';
import { keepEverything, nothing } from './keep-everything.ts';

class MemoryStorage {
  [key: string]: unknown;
  getItem(key: string): string | null {
    const value = this[key];
    return typeof value === 'string' ? value : null;
  }
  setItem(key: string, value: string): void {
    this[key] = value;
  }
  removeItem(key: string): void {
    // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- as a browser's storage does
    delete this[key];
  }
}

beforeEach(() => {
  vi.stubGlobal('localStorage', new MemoryStorage());
});

const full: Everything = {
  progress: { read: { dns: ['a', 'b'] }, labs: { 'dns-search/ent': 'solved' }, last: { path: '/dns/#b', label: 'B', at: 5 } },
  answers: { answers: { 'dns/q': { given: [1, 0], right: true, at: 7 }, 'dns/typed': { given: 'x.', right: false, at: 8 } } },
  review: { cards: { 'dns/card/who': { step: 2, on: '2026-11-20' } } },
  bookmarks: { places: { '/dns/#a': { label: 'A', chapter: 'DNS', at: 9 } } },
  drafts: { drafts: { 'dns-search/ent': { 'resolv.conf': 'search a\n' } } },
  searches: { queries: ['ndots', 'FailedMount'] },
  settings: { theme: 'dark', keys: 'off' },
};

test('what is kept comes back the same from storage, and through a file', () => {
  keepEverything(full);
  expect(loadEverything()).toEqual(full);
  expect(localStorage.getItem(`${draftPrefix}dns-search/ent`)).toBe('{"resolv.conf":"search a\\n"}');
  expect(readFile(writeFile(full, '2026-11-21T00:00:00.000Z'))).toEqual({ ok: true, all: full, faults: [] });
});

test('drafts are found where labs keep them', () => {
  expect(ownPrefix).toBe(draftPrefix);
});

test('to keep nothing empties the storage of drafts and settings', () => {
  keepEverything(full);
  keepEverything(nothing);
  expect(loadEverything()).toEqual(nothing);
  expect(Object.keys(localStorage).filter((key) => key.startsWith(draftPrefix))).toEqual([]);
});

const fileWith = (change: object): string => JSON.stringify({ ...(JSON.parse(writeFile(full, '')) as object), ...change });

describe('a file is read field by field', () => {
  test.each([
    ['no JSON', '{', /^The file is not JSON, or is cut off/],
    ['a file of another program', '{"name":"x"}', /"kubestep"/],
    ['a list', '[1]', /"kubestep"/],
    ['a newer version', '{"kubestep":2}', /version 2; this page reads version 1/],
  ])('%s is refused', (_name, text, because) => {
    const read = readFile(text);
    expect(read.ok).toBe(false);
    expect(!read.ok && read.because).toMatch(because);
  });

  test.each([
    ['a part of another shape', { progress: 7 }, ['progress: expected an object; left out.']],
    ['a field that nobody knows', { wishes: {} }, ['wishes: not a part of such a file; left out.']],
    ['a section that is no text', { progress: { v: 1, read: { dns: ['a', 7] } } }, ['progress.read.dns: expected section names only; left out.']],
    ['a lab state nobody knows', { progress: { v: 1, labs: { 'a/b': 'won' } } }, ['progress.labs.a/b: expected "seen" or "solved"; left out.']],
    [
      'a last place on another site',
      { progress: { v: 1, last: { path: '//example.org/', label: 'x', at: 1 } } },
      ['progress.last: expected a path on this site, a label and a time; left out.'],
    ],
    ['an answer without what was given', { answers: { v: 1, answers: { 'dns/a': { right: true } } } }, [expect.stringContaining('answers.answers.dns/a: ')]],
    ['a day that is none', { review: { v: 1, cards: { a: { step: 0, on: '2026-02-30' } } } }, [expect.stringContaining('review.cards.a: expected a step')]],
    [
      'a bookmark that is a script',
      { bookmarks: { v: 1, places: { 'javascript:alert(1)': { label: 'a', chapter: 'b', at: 1 } } } },
      [expect.stringContaining('bookmarks.places.javascript:alert(1): expected a path on this site')],
    ],
    ['a draft with a number', { drafts: { drafts: { 'a/b': { text: 3 } } } }, ['drafts.drafts.a/b.text: expected a text; left out.']],
    ['a draft for no scenario', { drafts: { drafts: { '../x': {} } } }, ['drafts.drafts.../x: expected the name of a lab and of a scenario; left out.']],
    ['searches that are no texts', { searches: { v: 1, queries: [7] } }, [expect.stringContaining('searches.queries: expected texts')]],
    ['searches that are no list', { searches: { v: 1, queries: 'ndots' } }, ['searches.queries: expected a list of texts; left out.']],
    ['a theme nobody knows', { settings: { theme: 'pink' } }, ['settings.theme: expected "light" or "auto" or "dark"; left out.']],
  ])('%s is left out and told, the rest is read', (_name, change, faults) => {
    const read = readFile(fileWith(change));
    expect(read).toMatchObject({ ok: true, faults });
    const [changed] = Object.keys(change);
    const others = Object.keys(full).filter((part) => part !== changed) as (keyof Everything)[];
    for (const part of others) expect(read.ok && read.all[part]).toEqual(full[part]);
  });
});

test('a file from before queries were in it is read whole, and adding it keeps the queries of here', () => {
  const old = JSON.parse(writeFile(full, '')) as Record<string, unknown>;
  delete old.searches;
  const read = readFile(JSON.stringify(old));
  expect(read).toEqual({ ok: true, all: { ...full, searches: { queries: [] } }, faults: [] });
  expect(read.ok && merge(full, read.all)).toEqual(full);
});

test('queries are cleared with everything else, also those kept by a release that had no version in them', () => {
  localStorage.setItem('kubestep:searches', '{"queries":["ndots"]}');
  expect(loadEverything().searches).toEqual({ queries: ['ndots'] });
  keepEverything(nothing);
  expect(localStorage.getItem('kubestep:searches')).toBe('{"v":1,"queries":[]}');
});

describe('merging', () => {
  test('with nothing changes nothing, from either side', () => {
    expect(merge(full, nothing)).toEqual(full);
    expect(merge(nothing, full)).toEqual(full);
    expect(merge(full, full)).toEqual(full);
  });

  test('keeps what either side has, and of two the later', () => {
    const other: Everything = {
      progress: { read: { dns: ['c', 'a'], pods: ['x'] }, labs: { 'dns-search/ent': 'seen', 'pv/b': 'seen' }, last: { path: '/pods/', label: 'P', at: 4 } },
      answers: { answers: { 'dns/q': { given: [0], right: false, at: 9 }, 'dns/typed': { given: 'old', right: true, at: 1 } } },
      review: { cards: { 'dns/card/who': { step: 0, on: '2026-11-20' }, new: { step: 1, on: '2026-01-01' } } },
      bookmarks: { places: { '/pods/': { label: 'P', chapter: 'Pods', at: 1 } } },
      drafts: { drafts: { 'dns-search/ent': { 'resolv.conf': 'theirs' } } },
      searches: { queries: ['NDOTS', 'quorum', 'a', 'b', 'c', 'd'] },
      settings: { theme: 'light' },
    };
    expect(merge(full, other)).toEqual({
      progress: {
        read: { dns: ['a', 'b', 'c'], pods: ['x'] },
        labs: { 'dns-search/ent': 'solved', 'pv/b': 'seen' },
        last: { path: '/dns/#b', label: 'B', at: 5 },
      },
      answers: { answers: { 'dns/q': { given: [0], right: false, at: 9 }, 'dns/typed': { given: 'x.', right: false, at: 8 } } },
      review: { cards: { 'dns/card/who': { step: 0, on: '2026-11-20' }, new: { step: 1, on: '2026-01-01' } } },
      bookmarks: { places: { ...full.bookmarks.places, '/pods/': { label: 'P', chapter: 'Pods', at: 1 } } },
      drafts: full.drafts,
      searches: { queries: ['ndots', 'FailedMount', 'quorum', 'a', 'b', 'c'] },
      settings: full.settings,
    });
  });
});

test('counts are words, and empty for nothing', () => {
  expect(countsOf(full)).toEqual({
    progress: '2 sections, 1 lab scenario',
    answers: '2 answers',
    review: '1 card',
    bookmarks: '1 bookmark',
    drafts: '1 draft',
    searches: '2 queries',
    settings: '2 settings',
  });
  expect(new Set(Object.values(countsOf(nothing)))).toEqual(new Set(['']));
  // Who has finished nothing yet is remembered all the same.
  const last = { path: '/dns/#records', label: 'DNS, Records', at: 1 };
  expect(countsOf({ ...nothing, progress: { ...nothing.progress, last } }).progress).toBe('your place');
});
