import { z } from 'astro/zod';
import { chapterPlace, docs, text } from './fields.ts';
import { readEntries, readEntriesOf, type ListKind } from './entry-list.ts';

/** What may be wrong with a belief, in the order of the filter. */
export const beliefKinds = ['never true', 'was true', 'removed', 'half true', 'unsafe'] as const;

const entry = z.strictObject({
  id: z.string().regex(/^[a-z0-9]+([.-][a-z0-9]+)*$/, 'expected small letters, digits, hyphens and dots'),
  /** The belief, as people say it. */
  said: text(140),
  /** What is true in the version of the course. */
  true: text(420),
  /** `always`, or a version and what came with it. */
  since: text(160),
  chapter: chapterPlace,
  kind: z.enum(beliefKinds),
  docs,
});

/** A common belief and what is true. `docs` is a whole address. */
export type Belief = z.infer<typeof entry>;

const kind: ListKind<Belief> = { file: 'content/data/often-said.yaml', entry };

/** Reads a list of beliefs. Throws with file, belief, field and what was expected. */
export const readBeliefs = (yaml: string): readonly Belief[] => readEntries(kind, yaml);

/** The beliefs of content/data/often-said.yaml, in the order of the file; none when there is no such file. */
export const beliefs = (): readonly Belief[] => readEntriesOf(kind);

/** How a source is called in a line: the project whose page it is. */
export function sourceName(address: string): string {
  const { hostname, pathname } = new URL(address);
  const enhancement = /\/keps\/[^/]+\/(\d+)/.exec(pathname)?.[1];
  if (enhancement !== undefined) return `KEP-${enhancement}`;
  if (hostname === 'kubernetes.io') return pathname.startsWith('/blog/') ? 'Kubernetes blog' : 'Kubernetes documentation';
  const [, owner, repository] = pathname.split('/');
  if (hostname === 'github.com' && owner !== undefined && repository !== undefined) return `${owner}/${repository}`;
  return hostname.replace(/^www\./, '');
}
