import { z } from 'astro/zod';
import { findChapter } from './course.ts';
import { readEntries, readEntriesOf, type ListKind } from '../reference/entry-list.ts';

const text = z.string({ error: 'expected a text' }).trim().min(1, 'expected a text that is not empty');
const chapterSlug = text.refine((slug) => findChapter(slug) !== undefined, { error: 'expected the slug of a chapter of content/data/course.yaml' });
const domain = z.strictObject({
  title: text,
  weight: z.number().int().positive(),
  topics: text,
  chapters: z.array(chapterSlug).min(1, 'expected at least one chapter'),
  beyond: text.optional(),
});
const exam = z.strictObject({
  id: z.string().regex(/^[a-z]+$/, 'expected small letters: it is an address'),
  title: text,
  curriculum: z
    .string()
    .regex(/^v1\.\d+$/, 'expected a Kubernetes version, such as v1.35')
    .optional(),
  since: text,
  source: z.url('expected the address of the official page'),
  domains: z.array(domain).refine((domains) => domains.reduce((sum, { weight }) => sum + weight, 0) === 100, {
    error: (issue) =>
      `expected weights that add up to 100, not to ${(issue.input as readonly { weight: number }[]).reduce((sum, { weight }) => sum + weight, 0)}`,
  }),
});

/** An exam: its domains with their weights in percent, and the chapters for each. `beyond` is asked there and not taught here. */
export type Exam = z.infer<typeof exam>;

const kind: ListKind<Exam> = { file: 'content/data/exams.yaml', entry: exam };

/** Reads exams. Throws with file, exam, field and what was expected. */
export const readExams = (yaml: string): readonly Exam[] => readEntries(kind, yaml);

/** The exams that the course is mapped to, from content/data/exams.yaml. */
export const exams: readonly Exam[] = readEntriesOf(kind);
