import type { APIRoute } from 'astro';
import type { EntryNames } from '../../reference/name-match.ts';
import { reference } from '../../reference/reference.ts';

/** The area, the other names and an instance of each error message: what the filter of the list fetches. */
export const GET: APIRoute = async () => {
  const { errors } = await reference();
  const names: EntryNames = Object.fromEntries(
    errors.map(({ id, also, example = '', taught }) => [id, [taught.chapter.part.slug, [...also, example].join('\n')]]),
  );
  return new Response(JSON.stringify(names));
};
