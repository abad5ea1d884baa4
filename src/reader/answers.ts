import { later } from './joined.ts';
import { ignore, isCount, isFields, readEntries, type Fault } from './reading-values.ts';
import { renamed, renaming, underNewNames } from './renamed.ts';
import type { Thing } from './storage.ts';

/** What a reader gave as an answer: places of the chosen options (from 0; for `order` in the order chosen) or a typed text. */
export type Given = readonly number[] | string;

/** An answer that this browser remembers. `at` is in ms since 1970; 0 when it is not known. */
export interface KeptAnswer {
  readonly given: Given;
  readonly right: boolean;
  readonly at: number;
  /** What a lab said to a typed answer. */
  readonly why?: string;
  /** Of which options these are the places: their fingerprint. Answers of before there was one have none. */
  readonly of?: string;
}

/** Answers by question: `<chapter>/<id>`. */
export interface Answers {
  readonly answers: Readonly<Record<string, KeptAnswer>>;
}

const isGiven = (value: unknown): value is Given =>
  typeof value === 'string' ? value.length <= 2_000 : Array.isArray(value) && value.length <= 50 && value.every(isCount);

/** Reads answers of version 1, and what was kept before there were versions: the answers themselves. */
export function readAnswers(value: unknown, fault: Fault = ignore, renames = renamed): Answers {
  if (!isFields(value)) return { answers: {} };
  const answers = readEntries('v' in value ? value.answers : value, 'answers', fault, (answer, where): KeptAnswer | null => {
    const { given, right, at = 0, why, of } = isFields(answer) ? answer : {};
    const said = typeof why === 'string' && why.length <= 2_000 ? { why } : {};
    const among = typeof of === 'string' && of.length <= 50 ? { of } : {};
    if (isGiven(given) && isCount(at)) return { given, right: right === true, at, ...said, ...among };
    return fault(where, 'a given answer (a text, or places of options), whether it was right, and a time');
  });
  return { answers: underNewNames(answers, renaming(renames), later) };
}

export const answersThing: Thing<Answers> = { key: 'kubestep:quiz', read: readAnswers };

/** The same answers with one more, or without it. */
export function withAnswer({ answers }: Answers, id: string, answer: KeptAnswer | undefined): Answers {
  const others = Object.fromEntries(Object.entries(answers).filter(([each]) => each !== id));
  return { answers: answer ? { ...others, [id]: answer } : others };
}
