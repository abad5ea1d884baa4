import { courseVersion } from '../course/version.ts';
import { longDate } from '../course/changes.ts';
import { chapters, parts, type Part } from '../course/course.ts';
import { attributeOf, findAll, findFirst, plainLine, type PageElement, type PageNode } from '../markdown-twin/tree.ts';
import type { Book, BookDocument, Place } from './book.ts';
import { element } from './elements.ts';
import { scenarioLinked } from './challenge.ts';
import { shownScenario, type ScenarioFile } from './lab-figure.ts';
import type { PlayableLab } from './labs.ts';
import { readChapter, type ChapterSources } from './read-chapter.ts';
import { readGlossary, readOftenSaid } from './read-reference.ts';
import { textChanged, type SiteFolder } from './site.ts';

/** The picture of a lab: its chapter, its place among the labs of the chapter from 0, and its player in the page. */
export type PictureOf = (slug: string, index: number, player: PageElement) => readonly PageNode[];

/** What a book is made of. */
interface BookSources {
  readonly site: SiteFolder;
  readonly pictureOf: PictureOf;
  /** All labs of the site by id: the solutions of challenges are played. */
  readonly labs: ReadonlyMap<string, PlayableLab>;
  /** Address of the site, if somebody has said it. */
  readonly address: string | undefined;
}

/** The slugs of the chapters that the site holds, in course order. */
export const writtenSlugs = (site: SiteFolder): readonly string[] => chapters.flatMap(({ slug }) => (site.has(`${slug}/`) ? [slug] : []));

const list = (items: readonly PageNode[]): PageElement =>
  element(
    'ul',
    items.map((item) => element('li', [item])),
  );

function titlePage(site: SiteFolder, facts: Pick<Book, 'checked' | 'changed' | 'description'>, address: string | undefined): BookDocument {
  const written = writtenSlugs(site).length;
  const lines: PageNode[] = [element('p', [`${facts.checked}.`]), element('p', [`Text of ${longDate(facts.changed.slice(0, 10))}.`])];
  if (written < chapters.length) lines.push(element('p', [`With the ${written} of ${chapters.length} chapters that are written.`]));
  if (address !== undefined) lines.push(element('p', ['The course with its running labs: ', element('a', [address], { href: address })]));
  const body = [element('h1', ['Kubestep']), element('p.lead', [facts.description]), element('div.imprint', lines)];
  return { name: 'title-page', kind: 'titlepage', title: 'Kubestep', level: 1, body };
}

function preface(): BookDocument {
  const body = [
    element('h1', ['How to read this book']),
    element('p', ['This is the course as a book: the same text, from the same source, in course order.']),
    list([
      'Labs stand here as figures. Each asks its question first, then shows the picture in which the run ends if nobody changes anything, and says it in words and tables. In the course you can run them, stop and rewind them, and break what they show.',
      'What a terminal prints was produced by a lab or recorded on a real cluster; it was never typed by hand.',
      'Questions stand near the end of a chapter, their answers at its very end, with a reason for every option. So do challenges: what each begins with, then its hints, and every solution as the lab played it.',
      `The glossary and “Often said” follow the chapters. Everything is true for Kubernetes ${courseVersion}.`,
    ]),
  ];
  return { name: 'how-to-read', kind: 'preface', title: 'How to read this book', level: 1, body };
}

function partPage(part: Part, written: ReadonlySet<string>, base: string): BookDocument {
  const here = part.chapters.filter(({ slug }) => written.has(slug));
  const missing = part.chapters.filter(({ slug }) => !written.has(slug));
  const title = `Part ${part.number}: ${part.title}`;
  const linked = here.map(({ slug, title: name, summary }) =>
    element('li', [element('a', [name], { href: `${base}${slug}/` }), element('span.summary', [` ${summary}`])]),
  );
  const body = [
    element('p.part-number', [`Part ${part.number}`]),
    element('h1', [part.title]),
    element('p.lead', [part.summary]),
    element('ul.part-chapters', linked),
    ...(missing.length > 0 ? [element('p.way', [`Not written yet: ${missing.map(({ title: name }) => name).join(', ')}.`])] : []),
  ];
  return { name: `part-${part.slug}`, kind: 'part', title, level: 1, body };
}

const scenarioOf = (site: SiteFolder, lab: string, scenario: string): ScenarioFile => JSON.parse(site.text(`labs/${lab}/${scenario}.json`)) as ScenarioFile;

function shownBy(site: SiteFolder, player: PageElement): ReturnType<ChapterSources['shownBy']> {
  const { path, lab, scenario } = shownScenario(player);
  return { path, lab, scenario: scenarioOf(site, lab, scenario) };
}

/** The ids of the labs that the site holds. */
export function labIds(site: SiteFolder): readonly string[] {
  const links = findAll(findFirst(site.read('labs/'), 'main')?.children ?? [], 'a');
  return [...new Set(links.flatMap((link) => /\/labs\/([^/#]+)\//.exec(attributeOf(link, 'href') ?? '')?.[1] ?? []))];
}

const labNames = (site: SiteFolder): ReadonlyMap<string, string> =>
  new Map(labIds(site).map((id) => [id, plainLine(findFirst(findFirst(site.read(`labs/${id}/`), 'main')?.children ?? [], 'h1'))]));

function chapterDocuments({ site, pictureOf, labs }: BookSources, places: Map<string, Place>): ReadonlyMap<string, BookDocument> {
  const found = new Map<string, BookDocument>();
  const playable = (id: string): PlayableLab => {
    const lab = labs.get(id);
    if (lab === undefined) throw new Error(`The lab ${id} is used in a chapter and not listed at /labs/.`);
    return lab;
  };
  for (const slug of writtenSlugs(site)) {
    const take = (path: string, anchor: string): boolean => {
      if (places.has(path)) return false;
      places.set(path, { document: slug, anchor });
      return true;
    };
    const document = readChapter(slug, site.read(`${slug}/`), {
      pictureOf: (player, index) => pictureOf(slug, index, player),
      shownBy: (player) => shownBy(site, player),
      scenarioOf: (lab, scenario) => scenarioOf(site, lab, scenario),
      playable,
      take,
    });
    found.set(slug, document);
    places.set(`${slug}/`, { document: slug });
  }
  return found;
}

/** The titles of all scenarios that the book links. */
function scenarioNames(site: SiteFolder, documents: readonly BookDocument[]): Book['scenarioNames'] {
  const links = documents.flatMap(({ body }) => findAll(body, 'a').flatMap((link) => scenarioLinked(link) ?? []));
  return new Map(links.map(({ path, lab, scenario }) => [path, scenarioOf(site, lab, scenario).title]));
}

/** Gathers the book from a built site: title, parts, chapters in course order, glossary, and what is often said about the parts that are there. */
export function makeBook(sources: BookSources): Book {
  const { site, address } = sources;
  const places = new Map<string, Place>();
  const written = chapterDocuments(sources, places);
  const partsThere = parts.filter((part) => part.chapters.some(({ slug }) => written.has(slug)));
  const inParts = partsThere.flatMap((part) => [
    partPage(part, new Set(written.keys()), site.base),
    ...part.chapters.flatMap(({ slug }) => written.get(slug) ?? []).map((chapter) => ({ ...chapter, part: part.title })),
  ]);
  for (const part of partsThere) places.set(`parts/${part.slug}/`, { document: `part-${part.slug}` });
  const glossary = readGlossary(site.read, site.base);
  const said = readOftenSaid(site.read, partsThere);
  for (const [path, place] of [...glossary.places, ...said.places]) places.set(path, place);
  const facts = {
    checked: plainLine(findFirst(findAll(site.read(''), 'footer').at(-1)?.children ?? [], 'span')),
    changed: textChanged(),
    description: 'A Kubernetes course: its chapters with every lab as a figure, questions with answers, a glossary, and what is often said.',
  };
  const documents = [titlePage(site, facts, address), preface(), ...inParts, glossary.document, said.document];
  return { title: 'Kubestep', ...facts, documents, places, labNames: labNames(site), scenarioNames: scenarioNames(site, documents) };
}
