import { describe, expect, test } from 'vitest';
import { overlapFinder } from './overlap-runs.ts';

const find = overlapFinder(['The quick brown fox jumps over the lazy dog near\nthe old mill.', 'kubectl -n kube-system get service kube-dns'], 5);

describe('overlapFinder', () => {
  test('finds a run and names its line', () => {
    expect(find('First line.\nSee how the quick brown fox jumps away.')).toEqual([{ line: 2, words: 'the quick brown fox jumps' }]);
  });

  test('gives one run for as long as the words agree, across lines, case and marks', () => {
    expect(find('over, THE lazy\ndog — near the "old" mill!')).toEqual([{ line: 1, words: 'over the lazy dog near the old mill' }]);
  });

  test('takes a dotted name or a flag as one word', () => {
    expect(find('n kube-system get service kube-dns')).toHaveLength(1);
    expect(find('kube system get service kube dns')).toEqual([]);
  });

  test('is silent below the length, and across two sources', () => {
    expect(find('the quick brown fox sleeps')).toEqual([]);
    expect(find('old mill kubectl n kube-system')).toEqual([]);
  });
});
