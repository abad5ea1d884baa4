import { globSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { answerQuery, type Engine, type Hit } from '../../src/search/answer.ts';
import { pieces } from '../../src/search/words.ts';
import { openSearch } from '../search/gold.ts';
import { builds } from './serve-dist.ts';

interface Heading {
  readonly title: string;
  /** The page, and the heading in it. */
  readonly page: string;
  readonly url: string;
}

const plain = (html: string): string =>
  html
    .replace(/<[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');

/** The headings that lead to themselves in the built chapters: their sections, whatever the author called them. */
function headingsOfChapters(): readonly Heading[] {
  const { outDir } = builds.atRoot;
  const chapters = globSync('*/index.html', { cwd: outDir }).filter((file) =>
    readFileSync(`${outDir}/${file}`, 'utf8').includes('data-pagefind-filter="kind:Chapter"'),
  );
  return chapters.flatMap((file) => {
    const page = `/${file.replace(/index\.html$/, '')}`;
    const html = readFileSync(`${outDir}/${file}`, 'utf8');
    return [...html.matchAll(/<h[2-4] id="([^"]+)"><a href="#\1">(.*?)<\/a><\/h/g)].map(([, id = '', title = '']) => ({
      title: plain(title),
      page,
      url: `${page}#${id}`,
    }));
  });
}

const same = (a: string, b: string): boolean => pieces(a).join(' ') === pieces(b).join(' ');
const shown = 8;

describe('the title of a section, typed as it stands', () => {
  const headings = headingsOfChapters();
  const answers = new Map<string, readonly Hit[]>();
  let engine: Engine;
  beforeAll(async () => {
    engine = await openSearch(builds.atRoot.outDir);
    for (const { title } of headings) answers.set(title, await (await answerQuery(title, undefined, engine)).next(shown));
  });
  /** Headings for which something does not hold, to be read in the report. */
  const without = (holds: (heading: Heading, hits: readonly Hit[]) => boolean): readonly string[] =>
    headings.filter((heading) => !holds(heading, answers.get(heading.title) ?? [])).map(({ title, url }) => `${title} ${url}`);

  test('is asked for every section of every chapter', () => {
    expect(new Set(headings.map(({ page }) => page)).size).toBeGreaterThanOrEqual(3);
    expect(headings.length).toBeGreaterThan(50);
  });

  test('leads to that section, which is the first below its page', () => {
    expect(without(({ page, url }, hits) => hits.find((hit) => hit.url === page)?.sections[0]?.url === url)).toEqual([]);
  });

  test('finds its page before all but what has that very title itself', () => {
    const before = ({ title, page }: Heading, hits: readonly Hit[]): number =>
      hits
        .slice(
          0,
          hits.findIndex((hit) => hit.url === page),
        )
        .filter((hit) => !same(hit.title, title) && !(hit.sections[0] && same(hit.sections[0].title, title))).length;
    expect(without((heading, hits) => before(heading, hits) === 0)).toEqual([]);
  });

  test('without its last word, as while it is typed, leads to the section too', async () => {
    const lost: string[] = [];
    const long = headings.filter(({ title }) => pieces(title).length > 3);
    for (const { title, page, url } of long) {
      const hits = await (await answerQuery(title.replace(/\s+\S+$/, ''), undefined, engine)).next(shown);
      if (hits.find((hit) => hit.url === page)?.sections.some((section) => section.url === url) !== true) lost.push(`${title} ${url}`);
    }
    expect(long.length).toBeGreaterThan(15);
    // "What goes wrong, and how to" is made of small words alone.
    expect(lost.length, lost.join('\n')).toBeLessThanOrEqual(long.length / 5);
  });
});
