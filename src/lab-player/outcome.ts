import { diagnose, isSolved, judgeAll, type Judged } from './goals.ts';
import { isOver } from './history.ts';
import { isUntouched, type Session } from './session.ts';

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
