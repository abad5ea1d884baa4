import { getCollection } from 'astro:content';
import { parts } from '../course/course.ts';
import { labs } from '../labs.ts';
import { writtenChapters } from '../course/written.ts';
import { commandList, tools, type Command } from './commands.ts';
import { errorMessages, type ErrorMessage } from './error-messages.ts';
import { glossary, type Term } from './glossary.ts';
import { byName } from './groups.ts';
import { beliefs, type Belief } from './often-said.ts';
import { chapterLink, labLink, type ChapterLink, type KnownChapter, type LabLink, type Places } from './places.ts';
import { termsIn } from './terms-in.ts';

/** An entry with what its places lead to. */
export type Placed<Entry> = Entry & { readonly taught: ChapterLink; readonly shown: LabLink | undefined };

/** All lists with their links, checked. Empty lists have no pages that lead to them. */
export interface Reference {
  /** Alphabetical. */
  readonly terms: readonly Placed<Term>[];
  /** By tool, then in the order of the course. */
  readonly commands: readonly Placed<Command>[];
  /** In the order of the course. */
  readonly errors: readonly Placed<ErrorMessage>[];
  /** In the order of the course. */
  readonly beliefs: readonly Placed<Belief>[];
  /** The written chapters that use a term in their text, by the term's id. */
  readonly usedIn: ReadonlyMap<string, readonly KnownChapter[]>;
}

async function readPlaces(): Promise<Places> {
  const written = await writtenChapters();
  const chapters = parts.flatMap((part) =>
    part.chapters.map(({ slug, title }): KnownChapter => {
      const text = written.find((each) => each.chapter.slug === slug);
      return { slug, title: text?.data.title ?? title, part, sections: text?.sections ?? [], anchors: text?.anchors };
    }),
  );
  return { chapters, labs: labs.map(({ id, meta, scenarios }) => ({ id, title: meta.title, scenarios })) };
}

function place<Entry extends { readonly id: string; readonly chapter: string; readonly lab?: string | undefined }>(
  entries: readonly Entry[],
  file: string,
  places: Places,
): readonly Placed<Entry>[] {
  return entries.map((entry) => {
    const where = `content/data/${file}: "${entry.id}"`;
    return {
      ...entry,
      taught: chapterLink(entry.chapter, places, where),
      shown: entry.lab === undefined ? undefined : labLink(entry.lab, places, where),
    };
  });
}

async function readReference(): Promise<Reference> {
  const places = await readPlaces();
  /** In the order of the course, within a chapter in the order of the file. */
  const inOrder = <Entry extends { readonly taught: ChapterLink }>(entries: readonly Entry[]): readonly Entry[] =>
    entries.toSorted((a, b) => places.chapters.indexOf(a.taught.chapter) - places.chapters.indexOf(b.taught.chapter));
  const usedIn = new Map<string, KnownChapter[]>();
  for (const { id: slug, body = '' } of await getCollection('chapters')) {
    const chapter = places.chapters.find((each) => each.slug === slug);
    if (chapter) for (const id of termsIn(body)) usedIn.set(id, [...(usedIn.get(id) ?? []), chapter]);
  }
  return {
    terms: byName(place<Term>(glossary(), 'glossary.yaml', places), ({ term }) => term),
    commands: inOrder(place<Command>(commandList(), 'commands.yaml', places)).toSorted((a, b) => tools.indexOf(a.tool) - tools.indexOf(b.tool)),
    errors: inOrder(place<ErrorMessage>(errorMessages(), 'error-messages.yaml', places)),
    beliefs: inOrder(place<Belief>(beliefs(), 'often-said.yaml', places)),
    usedIn,
  };
}

let reading: Promise<Reference> | undefined;

/** The glossary, the commands, the error messages and the beliefs. Throws when an entry names what is not there. */
export function reference(): Promise<Reference> {
  // In development the lists change while the server runs.
  if (import.meta.env.DEV) return readReference();
  reading ??= readReference();
  return reading;
}
