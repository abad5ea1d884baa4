import { chapterOf } from './card-chapter.ts';
import { cardsOf, findCard } from './card-source.ts';
import { dayOf, type Day } from './local-day.ts';
import { dueIds, dueOn, queueThing, withCard, withLook, type Queued } from './queue.ts';
import { afterCard, startRound, withoutCard, type Round } from './review-round.ts';
import { cardsWords, dayWords } from './review-words.ts';
import { makeDesk } from './review-desk.ts';
import { change, load } from './storage.ts';

/** What the page around the cards paints. */
export interface ReviewPage {
  readonly paintCounts: () => void;
  readonly paintRest: (said: string) => void;
}

/** A look that can be taken back. */
interface Look {
  readonly round: Round;
  readonly id: string;
  readonly before: Queued | undefined;
}

const desk = document.querySelector<HTMLElement>('[data-review]');
const summary = document.querySelector<HTMLElement>('[data-summary]');
const begin = document.querySelector<HTMLElement>('[data-begin]');
let page: ReviewPage | undefined;
let round: Round = startRound([]);
let looks: readonly Look[] = [];
let said = '';

const today = (): Day => dayOf(new Date());

/** Clears the desk; the page says what is due. */
function rest(words: string): void {
  round = startRound([]);
  looks = [];
  said = '';
  desk?.querySelector('.flashcard')?.remove();
  page?.paintCounts();
  page?.paintRest(words);
  (begin?.hidden === false ? begin : summary)?.focus();
}

function start(ids: readonly string[]): void {
  round = startRound(ids);
  looks = [];
  said = '';
  void showCard();
}

function judge(id: string, knew: boolean): void {
  // A second press while the next card is on its way is not about that card.
  if (id !== round.waiting[0]) return;
  looks = [...looks, { round, id, before: load(queueThing).cards[id] }];
  const after = change(queueThing, (queue) => withLook(queue, id, knew, today())).cards[id];
  said = knew ? `Knew it${after ? `, again ${dayWords(dueOn(after), today())}` : ''}. ` : 'Not yet, again in this round and tomorrow. ';
  round = afterCard(round, knew);
  page?.paintCounts();
  void showCard();
}

function undo(): void {
  const last = looks.at(-1);
  if (!last) return;
  looks = looks.slice(0, -1);
  change(queueThing, (queue) => withCard(queue, last.id, last.before));
  round = last.round;
  said = 'Taken back. ';
  page?.paintCounts();
  void showCard();
}

/** The chapter has no such card any more: it leaves the queue. */
function drop(id: string): void {
  change(queueThing, (queue) => withCard(queue, id, undefined));
  round = withoutCard(round, id);
  page?.paintCounts();
  void showCard();
}

async function showCard(): Promise<void> {
  const shown = round;
  const [id, next] = shown.waiting;
  if (id === undefined) {
    rest(looks.length > 0 ? `Done: ${cardsWords(shown.total)}. ` : '');
    return;
  }
  let found: Awaited<ReturnType<typeof findCard>>;
  try {
    found = await findCard(id);
  } catch {
    rest('The card could not be fetched; nothing is lost. ');
    return;
  }
  // Somebody was faster: another card is on its way.
  if (round !== shown) return;
  if (!found) {
    drop(id);
    return;
  }
  const place = `Card ${shown.total - shown.waiting.length + 1} of ${shown.total}`;
  const stop = (): void => {
    rest('');
  };
  const judgeThis = (knew: boolean): void => {
    judge(id, knew);
  };
  const made = makeDesk({ id, ...found, canUndo: looks.length > 0 }, { judge: judgeThis, undo, stop });
  desk?.querySelector('.flashcard')?.remove();
  if (begin) begin.hidden = true;
  desk?.append(made.desk);
  if (summary) summary.textContent = `${said}${place}.`;
  said = '';
  made.focus();
  // The next card is there before it is asked for.
  if (next !== undefined) findCard(next).catch(() => undefined);
}

/** A round over the cards that are due: all of them, or those of one chapter. */
export function startDue(on: ReviewPage, chapter?: string): void {
  page = on;
  start(dueIds(load(queueThing), today()).filter((id) => chapter === undefined || chapterOf(id) === chapter));
}

/** A round over all cards of these chapters, due or not. */
export async function startAll(on: ReviewPage, chapters: readonly string[]): Promise<void> {
  page = on;
  try {
    const all = await Promise.all(chapters.map(async (chapter) => (await cardsOf(chapter)).cards.map(({ id }) => `${chapter}/${id}`)));
    start(all.flat());
  } catch {
    rest('The cards could not be fetched. ');
  }
}
