import { describe, expect, test } from 'vitest';
import type { Given } from '../../../reader/answers.ts';
import { doneWith, isRight, missing, type Judged } from './judge.ts';

const choice: Judged = { kind: 'choice', right: [false, true, false], places: [] };
const many: Judged = { kind: 'many', right: [true, false, true], places: [] };
const order: Judged = { kind: 'order', right: [true, true, true], places: [2, 3, 1] };
const input: Judged = { kind: 'input', right: [true], places: [] };

describe('isRight', () => {
  test.each<[string, Judged, readonly number[], boolean]>([
    ['the right choice', choice, [1], true],
    ['a wrong choice', choice, [0], false],
    ['all of many', many, [0, 2], true],
    ['all of many, chosen the other way round', many, [2, 0], true],
    ['one of many missing', many, [0], false],
    ['one of many too much', many, [0, 1, 2], false],
    ['the right order', order, [2, 0, 1], true],
    ['two steps swapped', order, [2, 1, 0], false],
  ])('%s', (_, question, given, right) => {
    expect(isRight(question, given)).toBe(right);
  });
});

describe('doneWith', () => {
  test.each<[string, Judged, readonly number[], readonly (readonly [boolean, string])[]]>([
    [
      'a wrong choice',
      choice,
      [0],
      [
        [true, 'Your answer.'],
        [false, ''],
        [false, ''],
      ],
    ],
    [
      'one of many right, one missed, one too much',
      many,
      [0, 1],
      [
        [true, 'You chose it.'],
        [true, 'You chose it.'],
        [false, 'You missed it.'],
      ],
    ],
    [
      'two steps swapped',
      order,
      [2, 1, 0],
      [
        [false, 'You put it at 3.'],
        [false, 'You put it at 2.'],
        [true, 'You put it here.'],
      ],
    ],
    [
      'an order kept from before a step came in',
      order,
      [2, 0],
      [
        [true, 'You put it here.'],
        [false, ''],
        [true, 'You put it here.'],
      ],
    ],
  ])('%s', (_, question, given, done) => {
    expect(question.right.map((_right, index) => doneWith(question, index, given))).toEqual(done.map(([isMine, words]) => ({ isMine, words })));
  });
});

describe('missing', () => {
  test.each<[string, Judged, Given, RegExp | undefined]>([
    ['nothing chosen', choice, [], /Choose/],
    ['nothing typed', input, '', /Type/],
    ['only blanks typed', input, ' \n ', /Type/],
    ['something typed', input, 'x', undefined],
    ['an order that is not complete', order, [2, 0], /every step/],
    ['a complete order', order, [0, 1, 2], undefined],
    ['a choice', choice, [0], undefined],
  ])('%s', (_, question, given, said) => {
    if (said) expect(missing(question, given)).toMatch(said);
    else expect(missing(question, given)).toBeUndefined();
  });
});
