import { describe, expect, test } from 'vitest';
import { placedAnswer, settledFrom, unusable } from './typed-answer.ts';

const list = 'spec:\n  from:\n    - podSelector: {}\n  ports: []\n';
const at = (line: number, column: number, columnEnd?: number) => ({ line, column, ...(columnEnd !== undefined && { columnEnd }), message: 'm', expected: 'e' });

describe('placedAnswer', () => {
  test.each([
    ['one line takes the place of the mark', list, '- podSelector: {}', '- ipBlock: {}', '- ', 'spec:\n  from:\n    - ipBlock: {}\n  ports: []\n'],
    ['what the answer left out is added', list, '- podSelector: {}', 'ipBlock: {}', '- ', 'spec:\n  from:\n    - ipBlock: {}\n  ports: []\n'],
    [
      'further lines move below the first',
      list,
      '- podSelector: {}',
      'ipBlock:\n  cidr: x',
      '- ',
      'spec:\n  from:\n    - ipBlock:\n        cidr: x\n  ports: []\n',
    ],
    [
      'also where nothing was added',
      list,
      '- podSelector: {}',
      '- ipBlock:\n    cidr: x',
      '- ',
      'spec:\n  from:\n    - ipBlock:\n        cidr: x\n  ports: []\n',
    ],
    ['a block goes below the key that was left out', 'a:\n  ref: {}\n', 'ref: {}', 'n: 1\nm: 2', 'ref:\n  ', 'a:\n  ref:\n    n: 1\n    m: 2\n'],
    ['in the first line of a text', 'size: 1', '1', '2', '', 'size: 2'],
  ])('%s', (_, text, mark, answer, before, placed) => {
    expect(placedAnswer(text, mark, answer, before).text).toBe(placed);
  });

  test.each([
    ['in the first line', 'ipBlock: {}', at(3, 7, 14), at(1, 1, 8)],
    ['in a further line', 'ipBlock:\n  cidr: x', at(4, 9, 13), at(2, 3, 7)],
    ['before the answer', 'ipBlock: {}', at(1, 3, 4), at(1, 1)],
    ['behind the answer', 'ipBlock: {}', at(4, 3), at(1, 1)],
    ['in what was added', 'ipBlock: {}', at(3, 5, 99), at(1, 1, 12)],
  ])('a mistake %s is counted in the answer', (_, answer, found, told) => {
    expect(placedAnswer(list, '- podSelector: {}', answer, '- ').errorsIn([found])).toEqual([told]);
  });

  test('a scenario that has changed is an error of ours', () => {
    expect(() => placedAnswer(list, 'gone', 'x')).toThrow('The scenario has no "gone".');
    expect(() => placedAnswer(list, '', 'x')).toThrow();
  });
});

describe('unusable', () => {
  test.each([
    ['nothing', '', 1, /nothing is typed/],
    ['blanks', ' \n ', 3, /nothing is typed/],
    ['a second line where one is asked', 'a\nb', 1, /second line/],
    ['too much', 'x'.repeat(11), 1, /too large/],
    ['a control character', 'a\u0007', 1, /control character/],
    ['one line with a break behind it', 'a\n', 1, undefined],
    ['several lines where they fit', 'a\nb', 3, undefined],
  ])('%s', (_, answer, lines, said) => {
    const [error] = unusable(answer, { lines, bytesMax: 10 });
    if (said) expect(error?.message).toMatch(said);
    else expect(error).toBeUndefined();
  });
});

describe('settledFrom', () => {
  const counter = (horizonMs: number) => ({
    next: (count: number) => (count < 7 ? 'step' : undefined),
    reduce: (count: number) => count + 1,
    clockMs: (count: number) => count * 10,
    meta: { horizonMs },
  });
  test('runs until nothing more happens', () => {
    expect(settledFrom(counter(1000), 0)).toBe(7);
  });
  test('or past the horizon', () => {
    expect(settledFrom(counter(30), 0)).toBe(4);
  });
  test('and never for ever', () => {
    expect(settledFrom({ ...counter(1), next: () => 'step', meta: {} }, 0)).toBe(5000);
  });
});
