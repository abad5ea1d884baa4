import { z } from 'astro/zod';
import { findChapter } from './course.ts';
import { readEntries, readEntriesOf, type ListKind } from '../reference/entry-list.ts';

const text = z.string({ error: 'expected a text' }).trim().min(1, 'expected a text that is not empty');
const chapterSlug = text.refine((slug) => findChapter(slug) !== undefined, { error: 'expected the slug of a chapter of content/data/course.yaml' });
const stop = z.strictObject({ slug: chapterSlug, why: text });
const path = z.strictObject({
  id: z.string().regex(/^[a-z]+(-[a-z]+)*$/, 'expected small letters and hyphens: it is an address'),
  title: text,
  reader: text,
  summary: text,
  stages: z.array(z.strictObject({ title: text, chapters: z.array(stop).min(1, 'expected at least one chapter') })).min(1, 'expected at least one stage'),
});

/** A way through a part of the course, for readers of one kind, in stages. */
export type ReadingPath = z.infer<typeof path>;

const kind: ListKind<ReadingPath> = { file: 'content/data/paths.yaml', entry: path };

/** Throws when a path has a chapter twice, or before one of its own chapters that it needs. */
function checkOrder(paths: readonly ReadingPath[]): readonly ReadingPath[] {
  for (const { id, stages } of paths) {
    const slugs = stages.flatMap(({ chapters }) => chapters.map(({ slug }) => slug));
    for (const [at, slug] of slugs.entries()) {
      if (slugs.indexOf(slug) < at) throw new Error(`${kind.file}: "${id}", stages: the chapter "${slug}" stands there twice`);
      const late = findChapter(slug)?.chapter.needs.find((need) => slugs.indexOf(need) > at);
      if (late !== undefined) throw new Error(`${kind.file}: "${id}", stages: "${slug}" needs "${late}", expected it earlier`);
    }
  }
  return paths;
}

/** Reads reading paths. Throws with file, path, field and what was expected. */
export const readPaths = (yaml: string): readonly ReadingPath[] => checkOrder(readEntries(kind, yaml));

/** The reading paths of the course, from content/data/paths.yaml. */
export const readingPaths: readonly ReadingPath[] = checkOrder(readEntriesOf(kind));
