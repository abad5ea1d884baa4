import type { APIRoute } from 'astro';
import { labs } from '../labs.ts';
import { reference } from '../reference/reference.ts';
import { referenceRecords, siteRecords, type SearchRecord } from '../reference/search-records.ts';
import { sitePages } from '../reference/site-pages.ts';

/** What the search finds besides pages: scenarios, terms, commands, error messages, beliefs, and pages of the site that are not searched. The indexer reads this file and removes it. */
export const GET: APIRoute = async () => {
  const scenarios = labs.flatMap(({ id, meta, scenarios: entries }) =>
    entries.map(({ id: scenario, title, task, kind }): SearchRecord => ({
      path: `/labs/${id}/#scenario=${scenario}`,
      kind: kind === 'challenge' ? 'Challenge' : 'Scenario',
      title,
      place: meta.title,
      summary: task,
      content: task,
    })),
  );
  return new Response(JSON.stringify([...scenarios, ...referenceRecords(await reference()), ...siteRecords(sitePages)]));
};
