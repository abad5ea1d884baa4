import { diagnose, isSolved, judgeAll, type Judged } from './goals.ts';
import { isOver } from './history.ts';
import { isUntouched, needsDeed, type Session } from './session.ts';

/** All goals as they stand now, whether all are met, and what is said about an attempt that did not work. */
export interface Outcome {
  readonly goals: readonly Judged[];
  readonly solved: boolean;
  readonly diagnosis?: string;
}

/** Judged at the shown frame; a diagnosis only for a finished attempt in which the learner changed something. */
export function outcomeOf(session: Session): Outcome {
  const { lab, scenario, history } = session;
  const goals = judgeAll(lab, scenario, history);
  const solved = isSolved(goals);
  const tried = !solved && isOver(history) && !isUntouched(session);
  const diagnosis = tried ? diagnose(lab, scenario.diagnoses, history) : undefined;
  return { goals, solved, ...(diagnosis !== undefined && { diagnosis }) };
}

/** What the scenario is about has happened: its goals are met at the shown frame, or it has none. */
export function isConcluded({ lab, scenario, history }: Session): boolean {
  return scenario.goals.length === 0 || isSolved(judgeAll(lab, scenario, history));
}

/** The prediction is answered once the finished run does so; it stays answered. */
export function answered(session: Session): Session {
  return session.revealed || !answers(session) ? session : { ...session, revealed: true };
}

/** By the scenario's own run where that is enough to meet the goals, else by any that meets them; on a bench also when the reader skips it. */
function answers(session: Session): boolean {
  const { lab, scenario, history, predicted } = session;
  if (predicted === undefined || !isOver(history)) return false;
  const untouched = isUntouched(session);
  if (untouched && predicted === 'skipped' && lab.meta.mode === 'bench') return true;
  return (untouched || needsDeed(scenario)) && isConcluded(session);
}
