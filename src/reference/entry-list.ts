import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { z } from 'astro/zod';
import { nearestIds } from './nearest-ids.ts';

/** A list of content/data/: where it lies and what each entry must hold. */
export interface ListKind<Entry extends { readonly id: string }> {
  /** Below the project's root: `content/data/glossary.yaml`. */
  readonly file: string;
  readonly entry: z.ZodType<Entry>;
}

const hasId = z.object({ id: z.string() });

/** How a message names an entry: by its id, and by its place where that is missing. */
function nameOf(raw: unknown, index: number): string {
  const { data } = hasId.safeParse(raw);
  return data ? `"${data.id}"` : `entry ${index + 1}`;
}

/** Reads a list. Throws with every fault, each with file, entry, field and what was expected; ids are unique. */
export function readEntries<Entry extends { readonly id: string }>({ file, entry }: ListKind<Entry>, yaml: string): readonly Entry[] {
  const raw: unknown = load(yaml);
  if (!Array.isArray(raw)) throw new Error(`${file}: expected a list of entries, each beginning with "- id: …"`);
  const faults: string[] = [];
  const seen = new Set<string>();
  const entries = raw.flatMap((each: unknown, index): readonly Entry[] => {
    const { data, error } = entry.safeParse(each);
    if (error) {
      faults.push(...error.issues.map(({ path, message }) => `${file}: ${nameOf(each, index)}, ${path.length === 0 ? 'fields' : path.join('.')}: ${message}`));
      return [];
    }
    if (seen.has(data.id)) faults.push(`${file}: "${data.id}", id: two entries have it; an id is an address and must be unique`);
    seen.add(data.id);
    return [data];
  });
  if (faults.length > 0) throw new Error(faults.join('\n'));
  return entries;
}

/** The list as it lies in the project, which every command of the project starts in. A file that is not there is an empty list: nothing leads to it. */
export function readEntriesOf<Entry extends { readonly id: string }>(kind: ListKind<Entry>): readonly Entry[] {
  const path = join(process.cwd(), kind.file);
  return existsSync(path) ? readEntries(kind, readFileSync(path, 'utf8')) : [];
}

/** The entry with this id. Throws with the nearest ids when there is none; `where` says who asked. */
export function entryById<Entry extends { readonly id: string }>(entries: readonly Entry[], id: string, where: string): Entry {
  const found = entries.find((each) => each.id === id);
  if (found) return found;
  throw new Error(
    `${where}: there is no entry "${id}". ${nearestIds(
      id,
      entries.map((each) => each.id),
    )}`,
  );
}
