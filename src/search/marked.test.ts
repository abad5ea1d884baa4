import { expect, test } from 'vitest';
import { markedText } from './marked.ts';

test.each([
  ['a word is marked as it is written', 'Many Pods wait.', ['pod'], 'Many <mark>Pods</mark> wait.'],
  ['another form of it too', 'It resolves names.', ['resolving'], 'It <mark>resolves</mark> names.'],
  ['a word that merely begins with one letter of it is not', 'pod, process', ['p'], 'pod, process'],
  ['signs of HTML stay text', 'a <b> & pod', ['pod'], 'a &lt;b&gt; &amp; <mark>pod</mark>'],
  ['nothing asked, nothing marked', 'Pods', [], 'Pods'],
])('%s', (_name, text, asked, expected) => {
  expect(markedText(text, asked)).toBe(expected);
});
