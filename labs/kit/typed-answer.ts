import type { AnswerError, Judge } from '../lab.ts';
import { unreadable } from '../reading/reading-error.ts';

/** An answer put into a text of a scenario. */
interface PlacedAnswer {
  readonly text: string;
  /** Mistakes in that text, counted in the answer; a mistake outside it stands at the answer's begin. */
  readonly errorsIn: (errors: readonly AnswerError[]) => readonly AnswerError[];
}

/** What keeps an answer from being judged at all: its size, control characters, lines where one is asked for. */
export function unusable(answer: string, { lines, bytesMax }: Pick<Judge, 'lines' | 'bytesMax'>): readonly AnswerError[] {
  const bad = unreadable(answer, bytesMax);
  if (bad !== undefined) {
    // Its hint speaks of objects.
    const { line, column, message, expected } = bad;
    return [{ line, column, message, expected }];
  }
  if (answer.trim() === '') return [{ line: 1, column: 1, message: 'nothing is typed yet', expected: 'an answer' }];
  const second = answer.trimEnd().split('\n')[1];
  return lines > 1 || second === undefined ? [] : [{ line: 2, column: 1, message: 'there is a second line', expected: 'one line' }];
}

/**
 * A text with the answer in place of its first `mark`. `before` is what the answer may leave out, such as `- `. Further lines of the answer, and of `before`,
 * are moved to where the first stands, so that blocks of YAML fit. Throws when the text has no such mark: the scenario has changed.
 */
export function placedAnswer(text: string, mark: string, answer: string, before = ''): PlacedAnswer {
  const at = text.indexOf(mark);
  if (mark === '' || at < 0) throw new Error(`The scenario has no "${mark}".`);
  const indented = (lines: string, columns: number): string => lines.replaceAll('\n', `\n${' '.repeat(columns)}`);
  const column = at - (text.lastIndexOf('\n', at) + 1);
  const added = answer.trimStart().startsWith(before.trim()) ? '' : indented(before, column);
  const left = added.includes('\n') ? added.length - added.lastIndexOf('\n') - 1 : column + added.length;
  const written = text.slice(0, at) + added;
  const linesBefore = written.split('\n').length - 1;
  const answerLines = answer.split('\n');
  const inAnswer = ({ line, column: place, columnEnd, ...said }: AnswerError): AnswerError => {
    const own = answerLines[line - linesBefore - 1];
    if (own === undefined) return { line: 1, column: 1, ...said };
    const within = (each: number): number => Math.min(Math.max(each - left, 1), own.length + 1);
    return { line: line - linesBefore, column: within(place), ...(columnEnd !== undefined && { columnEnd: within(columnEnd) }), ...said };
  };
  return { text: written + indented(answer, left) + text.slice(at + mark.length), errorsIn: (errors) => errors.map(inAnswer) };
}

// More than any run of a question needs; a lab that never settles must not hang the page.
const stepsMax = 5000;

/** A machine as far as playing it out needs it. */
interface Machine<State, Action> {
  readonly next: (state: State) => Action | undefined;
  readonly reduce: (state: State, action: Action) => State;
  readonly clockMs: (state: State) => number;
  readonly meta: { readonly horizonMs?: number };
}

/** The state when nothing more happens, or the lab's horizon is reached. */
export function settledFrom<State, Action>({ next, reduce, clockMs, meta }: Machine<State, Action>, from: State): State {
  let state = from;
  for (let step = 0; step < stepsMax && clockMs(state) <= (meta.horizonMs ?? Infinity); step += 1) {
    const action = next(state);
    if (action === undefined) break;
    state = reduce(state, action);
  }
  return state;
}
