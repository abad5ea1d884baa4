import { parts } from '../course/course.ts';
import { commandName } from './command-name.ts';
import type { Reference } from './reference.ts';
import { errorTitle, plainText } from './short-text.ts';
import type { SitePage } from './site-pages.ts';

/** What the search finds besides pages: an address of its own, what it is called, where it stands, and the words that it is found by. */
export interface SearchRecord {
  readonly path: string;
  readonly kind: string;
  readonly title: string;
  readonly place: string;
  readonly summary: string;
  readonly content: string;
}

// The indexer takes one entry for an address and wants none that is a page's; `#main` is where the text of each page begins.
const startOf = (path: string): string => `${path}#main`;
/** Texts as sentences, one after the other. */
const joined = (...texts: readonly string[]): string =>
  plainText(
    texts
      .filter((text) => text !== '')
      .map((text) => (/[.!?]$/.test(text) ? text : `${text}.`))
      .join(' '),
  );

/** The records of the four lists, each entry one. */
export function referenceRecords({ terms, commands, errors, beliefs }: Reference): readonly SearchRecord[] {
  const partTitle = (slug: string): string => parts.find((part) => part.slug === slug)?.title ?? '';
  return [
    ...terms.map(({ id, term, also, is, taught }) => ({
      path: startOf(`/glossary/${id}/`),
      kind: 'Term',
      title: term,
      place: taught.chapter.title,
      summary: plainText(is),
      content: joined(term, also.join(', '), is),
    })),
    ...commands.map((command) => ({
      path: startOf(`/commands/${command.id}/`),
      kind: 'Command',
      title: commandName(command),
      place: command.tool,
      summary: plainText(command.does),
      content: joined(command.line, command.also.join(', '), command.does, command.when),
    })),
    ...errors.map(({ id, text, example, by, means, also }) => ({
      path: startOf(`/errors/${id}/`),
      kind: 'Error',
      title: errorTitle(text),
      place: by,
      summary: plainText(means),
      content: joined(example ?? text, also.join(', '), means),
    })),
    ...beliefs.map(({ id, said, true: truth, taught }) => ({
      path: `/often-said/${taught.chapter.part.slug}/#${id}`,
      kind: 'Often said',
      title: plainText(said),
      place: partTitle(taught.chapter.part.slug),
      summary: plainText(truth),
      content: joined(said, truth),
    })),
  ];
}

/** The records of the site's own pages, but of those whose text is searched. */
export const siteRecords = (pages: readonly SitePage[]): readonly SearchRecord[] =>
  pages
    .filter(({ isSearched = false }) => !isSearched)
    .map(({ path, title, is, also }) => ({ path: startOf(path), kind: 'Page', title, place: '', summary: is, content: joined(title, also.join(', '), is) }));
