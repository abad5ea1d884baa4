import { getCollection } from 'astro:content';
import { labFiles } from '../components/chapter/lab-files.ts';
import { answered, readQuiz } from '../components/chapter/quiz/quiz.ts';
import { parts, type Part } from '../course/course.ts';
import { questionCard, summaryCards } from './chapter-cards.ts';
import type { ChapterCards } from './review-card.ts';

const quizzes = import.meta.glob<string>('/content/*/*/quiz.yaml', { query: '?raw', import: 'default', eager: true });

function quizOf(slug: string): string | undefined {
  return Object.entries(quizzes).find(([path]) => path.split('/').at(-2)?.replace(/^\d+-/, '') === slug)?.[1];
}

async function makeCards(): Promise<ReadonlyMap<string, ChapterCards>> {
  const made = new Map<string, ChapterCards>();
  for (const { id, data, body = '' } of await getCollection('chapters')) {
    const quiz = quizOf(id);
    try {
      const questions = quiz === undefined ? [] : readQuiz(quiz).map((entry) => questionCard(answered(entry, labFiles)));
      made.set(id, { title: data.title, cards: [...summaryCards(body, import.meta.env.BASE_URL), ...questions] });
    } catch (error) {
      throw new Error(`content/: the chapter "${id}": ${error instanceof Error ? error.message : String(error)}`, { cause: error });
    }
  }
  return made;
}

let making: Promise<ReadonlyMap<string, ChapterCards>> | undefined;

/** The review cards of all written chapters, by slug: the summary cards of the text, then the questions of the quiz. */
export function allCards(): Promise<ReadonlyMap<string, ChapterCards>> {
  // In development chapters change while the server runs.
  if (import.meta.env.DEV) return makeCards();
  making ??= makeCards();
  return making;
}

/** The parts that have cards, with the chapters that do, in reading order. */
export async function partsWithCards(): Promise<readonly { readonly part: Part; readonly chapters: readonly ({ readonly slug: string } & ChapterCards)[] }[]> {
  const cards = await allCards();
  return parts.flatMap((part) => {
    const chapters = part.chapters.flatMap(({ slug }) => {
      const found = cards.get(slug);
      return found && found.cards.length > 0 ? [{ slug, ...found }] : [];
    });
    return chapters.length > 0 ? [{ part, chapters }] : [];
  });
}
