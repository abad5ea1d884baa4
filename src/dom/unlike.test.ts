import { expect, test } from 'vitest';
import { unlike } from './unlike.ts';

test('no text equals the one before it, and each reads as it was meant', () => {
  const meant = ['Copied.', 'Copied.', 'Copied.', 'Right.', '', 'Copied.'];
  const texts = meant.map(unlike);
  texts.forEach((text, index) => {
    expect(text).not.toBe(texts[index - 1]);
  });
  expect(texts.map((text) => text.trim())).toEqual(meant);
});
