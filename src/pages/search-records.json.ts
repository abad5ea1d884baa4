import type { APIRoute } from 'astro';
import { labs } from '../labs.ts';
import { symptoms } from '../symptoms.ts';

/** What the search finds besides pages: scenarios and error texts. The indexer reads this file and removes it. */
/**
 * The place of a text on a page, as browsers find and mark it (`#section:~:text=…`); where it is not found they go to the section. So each error text has
 * an address of its own, though several stand in one section.
 */
function atText(link: string, text: string): string {
  return `${link}${link.includes('#') ? '' : '#'}:~:text=${encodeURIComponent(text).replaceAll('-', '%2D')}`;
}

export const GET: APIRoute = async () => {
  const scenarios = labs.flatMap(({ id, meta, scenarios: entries }) =>
    entries.map(({ id: scenario, title, task, kind }) => ({
      path: `/labs/${id}/#scenario=${scenario}`,
      kind: kind === 'challenge' ? 'Challenge' : 'Scenario',
      title,
      place: meta.title,
      summary: task,
      content: task,
    })),
  );
  const errors = (await symptoms()).flatMap(({ text, by, means, link }) =>
    link === undefined ? [] : [{ path: atText(link, text), kind: 'Error', title: text, place: by, summary: means, content: means }],
  );
  return new Response(JSON.stringify([...scenarios, ...errors]));
};
