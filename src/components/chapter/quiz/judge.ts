import type { Given } from '../../../reader/answers.ts';

/** What the page knows about a question: enough to judge, nothing else, because every reader loads it. */
export interface Judged {
  readonly kind: string;
  readonly right: readonly boolean[];
  /** For `order`: the right place of each option, from 1. */
  readonly places: readonly number[];
}

/** Whether an answer is complete enough to be judged; otherwise what is missing. */
export function missing(question: Judged, given: Given): string | undefined {
  if (typeof given === 'string' ? given.trim() === '' : given.length === 0)
    return question.kind === 'input' ? 'Type an answer first.' : 'Choose an answer first.';
  return question.kind === 'order' && given.length < question.places.length ? 'Give every step its number first.' : undefined;
}

/** Whether the chosen options are right. Typed answers are judged by their lab. */
export function isRight(question: Judged, given: readonly number[]): boolean {
  if (question.kind === 'order') return given.every((option, index) => question.places[option] === index + 1);
  return question.right.every((right, index) => right === given.includes(index));
}

/** What the reader did with an option, in words; `isMine` where that was chosen, or put into its right place. */
export function doneWith(question: Judged, index: number, given: readonly number[]): { readonly isMine: boolean; readonly words: string } {
  const isChosen = given.includes(index);
  if (question.kind === 'order') {
    const put = given.indexOf(index) + 1;
    const isMine = put === question.places[index];
    return { isMine, words: isChosen ? `You put it ${isMine ? 'here' : `at ${put}`}.` : '' };
  }
  if (question.kind !== 'many') return { isMine: isChosen, words: isChosen ? 'Your answer.' : '' };
  return { isMine: isChosen, words: isChosen ? 'You chose it.' : question.right[index] ? 'You missed it.' : '' };
}
