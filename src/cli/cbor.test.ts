import { expect, test } from 'vitest';
import { cborArray, cborItems, cborText, textOf } from './cbor.ts';

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(' ', ''), 'hex');

test.each([
  ['numbers of all widths', '84 17 1818 190100 1a00010000', ['17', '1818', '190100', '1a00010000']],
  ['a number of eight bytes, a negative one, a float', '83 1b0000000100000000 3818 f93c00', ['1b0000000100000000', '3818', 'f93c00']],
  ['texts, bytes, arrays and pairs', '84 6161 420102 820102 a101820203', ['6161', '420102', '820102', 'a101820203']],
  ['items with a tag', '82 c100 01', ['c100', '01']],
  ['arrays whose end is marked, inside and outside', '9f 9f01ff 02 ff', ['9f01ff', '02']],
  ['nothing', '80', []],
])('an array is cut between its items: %s', (_, encoded, items) => {
  expect(cborItems(hex(encoded)).map((item) => item.toString('hex'))).toEqual(items);
});

test.each([0, 23, 24, 255, 256, 65_536])('an array of %i texts is read as it was written', (count) => {
  const items = Array.from({ length: count }, () => cborText('–a'));
  expect(cborItems(cborArray(items)).map(textOf)).toEqual(items.map(() => '–a'));
});

test.each([23, 24, 255, 256, 70_000])('a text of %i letters is read as it was written', (length) => {
  expect(textOf(cborText('x'.repeat(length)))).toBe('x'.repeat(length));
});

test('what is no array, no text, or cut short is refused', () => {
  expect(() => cborItems(hex('61 61'))).toThrow('expected an array');
  expect(() => cborItems(undefined)).toThrow('expected an array');
  expect(() => textOf(hex('01'))).toThrow('expected a text');
  expect(() => cborItems(hex('82 01'))).toThrow();
  expect(() => cborItems(hex('82 6261'))).toThrow();
});
