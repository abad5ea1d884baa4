import { daysAfter, isDay, type Day } from './local-day.ts';
import { ignore, isCount, isFields, readEntries, type Fault } from './reading-values.ts';
import { renamed, renaming, underNewNames } from './renamed.ts';
import type { Thing } from './storage.ts';

/** Days until a card comes back: after the first time, and each time that it was known. */
export const intervalsDays = [1, 3, 7, 14, 30] as const;
const stepLast = intervalsDays.length - 1;

/** A card in the queue: the place of its interval, and the day it was last looked at. */
export interface Queued {
  readonly step: number;
  readonly on: Day;
}

/** The review queue by card: `<chapter>/card/<id>` for a summary card, `<chapter>/<id>` for a question of the quiz. */
export interface Queue {
  readonly cards: Readonly<Record<string, Queued>>;
}

/** Of two looks at one card the later counts; of two on one day the one that asks sooner. */
export const laterLook = (one: Queued, other: Queued): Queued => (other.on > one.on || (other.on === one.on && other.step < one.step) ? other : one);

/** Reads the queue of version 1. */
export function readQueue(value: unknown, fault: Fault = ignore, renames = renamed): Queue {
  if (!isFields(value)) return { cards: {} };
  const cards = readEntries(value.cards, 'cards', fault, (entry, where): Queued | null => {
    if (isFields(entry) && isCount(entry.step) && isDay(entry.on)) return { step: Math.min(entry.step, stepLast), on: entry.on };
    return fault(where, 'a step from 0 and a day such as 2026-11-21');
  });
  return { cards: underNewNames(cards, renaming(renames), laterLook) };
}

export const queueThing: Thing<Queue> = { key: 'kubestep:review', read: readQueue };

/** The day a card comes back. */
export function dueOn({ step, on }: Queued): Day {
  return daysAfter(on, intervalsDays[step] ?? 1);
}

/**
 * Whether a card is to be looked at. One that was looked at in the future is: the clock was wrong then, and its day may be years away. Tomorrow is not
 * taken for a wrong clock: whoever travels west has a midnight twice.
 */
export function isDue(card: Queued, today: Day): boolean {
  return dueOn(card) <= today || card.on > daysAfter(today, 1);
}

/** A card after it was looked at: known in its time it comes back later, known before its time it stays as it is, missed it comes back tomorrow. */
export function afterLook(card: Queued | undefined, knew: boolean, today: Day): Queued {
  if (card === undefined || !knew) return { step: 0, on: today };
  return isDue(card, today) ? { step: Math.min(card.step + 1, stepLast), on: today } : card;
}

/** The queue after a card was looked at. */
export function withLook(queue: Queue, id: string, knew: boolean, today: Day): Queue {
  const before = queue.cards[id];
  const after = afterLook(before, knew, today);
  return after.step === before?.step && after.on === before.on ? queue : { cards: { ...queue.cards, [id]: after } };
}

/** The queue with cards that the reader has met: they come back tomorrow. Those that are in it stay as they are. */
export function withMet(queue: Queue, ids: readonly string[], today: Day): Queue {
  const fresh = ids.filter((id) => !(id in queue.cards));
  return fresh.length === 0 ? queue : { cards: { ...queue.cards, ...Object.fromEntries(fresh.map((id) => [id, { step: 0, on: today }])) } };
}

/** The queue with a card put back as it was before a look, or taken out. */
export function withCard({ cards }: Queue, id: string, card: Queued | undefined): Queue {
  const others = Object.fromEntries(Object.entries(cards).filter(([each]) => each !== id));
  return { cards: card ? { ...others, [id]: card } : others };
}

/** The day on which the next card comes back, and how many then; undefined when nothing waits. */
export function nextDue(queue: Queue, today: Day): { readonly day: Day; readonly count: number } | undefined {
  const days = Object.values(queue.cards)
    .filter((card) => !isDue(card, today))
    .map(dueOn)
    .sort();
  const [day] = days;
  return day === undefined ? undefined : { day, count: days.filter((each) => each === day).length };
}

/** Ids of the cards that are due, longest overdue first. */
export function dueIds(queue: Queue, today: Day): readonly string[] {
  return Object.entries(queue.cards)
    .filter(([, card]) => isDue(card, today))
    .sort(([oneId, one], [otherId, other]) => dueOn(one).localeCompare(dueOn(other)) || oneId.localeCompare(otherId))
    .map(([id]) => id);
}
