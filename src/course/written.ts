import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { getCollection, render } from 'astro:content';
import { load } from 'js-yaml';
import { chapters, findChapter, type Chapter, type Part } from './course.ts';
import { labById } from '../labs.ts';
import { countWords, minutesFor, splitSections, type Tasks } from './reading-time.ts';

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
  /** All that can be linked to in it: the ids of its headings. */
  readonly anchors: readonly string[];
  readonly minutes: number;
  /** How many labs stand in it, and the ids of those labs, each once. */
  readonly labs: number;
  readonly labIds: readonly string[];
}

interface Embedded {
  readonly id: string;
  readonly scenario: string | undefined;
}

/** The labs in a text, in order, with every embedding. */
const labsIn = (mdx: string): readonly Embedded[] =>
  [...mdx.matchAll(/<Lab\b([^>]*)>/g)].flatMap(([, attributes = '']) => {
    const id = /\bid="([^"]+)"/.exec(attributes)?.[1];
    return id === undefined ? [] : [{ id, scenario: /\bscenario="([^"]+)"/.exec(attributes)?.[1] }];
  });

function tasksIn(mdx: string, questionsOfChapter: number): Tasks {
  const isChallenge = ({ id, scenario }: Embedded): boolean => labById(id)?.scenarios.find((entry) => entry.id === scenario)?.kind === 'challenge';
  const embedded = labsIn(mdx);
  const challenges = embedded.filter(isChallenge).length;
  return { challenges, shows: embedded.length - challenges, questions: /<Quiz\b/.test(mdx) ? questionsOfChapter : 0 };
}

/** How many questions lie beside a chapter. */
function questionsBeside(chapterFile: string | undefined): number {
  const file = join(process.cwd(), dirname(chapterFile ?? ''), 'quiz.yaml');
  if (!existsSync(file)) return 0;
  const questions: unknown = load(readFileSync(file, 'utf8'));
  return Array.isArray(questions) ? questions.length : 0;
}

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
    const questions = questionsBeside(entry.filePath);
    const minutesOf = (text: string): number => minutesFor(countWords(text), tasksIn(text, questions));
    const body = entry.body ?? '';
    const bodies = splitSections(body).slice(1);
    const sections = headings
      .filter((heading) => heading.depth === 2)
      .map((heading, index) => ({ id: heading.slug, title: heading.text, minutes: minutesOf(bodies[index] ?? '') }));
    const embedded = labsIn(body);
    written.push({
      ...place,
      data: entry.data,
      Content,
      sections,
      anchors: headings.map(({ slug }) => slug),
      minutes: minutesOf(body),
      labs: embedded.length,
      labIds: [...new Set(embedded.map(({ id }) => id))],
    });
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
