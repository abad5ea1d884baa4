import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { z } from 'astro/zod';
import { id, text } from '../../../reference/fields.ts';
import { fieldPath, type FieldPath } from './facts.ts';

const file = 'content/data/fields.yaml';
const entry = z.strictObject({
  /** One plain sentence or two: what the field is for. */
  is: text(200),
  /** The term of the glossary that it belongs to. */
  term: id.optional(),
});

/** What is said of a field in our own words. */
export type FieldText = z.infer<typeof entry>;

/** Kind → path → text; `*` holds what is the same in all kinds. */
export type FieldTexts = Readonly<Record<string, Readonly<Record<string, FieldText>>>>;

const fileSchema = z.record(z.string(), z.record(z.string(), entry));

/** Reads the list. Throws with kind, path and what was expected. */
export function readFieldTexts(yaml: string): FieldTexts {
  const { data, error } = fileSchema.safeParse(load(yaml));
  if (error) throw new Error(error.issues.map(({ path, message }) => `${file}: ${path.join(', ')}: ${message}`).join('\n'));
  return data;
}

let known: FieldTexts | undefined;

/** The list as it lies in the project. */
export function fieldTexts(): FieldTexts {
  if (known === undefined || import.meta.env.DEV) known = readFieldTexts(readFileSync(join(process.cwd(), file), 'utf8'));
  return known;
}

/** The text of a field: of its kind, of pods for what stands in a template, or of all kinds; a key that a reader chose, such as a label's, goes by `*`. */
export function textOf(texts: FieldTexts, kind: string, path: FieldPath): FieldText | undefined {
  const [, template, part] = path;
  const isInTemplate = template === 'template' && (part === 'spec' || part === 'metadata');
  const inPod = isInTemplate ? path.slice(2) : path;
  const tries: readonly (readonly [of: string, path: FieldPath])[] = [[kind, path], ...(isInTemplate ? [['Pod', inPod] as const] : []), ['*', inPod]];
  for (const [of, at] of tries) {
    const known = texts[of];
    const found = known?.[fieldPath(at)] ?? known?.[fieldPath([...at.slice(0, -1), '*'])];
    if (found !== undefined) return found;
  }
  return undefined;
}
