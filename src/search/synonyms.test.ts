import { expect, test } from 'vitest';
import { synonymsOf } from './synonyms.ts';

test.each([
  ['in another form', 'hangs', ['stuck', 'freeze']],
  ['of the middle of a group', 'remove', ['delete', 'destroy']],
  ['of two groups', 'copy', ['replica', 'instance', 'duplicate', 'clone']],
  ['which most words do not have', 'ndots', []],
])('words that may stand for a word %s', (_name, word, expected) => {
  expect(synonymsOf(word)).toEqual(expected);
});
