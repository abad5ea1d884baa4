import { parts } from './course.ts';
import { labs, type LabEntry } from '../labs.ts';
import { writtenChapters } from './written.ts';

/** A part of the course with the labs that belong to it; `slug` is empty for labs that no chapter uses. */
export interface LabArea {
  readonly slug: string;
  readonly title: string;
  readonly labs: readonly LabEntry[];
}

/** The labs by part of the course. A lab belongs to the part of the first chapter that uses it. */
export async function labAreas(): Promise<readonly LabArea[]> {
  const written = await writtenChapters();
  const partOf = (id: string): number | undefined => written.find(({ labIds }) => labIds.includes(id))?.part.number;
  return [
    ...parts.map(({ slug, title, number }) => ({ slug, title, labs: labs.filter(({ id }) => partOf(id) === number) })),
    { slug: '', title: 'On their own', labs: labs.filter(({ id }) => partOf(id) === undefined) },
  ].filter((area) => area.labs.length > 0);
}
