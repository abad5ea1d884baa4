import type { Given } from './quiz-judge.ts';

const KEY = 'kubestep:quiz';

/** An answer that this browser remembers. */
export interface KeptAnswer {
  readonly given: Given;
  readonly right: boolean;
}

const isGiven = (value: unknown): value is Given => typeof value === 'string' || (Array.isArray(value) && value.every((each) => Number.isInteger(each)));

/** Reads what is kept and drops what is not of the expected shape: storage may have been edited, or come from another version. */
export function parseAnswers(text: string | null): Record<string, KeptAnswer> {
  try {
    const value = JSON.parse(text ?? '') as Readonly<Record<string, Partial<KeptAnswer> | null>>;
    return Object.fromEntries(
      Object.entries(value).flatMap(([id, answer]) => (answer && isGiven(answer.given) ? [[id, { given: answer.given, right: answer.right === true }]] : [])),
    );
  } catch {
    return {};
  }
}

export function keptAnswers(): Record<string, KeptAnswer> {
  try {
    return parseAnswers(localStorage.getItem(KEY));
  } catch {
    return {}; // Storage is refused, as in some private windows.
  }
}

/** Keeps an answer, or forgets it. */
export function keepAnswer(id: string, answer: KeptAnswer | undefined): void {
  const others = Object.entries(keptAnswers()).filter(([each]) => each !== id);
  try {
    localStorage.setItem(KEY, JSON.stringify(Object.fromEntries(answer ? [...others, [id, answer]] : others)));
  } catch {
    // Not remembered; the answer on the page stays.
  }
}
