import { describe, expect, test } from 'vitest';
import { compareLines, readFenceMeta, readLines } from './code-lines.ts';

describe('lines of a listing', () => {
  test.each([
    ['3', [3]],
    ['2-4,7', [2, 3, 4, 7]],
    [' 1 , 9-9', [1, 9]],
  ])('%s names lines', (text, lines) => {
    expect(readLines(text, 9, 'a.yaml')).toEqual(lines);
  });

  test.each(['', '0', '4-2', '10', 'two', '2-', '1;2'])('"%s" stops the build', (text) => {
    expect(() => readLines(text, 9, 'a.yaml')).toThrow(/a\.yaml: .* names no lines\. Expected lines from 1 to 9/);
  });
});

describe('what stands behind the language of a fence', () => {
  test('gives a title and kinds of lines', () => {
    const { title, kinds } = readFenceMeta('title="a b.yaml" mark="1" add="3-4" remove="2"', 4);
    expect(title).toBe('a b.yaml');
    expect([...kinds].sort()).toEqual([
      [1, 'mark'],
      [2, 'del'],
      [3, 'ins'],
      [4, 'ins'],
    ]);
  });

  test.each([
    ['titel="a"', /"titel"\. Expected title, mark, add, remove/],
    ['{2-4}', /has "\{2-4\}"\. Expected name="value"/],
    ['mark="9"', /A fence, mark: "9" names no lines/],
  ])('%s stops the build', (meta, message) => {
    expect(() => readFenceMeta(meta, 4)).toThrow(message);
  });
});

describe('two texts laid over one another', () => {
  const show = (before: string, after: string) =>
    compareLines(before.split(' '), after.split(' '))
      .map(({ text, kind }) => `${kind === 'ins' ? '+' : kind === 'del' ? '-' : ''}${text}`)
      .join(' ');

  test.each([
    ['equal texts have no marks', 'a b', 'a b', 'a b'],
    ['a changed line is gone first, then new', 'a b c', 'a x c', 'a -b +x c'],
    ['lines at the ends', 'a b', 'x a b y', '+x a b +y'],
    ['the fewest marks', 'a b c d', 'b c d e', '-a b c d +e'],
    ['nothing in common', 'a', 'b c', '-a +b +c'],
  ])('%s', (_, before, after, expected) => {
    expect(show(before, after)).toBe(expected);
  });

  test('lines count in the new text', () => {
    expect(compareLines(['a', 'b'], ['b', 'c']).map(({ line }) => line)).toEqual([undefined, 1, 2]);
  });
});
