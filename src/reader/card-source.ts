import { chapterOf } from './card-chapter.ts';
import type { ChapterCards, ReviewCard } from './review-card.ts';
import { addressOf } from './site-place.ts';

const fetched = new Map<string, Promise<ChapterCards>>();

/** The cards of a chapter; a chapter that is no more has none. Rejects when the network fails; asking again tries again. */
export function cardsOf(chapter: string): Promise<ChapterCards> {
  const before = fetched.get(chapter);
  if (before) return before;
  const asking = fetch(addressOf(`/review/${encodeURIComponent(chapter)}.json`)).then(async (response): Promise<ChapterCards> => {
    if (response.ok) return (await response.json()) as ChapterCards;
    if (response.status === 404) return { title: '', cards: [] };
    throw new Error(`The answer was ${response.status}.`);
  });
  fetched.set(chapter, asking);
  asking.catch(() => fetched.delete(chapter));
  return asking;
}

/** One card with the title of its chapter; undefined for a card that is no more. */
export async function findCard(id: string): Promise<{ readonly title: string; readonly card: ReviewCard } | undefined> {
  const chapter = chapterOf(id);
  const { title, cards } = await cardsOf(chapter);
  const card = cards.find((each) => `${chapter}/${each.id}` === id);
  return card && { title, card };
}
