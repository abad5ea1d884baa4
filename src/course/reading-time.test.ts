import { describe, expect, test } from 'vitest';
import { countWords, minutesFor, splitSections } from './reading-time.ts';

describe('words that are read', () => {
  test.each([
    ['plain prose', 'A pod has an address.', 5],
    ['a tag and its attributes do not count, its text does', '<Note title="no no no">only this</Note>', 2],
    ['a diagram source does not count', 'Look:\n```mermaid\ngraph LR; a-->b\n```\n', 1],
    ['code counts', '```yaml\nkind: Pod\n```', 3],
    ['names with dots are one word', 'resolv.conf and db.prod.svc', 3],
    ['a comment does not count', '{/* not this */} yes', 1],
  ])('%s', (_name, text, words) => {
    expect(countWords(text)).toBe(words);
  });
});

test('a minute is the least', () => {
  expect(minutesFor(3)).toBe(1);
  expect(minutesFor(1000)).toBe(5);
});

test('labs and questions take time as well', () => {
  expect(minutesFor(400, { shows: 2, challenges: 1, questions: 4 })).toBe(2 + 6 + 6 + 3);
});

test('sections begin at their heading; one inside a code block is no heading', () => {
  const text = 'lead\n## One\na\n```sh\n## not a heading\n```\n## Two\nb';
  expect(splitSections(text).map((section) => section.split('\n')[0])).toEqual(['lead', '## One', '## Two']);
});
