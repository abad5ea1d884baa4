import { getCollection, render } from 'astro:content';
import { chapters, findChapter, type Chapter, type Part } from './course.ts';
import { labById } from './labs.ts';
import { countWords, minutesFor, splitSections } from './reading-time.ts';

/** A section of a written chapter: an `##` heading. */
export interface Section {
  readonly id: string;
  readonly title: string;
  readonly minutes: number;
}

/** A written chapter: its place on the map and what its page needs. `minutes` is reading plus the labs in it. */
export interface Written {
  readonly part: Part;
  readonly chapter: Chapter;
  readonly data: Awaited<ReturnType<typeof getCollection<'chapters'>>>[number]['data'];
  readonly Content: Awaited<ReturnType<typeof render>>['Content'];
  readonly sections: readonly Section[];
  readonly minutes: number;
  /** Ids of the labs that stand in it, each once. */
  readonly labIds: readonly string[];
}

const labIdsIn = (mdx: string): readonly string[] => [...new Set([...mdx.matchAll(/<Lab\b[^>]*\bid="([^"]+)"/g)].flatMap((match) => match[1] ?? []))];

const labMinutes = (mdx: string): number => labIdsIn(mdx).reduce((sum, id) => sum + (labById(id)?.meta.minutes ?? 0), 0);

async function readWritten(): Promise<readonly Written[]> {
  const written: Written[] = [];
  for (const entry of await getCollection('chapters')) {
    const place = findChapter(entry.id);
    if (!place)
      throw new Error(
        `content/: the chapter "${entry.id}" is not on the map, content/data/course.yaml. Its slugs: ${chapters.map(({ slug }) => slug).join(', ')}`,
      );
    for (const slug of entry.data.prerequisites) if (!findChapter(slug)) throw new Error(`content/: "${entry.id}" needs "${slug}", which is not on the map`);
    const { Content, headings } = await render(entry);
    const bodies = splitSections(entry.body ?? '').slice(1);
    const sections = headings
      .filter((heading) => heading.depth === 2)
      .map((heading, index) => {
        const body = bodies[index] ?? '';
        return { id: heading.slug, title: heading.text, minutes: minutesFor(countWords(body)) + labMinutes(body) };
      });
    const body = entry.body ?? '';
    written.push({ ...place, data: entry.data, Content, sections, minutes: minutesFor(countWords(body)) + labMinutes(body), labIds: labIdsIn(body) });
  }
  return written.sort((a, b) => a.chapter.number - b.chapter.number);
}

let reading: Promise<readonly Written[]> | undefined;

/** All written chapters in reading order. Throws for a chapter that is not on the map. */
export function writtenChapters(): Promise<readonly Written[]> {
  // In development chapters change while the server runs.
  if (import.meta.env.DEV) return readWritten();
  reading ??= readWritten();
  return reading;
}

/** The written chapter with this slug, if it is written. */
export async function findWritten(slug: string): Promise<Written | undefined> {
  return (await writtenChapters()).find(({ chapter }) => chapter.slug === slug);
}
