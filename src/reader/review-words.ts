import { daysAfter, noonOf, type Day } from './local-day.ts';
import { nextDue, type Queue } from './queue.ts';

export const cardsWords = (count: number): string => `${count} ${count === 1 ? 'card' : 'cards'}`;

/** "tomorrow", "on Tuesday, November 24". */
export function dayWords(day: Day, today: Day): string {
  if (day <= daysAfter(today, 1)) return day === today ? 'today' : 'tomorrow';
  return `on ${noonOf(day).toLocaleDateString('en', { weekday: 'long', day: 'numeric', month: 'long' })}`;
}

/** What to say when nothing is due. */
export function comingWords(queue: Queue, today: Day): string {
  const next = nextDue(queue, today);
  if (next) return `Nothing is due. Next: ${cardsWords(next.count)} ${dayWords(next.day, today)}.`;
  return 'No cards yet. They come from the chapters you read: a summary you reach, a card you turn, a question you answer.';
}
