import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { z } from 'astro/zod';

const slug = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'a slug holds small letters, digits and single hyphens');
const text = z.string().trim().min(1);
const courseFile = z.array(
  z.strictObject({
    slug,
    title: text,
    summary: text,
    chapters: z.array(z.strictObject({ slug, title: text, summary: text, needs: z.array(slug).default([]), sections: z.array(text).min(1) })).min(1),
  }),
);

/**
 * A chapter on the map, written or not. `number` counts through the whole course from 1; `needs` are slugs of earlier chapters, `sections` its planned
 * sections.
 */
export interface Chapter {
  readonly number: number;
  readonly slug: string;
  readonly title: string;
  readonly summary: string;
  readonly needs: readonly string[];
  readonly sections: readonly string[];
}

/** A part of the course with its chapters in reading order. `number` counts from 1. */
export interface Part {
  readonly number: number;
  readonly slug: string;
  readonly title: string;
  readonly summary: string;
  readonly chapters: readonly Chapter[];
}

/** Reads the map of the course. Throws with the place in the file when it does not hold what a map must hold. */
export function readCourse(yaml: string): readonly Part[] {
  const checked = courseFile.safeParse(load(yaml));
  if (!checked.success) throw new Error(`content/data/course.yaml: ${z.prettifyError(checked.error)}`);
  const seen = new Set<string>();
  let number = 0;
  return checked.data.map((part, index) => ({
    ...part,
    number: index + 1,
    chapters: part.chapters.map((chapter) => {
      if (seen.has(chapter.slug)) throw new Error(`content/data/course.yaml: two chapters have the slug "${chapter.slug}"`);
      const late = chapter.needs.find((need) => !seen.has(need));
      if (late !== undefined) throw new Error(`content/data/course.yaml: "${chapter.slug}" needs "${late}", which is not an earlier chapter`);
      seen.add(chapter.slug);
      number += 1;
      return { ...chapter, number };
    }),
  }));
}

// Every command of the project runs at its root; a path beside this module would point into the bundle during a build.
/** The map of the course: ten parts and their chapters, from content/data/course.yaml. */
export const parts: readonly Part[] = readCourse(readFileSync(join(process.cwd(), 'content/data/course.yaml'), 'utf8'));

/** All chapters in reading order. */
export const chapters: readonly Chapter[] = parts.flatMap((part) => part.chapters);

/** Where a chapter stands: its part and itself; undefined for a slug that is not on the map. */
export function findChapter(chapterSlug: string): { readonly part: Part; readonly chapter: Chapter } | undefined {
  for (const part of parts) {
    const chapter = part.chapters.find((candidate) => candidate.slug === chapterSlug);
    if (chapter) return { part, chapter };
  }
  return undefined;
}
