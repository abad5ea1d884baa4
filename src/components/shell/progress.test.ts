import { describe, expect, test } from 'vitest';
import { parseProgress, ringOf, withRead } from './progress.ts';

describe('what is kept in the browser is not trusted', () => {
  test.each([
    ['nothing kept', null, { read: {} }],
    ['no JSON', '{', { read: {} }],
    ['another shape', '[1]', { read: {} }],
    ['sections that are no texts are dropped', '{"read":{"dns":["a",1,null],"pods":"x"}}', { read: { dns: ['a'], pods: [] } }],
    ['a place inside the site stays', '{"read":{},"last":{"path":"/dns/#a","label":"A"}}', { read: {}, last: { path: '/dns/#a', label: 'A' } }],
    ['a place on another site goes', '{"read":{},"last":{"path":"//example.org/","label":"A"}}', { read: {} }],
    ['a script as a place goes', '{"read":{},"last":{"path":"javascript:alert(1)","label":"A"}}', { read: {} }],
    ['a place that a browser would read as another site goes', '{"read":{},"last":{"path":"/\\\\example.org/","label":"A"}}', { read: {} }],
  ])('%s', (_name, text, expected) => {
    expect(parseProgress(text)).toEqual(expected);
  });
});

test('a ring is empty, half or full', () => {
  const progress = withRead(withRead({ read: {} }, 'dns', 'a'), 'dns', 'b');
  expect([ringOf({ read: {} }, 'dns', 2), ringOf(progress, 'dns', 3), ringOf(progress, 'dns', 2), ringOf(progress, 'pods', 1)]).toEqual([
    'none',
    'begun',
    'done',
    'none',
  ]);
});

test('a section counts once', () => {
  const once = withRead({ read: {} }, 'dns', 'a');
  expect(withRead(once, 'dns', 'a')).toBe(once);
});
