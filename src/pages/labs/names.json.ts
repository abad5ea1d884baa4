import type { APIRoute } from 'astro';
import type { LabNames } from '../../components/shell/lab-match.ts';
import { labAreas } from '../../course/lab-areas.ts';

/** What the filter of the labs knows of each: fetched when somebody reaches for it. */
export const GET: APIRoute = async () => {
  const entries = (await labAreas()).flatMap(({ slug, labs }) =>
    labs.map(({ id, meta, scenarios }): [string, LabNames] => [
      id,
      {
        area: slug,
        minutes: meta.minutes,
        mode: meta.mode,
        text: `${meta.title}\n${meta.question}\n${meta.summary}`,
        scenarios: scenarios.map((scenario) => ({ id: scenario.id, title: scenario.title, task: scenario.task, kind: scenario.kind })),
      },
    ]),
  );
  return new Response(JSON.stringify(Object.fromEntries(entries)), { headers: { 'content-type': 'application/json' } });
};
