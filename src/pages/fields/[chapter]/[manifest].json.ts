import type { APIRoute, GetStaticPaths } from 'astro';
import { chapterManifests } from '../../../components/chapter/field-help/chapter-manifests.ts';
import { fieldCards } from '../../../components/chapter/field-help/cards.ts';

export const getStaticPaths = (() => chapterManifests().map(({ chapter, name }) => ({ params: { chapter, manifest: name } }))) satisfies GetStaticPaths;

/** What the cards of a manifest show, in the order of its keys: 1 to 3 kB, fetched when somebody asks what a field is. */
export const GET: APIRoute = async ({ params }) => {
  const found = chapterManifests().find(({ chapter, name }) => chapter === params.chapter && name === params.manifest);
  return new Response(JSON.stringify(found === undefined ? [] : await fieldCards(found.text)));
};
