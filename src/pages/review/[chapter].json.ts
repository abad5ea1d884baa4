import type { APIRoute, GetStaticPaths } from 'astro';
import { allCards } from '../../reader/all-cards.ts';

/** The review cards of each chapter, fetched when a card of it comes up. */
export const getStaticPaths = (async () => [...(await allCards()).keys()].map((chapter) => ({ params: { chapter } }))) satisfies GetStaticPaths;

export const GET: APIRoute = async ({ params }) =>
  new Response(JSON.stringify((await allCards()).get(params.chapter ?? '')), { headers: { 'content-type': 'application/json' } });
