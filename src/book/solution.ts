import type { Move } from '../../labs/lab.ts';
import { nameOfAct } from '../lab-player/act-name.ts';
import { formatMs } from '../lab-player/format.ts';
import { judgeAll, type Judged } from '../lab-player/goals.ts';
import { frameOf, type History } from '../lab-player/history.ts';
import { beginWhole, playMoves, setUp, sayErrors } from '../lab-player/moves.ts';
import type { PageScenario } from '../lab-player/page-scenario.ts';
import type { PlayableLab } from './labs.ts';
import { lineChanges, type LineChange } from './line-changes.ts';

/** What of a scenario is played. */
export type PlayedScenario = Pick<PageScenario, 'id' | 'texts' | 'seed' | 'goals' | 'solutions'>;

/** One thing to do: a sentence, or a change of a text. */
export type SolutionStep =
  | { readonly kind: 'wait'; readonly words: string; /** What is seen then. */ readonly seen: string }
  | { readonly kind: 'act'; readonly name: string }
  | { readonly kind: 'edit'; readonly part: string; readonly lines: readonly LineChange[] };

/** A way to solve a challenge, played by the lab. */
export interface PlayedSolution {
  readonly title: string;
  readonly steps: readonly SolutionStep[];
  /** The goals as the lab judges them in the end. */
  readonly goals: readonly Judged[];
}

const waiting = (run: Extract<Move, { readonly run: unknown }>['run']): string => {
  if (run === 'to the end') return 'Let it run until nothing more happens';
  if ('ms' in run) return `Let ${formatMs(run.ms)} pass`;
  return run.steps === 1 ? 'Step once' : `Step ${run.steps} times`;
};

function stepsOf({ lab }: PlayableLab, move: Move, before: History, after: History): readonly SolutionStep[] {
  if ('run' in move) return [{ kind: 'wait', words: waiting(move.run), seen: lab.describe(frameOf(after).state).headline }];
  if ('act' in move) {
    const action = lab.readAction(move.act);
    return action === undefined ? [] : [{ kind: 'act', name: nameOfAct(lab, frameOf(before).state, action) }];
  }
  const [old, changed] = [frameOf(before).texts, frameOf(after).texts];
  return Object.entries(changed).flatMap(([part, text]) =>
    old[part] === text ? [] : [{ kind: 'edit' as const, part: lab.parts[part]?.label ?? part, lines: lineChanges(old[part] ?? '', text) }],
  );
}

/** Plays the solutions of a challenge as the page would. Throws when one cannot be played, or does not solve it. */
export function playSolutions(playable: PlayableLab, scenario: PlayedScenario): readonly PlayedSolution[] {
  const { lab, reader } = playable;
  const begun = setUp(reader, scenario.texts, scenario.seed);
  if (!begun.ok) throw new Error(`${scenario.id}: ${sayErrors(begun.errors)}`);
  return scenario.solutions.map(({ title, moves }) => {
    let history = beginWhole(lab, begun.setup);
    const steps = moves.flatMap((move) => {
      const played = playMoves(lab, reader, history, [move]);
      if (!played.ok) throw new Error(`${scenario.id}, “${title}”: ${played.message}`);
      const done = stepsOf(playable, move, history, played.history);
      ({ history } = played);
      return done;
    });
    const goals = judgeAll(lab, scenario, history);
    if (goals.some(({ verdict }) => verdict !== 'met')) throw new Error(`${scenario.id}: “${title}” does not meet its goals.`);
    return { title, steps, goals };
  });
}
