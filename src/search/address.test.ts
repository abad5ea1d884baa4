import { describe, expect, test } from 'vitest';
import { addressOf, askedIn, isAnother } from './address.ts';

test.each([
  ['a query', { query: 'ndots', kind: undefined }, '?q=ndots'],
  ['marks of an address in it', { query: 'a&b=c #d', kind: undefined }, '?q=a%26b%3Dc%20%23d'],
  ['a kind', { query: 'pvc', kind: 'Often said' }, '?q=pvc&kind=Often%20said'],
  ['nothing', { query: '', kind: 'Term' }, ''],
])('the address holds %s and gives it back', (_name, asked, address) => {
  expect(addressOf(asked)).toBe(address);
  if (asked.query !== '') expect(askedIn(address)).toEqual(asked);
});

describe('a step of the back button is', () => {
  test.each([
    ['no longer word', 'ndo', 'ndots', false],
    ['no shorter word', 'ndots', 'ndo', false],
    ['another word', 'ndots', 'svc', true],
    ['not the first word', '', 'svc', false],
    ['a field emptied at once', 'ndots', '', true],
    ['not one emptied letter by letter', 'n', '', false],
  ])('%s', (_name, before, after, expected) => {
    expect(isAnother({ query: before, kind: undefined }, { query: after, kind: undefined })).toBe(expected);
  });
  test('another kind', () => {
    expect(isAnother({ query: 'pvc', kind: undefined }, { query: 'pvc', kind: 'Term' })).toBe(true);
  });
});
