import { describe, expect, test } from 'vitest';
import { takeCallouts } from './callouts.ts';

describe('takeCallouts', () => {
  test('takes the marks and leaves the manifest', () => {
    const { code, marks } = takeCallouts('kind: Service # (1)\nmetadata:\n  name: ent   # (2)\n', 2, 'x.yaml');
    expect(code).toBe('kind: Service\nmetadata:\n  name: ent');
    expect([...marks]).toEqual([
      [1, 1],
      [3, 2],
    ]);
  });

  test('leaves other comments alone', () => {
    expect(takeCallouts('port: 80 # the usual (1)', 0, 'x.yaml').code).toBe('port: 80 # the usual (1)');
  });

  test.each([
    ['a callout too many', 'a: 1 # (1)', 2],
    ['a mark too many', 'a: 1 # (1)\nb: 2 # (2)', 1],
    ['marks out of order', 'a: 1 # (2)\nb: 2 # (1)', 2],
    ['a number left out', 'a: 1 # (1)\nb: 2 # (3)', 2],
  ])('refuses %s', (_, text, callouts) => {
    expect(() => takeCallouts(text, callouts, 'x.yaml')).toThrow(/x\.yaml is marked .* mark the lines # \(1\)/);
  });
});
