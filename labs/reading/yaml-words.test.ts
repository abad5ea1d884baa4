import { describe, expect, test } from 'vitest';
import { readYaml } from './read-yaml.ts';
import { parseDocuments } from './yaml-documents.ts';

const pod = `apiVersion: v1
kind: Pod
metadata:
  name: a
  labels:
    app: x
spec:
  containers:
    - name: c
      image: nginx
`;

describe('the place and the words of a mistake', () => {
  test.each([
    ['a colon forgotten on the first line', 'apiVersion:', 'apiVersion', 1, 1, /no colon/u, 'Write "apiVersion: v1".'],
    ['a colon forgotten', 'kind:', 'kind', 2, 1, /no colon/u, 'Write "kind: Pod".'],
    [
      'a colon forgotten behind a name without value',
      'metadata:',
      'metadata',
      3,
      1,
      /no colon/u,
      'If it is a field, write "metadata:"; if not, remove the line.',
    ],
    ['a colon forgotten on a deeper line', 'name: a', 'name a', 4, 3, /no colon/u, 'Write "name: a".'],
    ['no blank behind a colon', 'kind: ', 'kind:', 2, 1, /no blank behind the colon/u, 'Write "kind: Pod".'],
    ['no blank behind a deeper colon', 'image: ', 'image:', 10, 7, /no blank behind the colon/u, 'Write "image: nginx".'],
    ['a colon before the name', 'kind:', ':kind', 2, 1, /stands before its name/u, undefined],
    ['a stray word', 'spec:', 'foo\nspec:', 7, 1, /no colon/u, 'If it is a field, write "foo:"; if not, remove the line.'],
    ['two dashes', 'spec:', '--\nspec:', 7, 1, /made of dashes/u, undefined],
    ['a merge conflict', 'spec:', '<<<<<<< HEAD\nspec:', 7, 1, /merge conflict/u, undefined],
    ['a no-break space', '  name: a', '\u00a0\u00a0name: a', 4, 1, /no-break space/u, /copying/u],
    ['a dash without a blank', '- name', '-name', 9, 5, /no blank behind the dash/u, undefined],
    ['a field of an item one to the left', '      image', '     image', 10, 6, /5 spaces, which is no level/u, /behind the "- "/u],
    ['a field of an item two to the left', '      image', '    image', 10, 5, /a field stands where a list item/u, undefined],
    ['a field of an item one to the right', '      image', '       image', 10, 8, /deeper \(7 spaces\) than the one above \(6\)/u, /exactly below/u],
    ['a template', 'nginx', '{{ .Values.image }}', 10, 14, /a template that was not filled in/u, /Helm/u],
    ['a quote that the next one closes', 'name: c', 'name: "c\n      tty: "x"', 9, 13, /quote \("\) is never closed/u, undefined],
    ['a brace left open above fields', 'labels:\n    app: x', 'labels: { app: x', 5, 11, /"\{" is never closed/u, undefined],
    ['a comma forgotten', 'image: nginx', 'args: ["a" "b"]', 10, 18, /comma is missing/u, undefined],
    ['a comma too much', 'image: nginx', 'args: [a, , b]', 10, 17, /comma without a value/u, /quotes/u],
    ['text behind a bar', 'nginx', '|x', 10, 14, /more behind the "\|"/u, /quotes/u],
    ['an exclamation mark', 'nginx', '!{x', 10, 14, /tag/u, /quotes/u],
  ] as const)('%s', (_, from, to, line, column, message, hint) => {
    const text = pod.replace(from, to);
    expect(text).not.toBe(pod);
    const [error] = readYaml(text).errors;
    expect(error).toMatchObject({ line, column, message: expect.stringMatching(message) as string });
    if (hint === undefined || typeof hint === 'string') expect(error?.hint).toBe(hint);
    else expect(error?.hint).toMatch(hint);
  });
  test('Windows line ends change neither place nor words', () => {
    const text = pod.replace('kind:', 'kind');
    expect(readYaml(text.replaceAll('\n', '\r\n')).errors).toEqual(readYaml(text).errors);
  });
  test('kubectl counts lines within a document, the reader in the text', () => {
    const [error] = readYaml(`${pod}---\n${pod.replace('kind:', 'kind')}`).errors;
    expect(error).toMatchObject({ line: 13, kubectl: "yaml: line 3: could not find expected ':'" });
  });
  test.each([
    ['a text that kubectl reads as JSON', '{"kind": "Pod"\n'],
    ['a mistake above words behind ---, which kubectl refuses first', 'a b\nc: d\n--- x\n'],
    ['a text of which kubectl reads only the beginning', '"a" b\nc: d\n'],
    ['a text deeper than the model goes', `a: ${'['.repeat(1500)}`],
  ])('no sentence of kubectl for %s', (_, text) => {
    const { errors } = readYaml(text);
    expect(errors).toHaveLength(1);
    expect(errors[0]?.kubectl).toBeUndefined();
  });
  test.each(['--- x\n', 'a: 1\n--- x\nb: 2\n'])('text behind --- is refused: %j', (text) => {
    const { documents, errors } = readYaml(text);
    expect(documents).toEqual([]);
    expect(errors[0]).toMatchObject({ message: 'there is text behind "---"', kubectl: 'invalid Yaml document separator: x' });
  });
  test('an object whose first line slipped', () => {
    expect(readYaml(`  ${pod}`).errors[0]).toMatchObject({ line: 2, message: expect.stringMatching(/less than the first one/u) as string });
  });
});

test.each([
  ['names', 'a b\n'.repeat(16_000)],
  ['fields', 'a: b\n'.repeat(13_000)],
  ['brackets', '['.repeat(65_000)],
  ['closing brackets', ']'.repeat(65_000)],
  ['short lists', '[a, b]: '.repeat(8_000)],
  ['levels', Array.from({ length: 350 }, (_, index) => `${' '.repeat(index)}a:`).join('\n')],
  ['quotes', '"a" '.repeat(16_000)],
  ['dashes', '- '.repeat(32_000)],
  ['documents', '---\na: b\n'.repeat(7_000)],
  ['anchors', '&a '.repeat(21_000)],
  ['blanks', `a${' '.repeat(65_000)}b`],
  ['breaks', `a${'\n'.repeat(65_000)}b: c`],
])('a text of 64 kB of %s is judged within two seconds', (_, text) => {
  const start = performance.now();
  parseDocuments(text, 100);
  expect(performance.now() - start).toBeLessThan(2000);
});
