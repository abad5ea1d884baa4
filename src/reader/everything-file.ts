import { readRecent, withQueries } from '../search/recent.ts';
import { readAnswers } from './answers.ts';
import { readBookmarks } from './bookmarks.ts';
import { readDrafts } from './drafts.ts';
import type { Everything } from './everything.ts';
import { nothing } from './keep-everything.ts';
import { readProgress } from './progress.ts';
import { readQueue, type Queued } from './queue.ts';
import { isFields, type Fault } from './reading-values.ts';
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
export function readFile(text: string): ReadFile {
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
    progress: readProgress(part('progress'), tell('progress')),
    answers: readAnswers(part('answers'), tell('answers')),
    review: readQueue(part('review'), tell('review')),
    bookmarks: readBookmarks(part('bookmarks'), tell('bookmarks')),
    drafts: readDrafts(part('drafts'), tell('drafts')),
    // Files from before there were queries in them have none: nothing is left out then.
    searches: readRecent(part('searches'), tell('searches')),
    settings: readSettings(part('settings'), tell('')),
  };
  return { ok: true, all, faults };
}

type Entries<Entry> = Readonly<Record<string, Entry>>;

/** Both records; for a key that both have, `choose` decides. */
function joined<Entry>(here: Entries<Entry>, there: Entries<Entry>, choose: (here: Entry, there: Entry) => Entry): Entries<Entry> {
  const fromThere = Object.entries(there).map(([key, entry]): readonly [string, Entry] => {
    const own = here[key];
    return [key, own === undefined ? entry : choose(own, entry)];
  });
  return { ...here, ...Object.fromEntries(fromThere) };
}

const later = <Entry extends { readonly at: number }>(here: Entry, there: Entry): Entry => (there.at > here.at ? there : here);

/** The later look counts; of two on one day the one that asks sooner. */
const sooner = (here: Queued, there: Queued): Queued => (there.on > here.on || (there.on === here.on && there.step < here.step) ? there : here);

/** What is here and what a file brings: nothing is lost, and of two entries for one thing the later holds. Drafts and settings of here stay. */
export function merge(here: Everything, there: Everything): Everything {
  const { last } = here.progress;
  const newest = last && there.progress.last ? later(last, there.progress.last) : (last ?? there.progress.last);
  return {
    progress: {
      read: joined(here.progress.read, there.progress.read, (one, other) => [...new Set([...one, ...other])]),
      labs: joined(here.progress.labs, there.progress.labs, (one, other) => (one === 'solved' ? one : other)),
      ...(newest && { last: newest }),
    },
    answers: { answers: joined(here.answers.answers, there.answers.answers, later) },
    review: { cards: joined(here.review.cards, there.review.cards, sooner) },
    bookmarks: { places: joined(here.bookmarks.places, there.bookmarks.places, later) },
    drafts: { drafts: joined(here.drafts.drafts, there.drafts.drafts, (own) => own) },
    searches: { queries: withQueries(here.searches.queries, there.searches.queries) },
    settings: { ...there.settings, ...here.settings },
  };
}
