import { recentThing } from '../search/recent.ts';
import { answersThing } from './answers.ts';
import { bookmarksThing } from './bookmarks.ts';
import { keepDrafts } from './drafts.ts';
import type { Everything } from './everything.ts';
import { progressThing } from './progress.ts';
import { queueThing } from './queue.ts';
import { settingKey, settingNames, type Settings } from './settings.ts';
import { change, keepText } from './storage.ts';

/** Nothing remembered. */
export const nothing: Everything = {
  progress: { read: {}, labs: {} },
  answers: { answers: {} },
  review: { cards: {} },
  bookmarks: { places: {} },
  drafts: { drafts: {} },
  searches: { queries: [] },
  settings: {},
};

/** Keeps these settings and no others. */
function keepSettings(settings: Settings): void {
  for (const name of settingNames) keepText(settingKey(name), settings[name] ?? null);
}

/** Keeps this and nothing else. */
export function keepEverything(all: Everything): void {
  change(progressThing, () => all.progress);
  change(answersThing, () => all.answers);
  change(queueThing, () => all.review);
  change(bookmarksThing, () => all.bookmarks);
  keepDrafts(all.drafts);
  change(recentThing, () => all.searches);
  keepSettings(all.settings);
}
