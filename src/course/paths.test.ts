import { describe, expect, test } from 'vitest';
import { readingPaths, readPaths } from './paths.ts';

const pathOf = (...slugs: readonly string[]) =>
  `- id: one\n  title: T\n  reader: R\n  summary: S\n  stages:\n    - title: First\n      chapters:\n${slugs.map((slug) => `        - { slug: ${slug}, why: W }\n`).join('')}`;

describe('reading paths', () => {
  test('there are three, for newcomers, developers and operators', () => {
    expect(readingPaths.map(({ id }) => id)).toEqual(['newcomer', 'developer', 'operator']);
  });

  test('a chapter may stand without what it needs, and after it', () => {
    expect(readPaths(pathOf('dns'))).toHaveLength(1);
    expect(readPaths(pathOf('services', 'dns'))).toHaveLength(1);
  });

  test.each([
    ['a chapter before one that it needs', pathOf('dns', 'services'), /"one", stages: "dns" needs "services", expected it earlier/],
    ['a chapter twice', pathOf('pods', 'pods'), /"pods" stands there twice/],
    ['a chapter that does not exist', pathOf('dsn'), /paths\.yaml: "one", stages\.0\.chapters\.0\.slug: expected the slug/],
    ['a path without a reader', pathOf('pods').replace('  reader: R\n', ''), /"one", reader: expected a text/],
  ])('%s is refused', (_, yaml, message) => {
    expect(() => readPaths(yaml)).toThrow(message);
  });
});
