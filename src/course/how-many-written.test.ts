import { expect, test } from 'vitest';
import { howManyWritten } from './how-many-written.ts';

test.each([
  ['nothing is written', 0, 4, '4 chapters, none of them written yet'],
  ['one is', 1, 4, '4 chapters, 1 of them written so far'],
  ['some are', 3, 45, '45 chapters, 3 of them written so far'],
  ['all are', 4, 4, '4 chapters'],
  ['the only one is', 1, 1, '1 chapter'],
  ['the only one is not', 0, 1, '1 chapter, not written yet'],
])('says how much there is to read when %s', (_name, written, all, words) => {
  expect(howManyWritten(written, all)).toBe(words);
});
