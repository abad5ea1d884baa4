import { z } from 'astro/zod';
import { also, chapterPlace, docs, id, text } from './fields.ts';
import { entryById, readEntries, readEntriesOf, type ListKind } from './entry-list.ts';
import { nearestIds } from './nearest-ids.ts';

const file = 'content/data/glossary.yaml';
const entry = z.strictObject({
  id,
  term: text(60),
  also,
  /** Stands alone: cards show it. */
  is: text(240),
  /** Why it matters, and what it is mistaken for. */
  more: text(500).optional(),
  chapter: chapterPlace,
  see: z.array(id).max(6).default([]),
  docs: docs.optional(),
});

/** A term of the glossary. `docs` is a whole address. */
export type Term = z.infer<typeof entry>;

const kind: ListKind<Term> = { file, entry };

/** Throws when a term names one that is not there, or when two terms go by one name: a reader who looks it up would find either. */
function checkTerms(terms: readonly Term[]): readonly Term[] {
  const ids = terms.map((each) => each.id);
  const owners = new Map<string, string>();
  for (const term of terms) {
    for (const other of term.see) {
      if (other === term.id) throw new Error(`${file}: "${term.id}", see: it names itself`);
      if (!ids.includes(other)) throw new Error(`${file}: "${term.id}", see: there is no term "${other}". ${nearestIds(other, ids)}`);
    }
    for (const name of new Set([term.term, ...term.also].map((each) => each.toLowerCase()))) {
      const owner = owners.get(name);
      if (owner !== undefined) throw new Error(`${file}: "${term.id}", also: the name "${name}" belongs to "${owner}" too`);
      owners.set(name, term.id);
    }
  }
  return terms;
}

/** Reads a glossary. Throws with file, term, field and what was expected. */
export const readGlossary = (yaml: string): readonly Term[] => checkTerms(readEntries(kind, yaml));

let known: readonly Term[] | undefined;

/** The terms of content/data/glossary.yaml, in the order of the file; none when there is no such file. */
export function glossary(): readonly Term[] {
  // In development the file changes while the server runs.
  if (known === undefined || import.meta.env.DEV) known = checkTerms(readEntriesOf(kind));
  return known;
}

/** The term with this id. Throws with the nearest ids when there is none: a `<Term>` in a chapter must not lead nowhere. */
export function termById(termId: string): Term {
  return entryById(glossary(), termId, `<Term id="${termId}">, ${file}`);
}
