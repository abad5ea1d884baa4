import { existsSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { sitePages } from '../../src/reference/site-pages.ts';
import { answerQuery, type Engine } from '../../src/search/answer.ts';
import { openSearch } from '../search/gold.ts';
import { builds } from './serve-dist.ts';

describe('a page of the site itself', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await openSearch(builds.atRoot.outDir);
  });
  const found = async (query: string): Promise<readonly string[]> =>
    (await (await answerQuery(query, undefined, engine)).next(8)).map(({ url }) => url.replace(/#main$/, ''));

  test.each(sitePages.map(({ path, title }) => [path, title]))('%s is there, and is headed "%s"', (path, title) => {
    const file = `${builds.atRoot.outDir}${path}index.html`;
    expect(existsSync(file)).toBe(true);
    expect(/<h1[^>]*>([^<]*)/.exec(readFileSync(file, 'utf8'))?.[1]?.trim()).toBe(title);
  });

  test.each(sitePages.map(({ path, title, also }) => ({ path, names: [title, ...also] })))(
    '$path is found first by each of its names',
    async ({ path, names }) => {
      const firsts = await Promise.all(names.map(async (name) => [name, (await found(name))[0]]));
      expect(firsts).toEqual(names.map((name) => [name, path]));
    },
  );

  test.each([
    ['review', '/review/'],
    ['your data', '/your-data/'],
    ['keyboard shortcuts', '/keyboard/'],
    ['Shortcuts', '/keyboard/'],
    ['bookmark', '/your-data/'],
    ['glossary', '/glossary/'],
    ['quiz', '/review/'],
    ['fidelity', '/fidelity/'],
    ['exam', '/exams/'],
    ['course map', '/course-map/'],
    ['paths', '/paths/'],
    ['offline', '/offline/'],
    ['report an error', '/report/'],
    ['commands', '/commands/'],
    ['error messages', '/errors/'],
    ['labs', '/labs/'],
  ])('what readers type: %s', async (query, path) => {
    expect((await found(query))[0]).toBe(path);
  });

  // Each has a word of one of their names.
  test.each(['config map', 'key not found in secret', 'often restarted pod', 'data of a volume', 'error in a manifest', 'definition of a pod'])(
    'does not come first for what is about something else: %s',
    async (query) => {
      expect(sitePages.map(({ path }) => path)).not.toContain((await found(query))[0]);
    },
  );
});
