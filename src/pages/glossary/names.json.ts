import type { APIRoute } from 'astro';
import type { EntryNames } from '../../reference/name-match.ts';
import { reference } from '../../reference/reference.ts';

/** The part and the other names of each term: what the filter of the list fetches. */
export const GET: APIRoute = async () => {
  const { terms } = await reference();
  const names: EntryNames = Object.fromEntries(terms.map(({ id, also, taught }) => [id, [taught.chapter.part.slug, also.join('\n')]]));
  return new Response(JSON.stringify(names));
};
