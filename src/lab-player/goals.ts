import type { Check, Goal, Scenario } from '../../labs/lab.ts';
import { frameOf, isOver, type Branch, type Frame, type History } from './history.ts';
import type { OpaqueReplay, Texts } from './opaque.ts';

/** 'open': not decided before the run ends. */
export type Verdict = 'met' | 'broken' | 'open';

/** A goal as it stands at the shown frame. */
export interface Judged {
  readonly text: string;
  readonly verdict: Verdict;
  /** What was observed. */
  readonly because: string;
  /** The frame that decided. */
  readonly decidedAt?: number;
}

type Ruling = Omit<Judged, 'text'>;

/** Judges every goal over the frames from the start to the shown one: the past counts, the future does not. */
export function judgeAll(lab: OpaqueReplay, scenario: Pick<Scenario, 'goals' | 'texts'>, history: History): readonly Judged[] {
  return scenario.goals.map(({ text, goal }) => ({ text, ...judge(lab, goal, history, scenario.texts) }));
}

/** True once every goal of a scenario that has goals is met. */
export function isSolved(judged: readonly Judged[]): boolean {
  return judged.length > 0 && judged.every(({ verdict }) => verdict === 'met');
}

/** Judges one goal; `texts` are the scenario's own, to count changes from. */
export function judge(lab: OpaqueReplay, goal: Goal, history: History, texts: Texts): Ruling {
  if ('actionsMax' in goal) return judgeChanges(goal.actionsMax, history, texts);
  if ('finally' in goal) {
    const check = run(lab, goal.finally, frameOf(history));
    if (!isOver(history)) return { verdict: 'open', because: check.because };
    return { verdict: check.met ? 'met' : 'broken', because: check.because, decidedAt: history.at };
  }
  if ('within' in goal) return judgeWithin(lab, goal.within, goal.ms, history);
  return 'always' in goal ? judgeEach(lab, goal.always, true, history) : judgeEach(lab, goal.never, false, history);
}

function judgeChanges(max: number, history: History, texts: Texts): Ruling {
  const count = changesUpTo(history.branch, history.at, texts);
  const because = `${count} ${count === 1 ? 'change' : 'changes'} of at most ${max}`;
  if (count > max) return { verdict: 'broken', because };
  return { verdict: isOver(history) ? 'met' : 'open', because };
}

/** Every frame must (or must not) pass the check. */
function judgeEach(lab: OpaqueReplay, id: string, wanted: boolean, history: History): Ruling {
  const frames = history.branch.frames.slice(0, history.at + 1);
  const index = frames.findIndex((frame) => run(lab, id, frame).met !== wanted);
  const broken = frames[index];
  if (broken) return { verdict: 'broken', because: run(lab, id, broken).because, decidedAt: index };
  return { verdict: isOver(history) ? 'met' : 'open', because: run(lab, id, frameOf(history)).because };
}

function judgeWithin(lab: OpaqueReplay, id: string, ms: number, history: History): Ruling {
  const frames = history.branch.frames.slice(0, history.at + 1);
  const index = frames.findIndex((frame) => frame.atMs <= ms && run(lab, id, frame).met);
  const met = frames[index];
  if (met) return { verdict: 'met', because: run(lab, id, met).because, decidedAt: index };
  const late = frameOf(history).atMs > ms || isOver(history);
  return { verdict: late ? 'broken' : 'open', because: run(lab, id, frameOf(history)).because, ...(late && { decidedAt: history.at }) };
}

/** Checks are pure, so each is asked once for each state. */
const known = new WeakMap<object, Map<string, Check>>();

function run(lab: OpaqueReplay, id: string, { state }: Frame): Check {
  const check = lab.checks[id];
  if (!check) return { met: false, because: `this lab has no check ${id}` };
  if (typeof state !== 'object' || state === null) return check(state);
  const ofState = known.get(state) ?? new Map<string, Check>();
  known.set(state, ofState);
  const answer = ofState.get(id) ?? check(state);
  ofState.set(id, answer);
  return answer;
}

/** Feedback for an attempt that did not work: the first diagnosis of `ids` that holds at the shown frame. */
export function diagnose(lab: OpaqueReplay, ids: readonly string[], history: History): string | undefined {
  const { state } = frameOf(history);
  const found = ids.map((id) => lab.diagnoses[id]).find((diagnosis) => diagnosis?.when(state));
  return found?.text;
}

/** How often the learner changed something up to frame `at`: acts and edits, and texts that are not the scenario's. */
export function changesUpTo({ frames }: Branch, at: number, original: Texts): number {
  const acts = frames.slice(0, at + 1).filter(({ by }) => by === 'learner').length;
  return acts + Object.entries(frames[0].texts).filter(([part, text]) => text !== original[part]).length;
}
