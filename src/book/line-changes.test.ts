import { describe, expect, test } from 'vitest';
import { lineChanges } from './line-changes.ts';

const signs = { same: ' ', gone: '-', new: '+' } as const;
const written = (before: string, after: string, context?: number): string =>
  lineChanges(before, after, context)
    .map((line) => (line.kind === 'skip' ? '…' : signs[line.kind] + line.text))
    .join('\n');

describe('the changes of a text, line by line', () => {
  test.each([
    ['a line that changes', 'a\nb\nc', 'a\nB\nc', ' a\n-b\n+B\n c'],
    ['a line that comes', 'a\nc', 'a\nb\nc', ' a\n+b\n c'],
    ['a line that goes', 'a\nb\nc', 'a\nc', ' a\n-b\n c'],
    ['an empty text', '', 'a\nb\n', '+a\n+b'],
    ['a text that is emptied', 'a\n', '', '-a'],
    ['nothing but its end', 'a\n', 'a', '…'],
  ])('%s', (_, before, after, expected) => {
    expect(written(before, after)).toBe(expected);
  });

  test('what is far from a change is left out, once on each side', () => {
    expect(written('1\n2\n3\n4\n5\n6\n7', '1\n2\n3\nx\n5\n6\n7', 1)).toBe('…\n 3\n-4\n+x\n 5\n…');
  });
});
