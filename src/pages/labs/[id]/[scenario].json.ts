import type { APIRoute, GetStaticPaths } from 'astro';
import { labIds, pageScenario, scenariosOf } from '../../../lab-player/build.ts';

/** The data of each scenario, for the chooser on a lab's page: what `<Lab>` writes into a page for its own scenario. */
export const getStaticPaths = (() =>
  labIds.flatMap((id) => scenariosOf(id).map((scenario) => ({ params: { id, scenario: scenario.id } })))) satisfies GetStaticPaths;

export const GET: APIRoute = ({ params }) =>
  new Response(JSON.stringify(pageScenario(params.id ?? '', params.scenario ?? '')), { headers: { 'content-type': 'application/json' } });
