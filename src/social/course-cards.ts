import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { load } from 'js-yaml';
import { parts, type Chapter, type Part } from '../course/course.ts';
import { cardBody, type Card, type CardPicture, type CardStep } from './card.ts';
import { labPicture, playableLabs, type LabPicture } from './lab-picture.ts';

const root = path.resolve(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');

/** The styles that every card is drawn with. */
export const cardStyles = ['src/styles/tokens.css', 'src/social/card.css'].map(read).join('\n');

/** What a card needs of a written chapter. */
interface ChapterText {
  readonly slug: string;
  readonly title: string;
  readonly question: string;
  /** The first lab in it. */
  readonly lab: { readonly id: string; readonly scenario: string | undefined } | undefined;
}

function chapterTexts(): readonly ChapterText[] {
  return globSync('content/*/*/index.mdx', { cwd: root }).map((file) => {
    const mdx = read(file);
    const { title, question } = load(/^---\n([\s\S]*?)\n---/.exec(mdx)?.[1] ?? '') as { readonly title: string; readonly question: string };
    const attributes = /<Lab\b([^>]*)>/.exec(mdx)?.[1] ?? '';
    const id = /\bid="([^"]+)"/.exec(attributes)?.[1];
    const scenario = /\bscenario="([^"]+)"/.exec(attributes)?.[1];
    return { slug: path.basename(path.dirname(file)).replace(/^\d+-/, ''), title, question, lab: id === undefined ? undefined : { id, scenario } };
  });
}

const stepsTo = (part: Part | undefined, chapter?: Chapter): readonly CardStep[] =>
  parts.map((each) => ({
    chapters: each.chapters.length,
    isHere: each === part,
    ...(each === part && chapter && { here: each.chapters.indexOf(chapter) }),
  }));

function pictureOf({ lab, scenario, html, css, framesMs }: LabPicture): CardPicture {
  const shows = `the picture of the lab “${lab.meta.title}” at the end of “${scenario.title.replaceAll('`', '')}”`;
  // A bench answers at once: it has no time to play.
  return { html, css, shows, framesMs: lab.meta.mode === 'bench' ? [] : framesMs };
}

async function chapterCard(text: ChapterText): Promise<Card> {
  const part = parts.find(({ chapters }) => chapters.some(({ slug }) => slug === text.slug));
  const chapter = part?.chapters.find(({ slug }) => slug === text.slug);
  if (!part || !chapter) throw new Error(`content/: the chapter "${text.slug}" is not on the map, content/data/course.yaml`);
  const picture = text.lab && pictureOf(await labPicture(text.lab.id, text.lab.scenario));
  return {
    ...{ name: text.slug, kind: 'chapter', place: `Part ${part.number}, ${part.title}`, title: text.title, text: text.question },
    ...{ steps: stepsTo(part, chapter), ...(picture && { picture }) },
  };
}

const partCard = (part: Part, written: readonly ChapterText[]): Card => ({
  ...{ name: `parts/${part.slug}`, kind: 'part', place: `Part ${part.number} of ${parts.length}`, title: part.title, text: part.summary },
  ...{ steps: stepsTo(part), chapters: part.chapters.map(({ slug, title }) => ({ title, isWritten: written.some((text) => text.slug === slug) })) },
});

async function labCard(labId: string): Promise<Card> {
  const drawn = await labPicture(labId);
  const { meta } = drawn.lab;
  return { name: `labs/${labId}`, kind: 'lab', place: 'Lab', title: meta.title, text: meta.question, picture: pictureOf(drawn) };
}

/** The cards of the home page, of each written chapter, each part of the course and each lab. */
export async function courseCards(): Promise<readonly Card[]> {
  const home: Card = {
    name: 'home',
    kind: 'home',
    place: 'A course with labs in the page',
    title: 'Kubernetes you can run, rewind and break',
    text: 'Change an input, predict, step, rewind, break, repair, and see why. No account, no server.',
    steps: stepsTo(undefined),
    picture: pictureOf(await labPicture('packet-path', 'cluster-ip-far')),
  };
  const written = chapterTexts();
  const ofParts = parts.map((part) => partCard(part, written));
  return [home, ...(await Promise.all(written.map(chapterCard))), ...ofParts, ...(await Promise.all(playableLabs().map(labCard)))];
}

/** The document that a card is photographed from: it asks for nothing outside of itself. */
export const cardDocument = (card: Card): string =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><style>${cardStyles}\n${card.picture?.css ?? ''}</style><body>${cardBody(card)}</body></html>`;

/** A sum of all that decides how a card looks, but for the browser and its fonts: the first 16 digits of the SHA-256 of its document. */
export const cardKey = (card: Card): string => createHash('sha256').update(cardDocument(card)).digest('hex').slice(0, 16);
