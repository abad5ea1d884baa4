import type { APIRoute } from 'astro';
import type { EntryNames } from '../../reference/name-match.ts';
import { reference } from '../../reference/reference.ts';

/** The tool and the other names of each command: what the filter of the list fetches. */
export const GET: APIRoute = async () => {
  const { commands } = await reference();
  const names: EntryNames = Object.fromEntries(
    commands.map(({ id, tool, also, examples }) => [id, [tool, [...also, ...examples.map(({ does }) => does)].join('\n')]]),
  );
  return new Response(JSON.stringify(names));
};
