import { expect, test } from 'vitest';
import { isTrueHit } from './relevance.ts';

test.each([
  ['a word is found by itself', 'ndots', ['ndots.'], true],
  ['a beginning finds its word', 'NetworkPol', ['NetworkPolicy'], true],
  ['another form of a word counts', 'lookups', ['lookup'], true],
  ['so does a longer one', 'resolv.conf', ['/etc/resolv.conf,'], true],
  ['one letter in common does not', 'ndtos', ['-n'], false],
  ['every telling word must be there', 'pod pending', ['pod', 'is'], false],
  ['words of a question need not be there', 'why is my pod slow', ['pod', 'slow'], true],
  ['a query of such words alone is taken at its word', 'how', ['how'], true],
  ['the pieces of an address are looked for one by one', '10.96.0.10', ['10.96.0.10'], true],
  ['a number is not another number', '0/3 nodes', ['node', '10'], false],
  ['an error text in quotes is found', "bad address 'db.prod'", ['bad', 'address', 'db.prod'], true],
])('%s', (_name, query, foundBy, expected) => {
  expect(isTrueHit(query, foundBy)).toBe(expected);
});
