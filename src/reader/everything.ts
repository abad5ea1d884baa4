import { recentThing, type Recent } from '../search/recent.ts';
import { answersThing, type Answers } from './answers.ts';
import { bookmarksThing, type Bookmarks } from './bookmarks.ts';
import { loadDrafts, type Drafts } from './drafts.ts';
import { progressThing, type Progress } from './progress.ts';
import { queueThing, type Queue } from './queue.ts';
import { loadSettings, type Settings } from './settings.ts';
import { load } from './storage.ts';

/** All that the site remembers of a reader. */
export interface Everything {
  readonly progress: Progress;
  readonly answers: Answers;
  readonly review: Queue;
  readonly bookmarks: Bookmarks;
  readonly drafts: Drafts;
  readonly searches: Recent;
  readonly settings: Settings;
}

/** All that is kept now. */
export function loadEverything(): Everything {
  return {
    progress: load(progressThing),
    answers: load(answersThing),
    review: load(queueThing),
    bookmarks: load(bookmarksThing),
    drafts: loadDrafts(),
    searches: load(recentThing),
    settings: loadSettings(),
  };
}

/** How many of each there are, in words; empty when there is nothing. */
export function countsOf({ progress, answers, review, bookmarks, drafts, searches, settings }: Everything): Readonly<Record<keyof Everything, string>> {
  const count = (number: number, one: string, many = `${one}s`): string => (number === 0 ? '' : `${number} ${number === 1 ? one : many}`);
  const size = (record: object): number => Object.keys(record).length;
  const sections = Object.values(progress.read).reduce((sum, ids) => sum + ids.length, 0);
  return {
    progress:
      [count(sections, 'section'), count(size(progress.labs), 'lab scenario')].filter((each) => each !== '').join(', ') || (progress.last ? 'your place' : ''),
    answers: count(size(answers.answers), 'answer'),
    review: count(size(review.cards), 'card'),
    bookmarks: count(size(bookmarks.places), 'bookmark'),
    drafts: count(size(drafts.drafts), 'draft'),
    searches: count(searches.queries.length, 'query', 'queries'),
    settings: count(size(settings), 'setting'),
  };
}
