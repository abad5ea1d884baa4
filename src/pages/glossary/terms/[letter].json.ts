import type { APIRoute, GetStaticPaths } from 'astro';
import { glossary } from '../../../reference/glossary.ts';

// One file for each first letter of an id: a card costs its reader about a kilobyte, not sixteen.
export const getStaticPaths = (() => [...new Set(glossary().map(({ id }) => id.charAt(0)))].map((letter) => ({ params: { letter } }))) satisfies GetStaticPaths;

/** What a card shows: the name of a term and what it is, by the term's id. */
export const GET: APIRoute = ({ params }) => {
  const terms = glossary().filter(({ id }) => id.startsWith(params.letter ?? ''));
  return new Response(JSON.stringify(Object.fromEntries(terms.map(({ id, term, is }) => [id, [term, is]]))));
};
