import { readRecent, withQueries } from '../search/recent.ts';
import { readAnswers } from './answers.ts';
import { readBookmarks } from './bookmarks.ts';
import { readDrafts } from './drafts.ts';
import type { Everything } from './everything.ts';
import { joined, later, own } from './joined.ts';
import { nothing } from './keep-everything.ts';
import { allSections, furtherState, readProgress } from './progress.ts';
import { laterLook, readQueue } from './queue.ts';
import { isFields, type Fault } from './reading-values.ts';
import { renamed } from './renamed.ts';
import { readSettings } from './settings.ts';
import { version } from './storage.ts';

/** A larger file is not one of ours: browsers allow about 5 million characters for a site. */
export const fileLengthMax = 12_000_000;

/** Everything as the text of one file. `madeAt` is written for people, in ISO 8601. */
export function writeFile(all: Everything, madeAt: string): string {
  const { progress, answers, review, bookmarks, drafts, searches, settings } = all;
  const versioned = (value: object): object => ({ v: version, ...value });
  const parts = {
    progress: versioned(progress),
    answers: versioned(answers),
    review: versioned(review),
    bookmarks: versioned(bookmarks),
    drafts,
    searches: versioned(searches),
    settings,
  };
  return `${JSON.stringify({ kubestep: version, madeAt, ...parts }, undefined, 1)}\n`;
}

/** A file that was read: what it holds, and a sentence for each field that was left out. */
export type ReadFile = { readonly ok: true; readonly all: Everything; readonly faults: readonly string[] } | { readonly ok: false; readonly because: string };

const topLevel: readonly string[] = ['kubestep', 'madeAt', ...Object.keys(nothing)];

/** Reads the text of a file field by field. What is wrong is left out and told; only a file that is not ours at all is refused. */
export function readFile(text: string, renames = renamed): ReadFile {
  if (text.length > fileLengthMax) return { ok: false, because: 'The file is larger than anything this site writes.' };
  let file: unknown;
  try {
    file = JSON.parse(text);
  } catch {
    return { ok: false, because: 'The file is not JSON, or is cut off. Choose one that “Save as a file” made, here or in another browser.' };
  }
  if (!isFields(file) || !Number.isSafeInteger(file.kubestep))
    return { ok: false, because: 'The file was not made here: its field "kubestep" with a version number is missing.' };
  if (file.kubestep !== version)
    return { ok: false, because: `The file has version ${String(file.kubestep)}; this page reads version ${version}. Reload the site for its newest release.` };
  const fields = file;
  const faults: string[] = [];
  const tell =
    (part: string): Fault =>
    (where, expected) => {
      faults.push(`${part === '' ? where : `${part}.${where}`}: expected ${expected}; left out.`);
      return null;
    };
  for (const name of Object.keys(file)) if (!topLevel.includes(name)) faults.push(`${name.slice(0, 40)}: not a part of such a file; left out.`);
  const part = (name: string): unknown => {
    const value = fields[name];
    if (value === undefined || isFields(value)) return value;
    return tell('')(name, 'an object');
  };
  const all = {
    progress: readProgress(part('progress'), tell('progress'), renames),
    answers: readAnswers(part('answers'), tell('answers'), renames),
    review: readQueue(part('review'), tell('review'), renames),
    bookmarks: readBookmarks(part('bookmarks'), tell('bookmarks'), renames),
    drafts: readDrafts(part('drafts'), tell('drafts'), renames),
    // Files from before there were queries in them have none: nothing is left out then.
    searches: readRecent(part('searches'), tell('searches')),
    settings: readSettings(part('settings'), tell('')),
  };
  return { ok: true, all, faults };
}

/** What is here and what a file brings: nothing is lost, and of two entries for one thing the later holds. Drafts and settings of here stay. */
export function merge(here: Everything, there: Everything): Everything {
  const { last } = here.progress;
  const newest = last && there.progress.last ? later(last, there.progress.last) : (last ?? there.progress.last);
  return {
    progress: {
      read: joined(here.progress.read, Object.entries(there.progress.read), allSections),
      labs: joined(here.progress.labs, Object.entries(there.progress.labs), furtherState),
      ...(newest && { last: newest }),
    },
    answers: { answers: joined(here.answers.answers, Object.entries(there.answers.answers), later) },
    review: { cards: joined(here.review.cards, Object.entries(there.review.cards), laterLook) },
    bookmarks: { places: joined(here.bookmarks.places, Object.entries(there.bookmarks.places), later) },
    drafts: { drafts: joined(here.drafts.drafts, Object.entries(there.drafts.drafts), own) },
    searches: { queries: withQueries(here.searches.queries, there.searches.queries) },
    settings: { ...there.settings, ...here.settings },
  };
}
