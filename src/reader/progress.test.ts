import { describe, expect, test } from 'vitest';
import { readProgress, withLab, withoutGone, withRead } from './progress.ts';
import { ringOf } from './rings.ts';

const none = { read: {}, labs: {} };

describe('what is kept in the browser is not trusted', () => {
  test.each([
    ['nothing kept', null, none],
    ['another shape', [1], none],
    ['sections that are no texts are dropped', { v: 1, read: { dns: ['a', 1, null], pods: 'x' } }, { read: { dns: ['a'] }, labs: {} }],
    ['a section twice counts once', { v: 1, read: { dns: ['a', 'a'] } }, { read: { dns: ['a'] }, labs: {} }],
    ['a place inside the site stays', { v: 1, last: { path: '/dns/#a', label: 'A', at: 3 } }, { ...none, last: { path: '/dns/#a', label: 'A', at: 3 } }],
    ['a place on another site goes', { v: 1, last: { path: '//example.org/', label: 'A', at: 1 } }, none],
    ['a script as a place goes', { v: 1, last: { path: 'javascript:alert(1)', label: 'A', at: 1 } }, none],
    ['a place that a browser would read as another site goes', { v: 1, last: { path: '/\\example.org/', label: 'A', at: 1 } }, none],
  ])('%s', (_name, value, expected) => {
    expect(readProgress(value)).toEqual(expected);
  });
});

describe('progress from before there were versions', () => {
  test.each([
    ['at the root of a host', '/dns/#a', '/dns/#a'],
    ['below a path', '/course/dns/#a', '/dns/#a'],
    ['without a section', '/course/dns/', '/dns/'],
    ['at a home page', '/', '/'],
  ])('%s keeps its sections, and its place without the base', (_name, path, expected) => {
    expect(readProgress({ read: { dns: ['a'] }, last: { path, label: 'A' } })).toEqual({
      read: { dns: ['a'] },
      labs: {},
      last: { path: expected, label: 'A', at: 0 },
    });
  });
});

test('a ring is empty, half or full', () => {
  const progress = withRead(withRead(none, 'dns', 'a'), 'dns', 'b');
  expect([ringOf(none, 'dns', 2), ringOf(progress, 'dns', 3), ringOf(progress, 'dns', 2), ringOf(progress, 'pods', 1)]).toEqual([
    'none',
    'begun',
    'done',
    'none',
  ]);
});

test('a section counts once', () => {
  const once = withRead(none, 'dns', 'a');
  expect(withRead(once, 'dns', 'a')).toBe(once);
});

test('a challenge that was solved stays solved', () => {
  const seen = withLab(none, 'pv/a', false);
  const solved = withLab(seen, 'pv/a', true);
  expect([seen.labs, solved.labs]).toEqual([{ 'pv/a': 'seen' }, { 'pv/a': 'solved' }]);
  expect(withLab(seen, 'pv/a', false)).toBe(seen);
  expect(withLab(solved, 'pv/a', false)).toBe(solved);
});

test('a section that was renamed or removed no longer counts', () => {
  const progress = withRead(withRead(none, 'dns', 'old'), 'dns', 'b');
  const cleaned = withoutGone(progress, 'dns', ['a', 'b']);
  expect(cleaned.read).toEqual({ dns: ['b'] });
  expect([ringOf(progress, 'dns', 2), ringOf(cleaned, 'dns', 2)]).toEqual(['done', 'begun']);
  expect(withoutGone(cleaned, 'dns', ['a', 'b'])).toBe(cleaned);
});
