import { expect, test } from 'vitest';
import { aligned, descriptionStops, tableStops } from './tab-writer.ts';

test('columns are as wide as their widest cell and three spaces, and never narrower than six', () => {
  expect(aligned(['A\tB', 'longer\tx'], tableStops)).toEqual(['A        B', 'longer   x']);
  expect(aligned(['A\tB'], tableStops)).toEqual(['A     B']);
});

test('a line without a cell in a column ends the column', () => {
  expect(aligned(['a\t1', 'none', 'bbbb\t2', 'c\t3'], descriptionStops)).toEqual(['a  1', 'none', 'bbbb  2', 'c     3']);
});

test('an empty last cell leaves the padding of the one before', () => {
  expect(aligned(['Claim:\t', 'Status:\tBound'], descriptionStops)).toEqual(['Claim:   ', 'Status:  Bound']);
});

test('a line break within a cell starts a line, which ends the columns', () => {
  expect(aligned(['a:\tx\ny', 'bb:\t1'], descriptionStops)).toEqual(['a:  x', 'y', 'bb:  1']);
});

test('width is counted in code points', () => {
  expect(aligned(['é😀\t1', 'abc\t2'], descriptionStops)).toEqual(['é😀   1', 'abc  2']);
});
