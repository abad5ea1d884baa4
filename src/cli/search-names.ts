import { existsSync, readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { sitePages } from '../reference/site-pages.ts';

/** The names by which an entry of the reference is found. */
export interface KnownNames {
  /** What stands for its title: an error text with its holes, a command without what differs each time. */
  readonly title: string | undefined;
  readonly also: readonly string[];
}

const lists = { glossary: 'glossary', commands: 'commands', errors: 'error-messages' } as const;

interface ListEntry {
  readonly id: string;
  readonly text?: string;
  readonly also?: readonly unknown[];
}

/** Reads the names in a folder of lists (checked by the build before) by the path of the entry's page, such as `/errors/oom-killed/`; and those of the site's own pages. */
export function knownNames(folder: string): ReadonlyMap<string, KnownNames> {
  const names = new Map<string, KnownNames>();
  for (const [page, list] of Object.entries(lists)) {
    const file = `${folder}/${list}.yaml`;
    if (!existsSync(file)) continue;
    for (const { id, text, also = [] } of (load(readFileSync(file, 'utf8')) ?? []) as readonly ListEntry[]) {
      const title = page === 'commands' ? id.replaceAll('-', ' ') : text;
      names.set(`/${page}/${id}/`, { title, also: also.map(String) });
    }
  }
  for (const { path, also } of sitePages) names.set(path, { title: undefined, also });
  return names;
}
