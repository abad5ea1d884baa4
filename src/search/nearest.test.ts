import { describe, expect, test } from 'vitest';
import { distance, nearestTerms } from './nearest.ts';

describe('the distance of two words', () => {
  test.each([
    ['equal words are 0 apart', 'ndots', 'ndots', 0],
    ['a letter left out is 1', 'ndots', 'nots', 1],
    ['a letter too many is 1', 'dns', 'dnss', 1],
    ['a wrong letter is 1', 'musl', 'mush', 1],
    ['two neighbours swapped are 1', 'glibc', 'gilbc', 1],
    ['beyond the limit it stops counting', 'kubelet', 'etcd', 3],
  ])('%s', (_name, a, b, expected) => {
    expect(distance(a, b, 2)).toBe(expected);
    expect(distance(b, a, 2)).toBe(expected);
  });
});

describe('the nearest terms', () => {
  const terms = ['ndots', 'resolv.conf', 'CoreDNS', 'NXDOMAIN', 'search', 'searching'];
  test.each([
    ['two letters swapped find the word', 'ndtos', ['ndots']],
    ['capitals do not matter', 'nxdomian', ['NXDOMAIN']],
    ['a beginning finds its words, the shorter first', 'sear', ['search', 'searching']],
    ['each word of a query is tried', 'corens nodots', ['ndots', 'CoreDNS']],
    ['nothing is near to a word of another kind', 'zebra', []],
    ['a word of three letters finds beginnings only', 'sea', ['search', 'searching']],
    ['words of one or two letters find nothing', 'n x', []],
  ])('%s', (_name, query, expected) => {
    expect(nearestTerms(query, terms, 5)).toEqual(expected);
  });
});
