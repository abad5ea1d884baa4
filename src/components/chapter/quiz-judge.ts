import type { Given } from '../../reader/answers.ts';

/** What the page knows about a question: enough to judge, nothing else, because every reader loads it. */
export interface Judged {
  readonly kind: string;
  readonly right: readonly boolean[];
  /** For `order`: the right place of each option, from 1. */
  readonly places: readonly number[];
  readonly accept: readonly string[];
}

const plain = (text: string): string => text.trim().replace(/\s+/g, ' ').toLowerCase();

/** Whether an answer is complete enough to be judged; otherwise what is missing. */
export function missing(question: Judged, given: Given): string | undefined {
  if (given.length === 0) return question.kind === 'input' ? 'Type an answer first.' : 'Choose an answer first.';
  return question.kind === 'order' && given.length < question.places.length ? 'Give every step its number first.' : undefined;
}

/** Whether an answer is right. Case and spaces do not count in typed answers. */
export function isRight(question: Judged, given: Given): boolean {
  if (typeof given === 'string') return question.accept.some((answer) => plain(answer) === plain(given));
  if (question.kind === 'order') return given.every((option, index) => question.places[option] === index + 1);
  return question.right.every((right, index) => right === given.includes(index));
}
