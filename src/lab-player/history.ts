import type { Move } from '../../labs/lab.ts';
import type { Deed, OpaqueLab, OpaqueReplay, Start, Texts } from './opaque.ts';

/** More frames than this a run never has; ten minutes of a busy cluster need about 3,000. */
export const framesMax = 5000;
/** Older forks are let go. */
export const forksMax = 3;

/** One moment. States share their structure, so a frame costs what changed. */
export interface Frame {
  readonly state: unknown;
  readonly atMs: number;
  readonly by: 'start' | 'lab' | 'learner';
  readonly texts: Texts;
  readonly move?: Move;
  readonly key?: string;
}

/** Why there are no more frames; 'open': they are not computed yet. */
export type End = 'open' | 'settled' | 'horizon' | 'full';

/** One course of events: from the start to its end, the future included, since a lab knows what happens if nobody acts. */
export interface Branch {
  readonly id: number;
  readonly name: string;
  readonly start: Start;
  readonly frames: readonly [Frame, ...Frame[]];
  readonly end: End;
  /** The latest frame that the learner has been shown. */
  readonly seen: number;
}

/** All that happened in one lab: the shown course, the shown frame, and the courses left behind (newest first). */
export interface History {
  readonly branch: Branch;
  readonly at: number;
  readonly forks: readonly Branch[];
  readonly lastId: number;
}

/** A new history at its first frame; only that frame exists until `extend`. */
export function begin(lab: OpaqueReplay, start: Start, name: string): History {
  return { branch: branchFrom(lab, start, 1, name), at: 0, forks: [], lastId: 1 };
}

function branchFrom(lab: OpaqueReplay, start: Start, id: number, name: string): Branch {
  const { state, texts } = start;
  return { id, name, start, frames: [{ state, atMs: lab.clockMs(state), by: 'start', texts }], end: 'open', seen: 0 };
}

/** The shown frame. */
export function frameOf({ branch, at }: History): Frame {
  return branch.frames[at] ?? branch.frames[0];
}

/** Index of the last frame known so far. */
export function lastOf(branch: Branch): number {
  return branch.frames.length - 1;
}

/** The shown frame is the last, and nothing follows it. */
export function isOver({ branch, at }: History): boolean {
  return branch.end !== 'open' && at === lastOf(branch);
}

/** Computes the future of the shown course by at most `stepsMax` frames. */
export function extend(lab: OpaqueReplay, history: History, stepsMax: number): History {
  const { branch } = history;
  if (branch.end !== 'open') return history;
  const frames: [Frame, ...Frame[]] = [...branch.frames];
  let end: End = 'open';
  for (let steps = 0; end === 'open' && steps < stepsMax; steps++) {
    const following = frames.length < framesMax ? follow(lab, frames[frames.length - 1] ?? frames[0]) : 'full';
    if (typeof following === 'string') end = following;
    else frames.push(following);
  }
  return { ...history, branch: { ...branch, frames, end } };
}

/** What comes after `frame` if nobody acts. */
function follow(lab: OpaqueReplay, frame: Frame): Frame | End {
  const action = lab.next(frame.state);
  if (action === undefined) return 'settled';
  const state = lab.reduce(frame.state, action);
  // A step that changes nothing would be repeated for ever.
  if (Object.is(state, frame.state)) return 'settled';
  const atMs = lab.clockMs(state);
  if (lab.meta.horizonMs !== undefined && atMs > lab.meta.horizonMs) return 'horizon';
  return { state, atMs, by: 'lab', texts: frame.texts };
}

/** Shows frame `at`, or the nearest there is. */
export function seek(history: History, at: number): History {
  const bounded = Math.max(0, Math.min(Math.trunc(at), lastOf(history.branch)));
  const seen = Math.max(history.branch.seen, bounded);
  if (bounded === history.at && seen === history.branch.seen) return history;
  return { ...history, at: bounded, branch: seen === history.branch.seen ? history.branch : { ...history.branch, seen } };
}

export function step(history: History): History {
  return seek(history, history.at + 1);
}

export function back(history: History): History {
  return seek(history, history.at - 1);
}

/** Index of the last frame that is not later than `ms`. */
export function indexAt({ frames }: Branch, ms: number): number {
  let low = 0;
  let high = frames.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((frames[middle]?.atMs ?? Infinity) <= ms) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The course left behind is kept when the learner has seen more of it than stays. */
function keep(history: History, from: number): readonly Branch[] {
  const { branch, forks } = history;
  return branch.seen > from ? [branch, ...forks].slice(0, forksMax) : forks;
}

/**
 * The learner acts at the shown frame. In the past this forks: what was seen beyond it stays as a fork.
 * The same history is returned when the deed changes nothing, or when the run has no room left.
 */
export function act(lab: OpaqueLab, history: History, deed: Deed): History {
  const { branch, at } = history;
  const shown = frameOf(history);
  const previous = branch.frames[at - 1];
  const repeats = deed.key !== undefined && shown.key === deed.key && previous !== undefined;
  const base = repeats ? previous : shown;
  const kept = repeats ? at : at + 1;
  if (kept >= framesMax) return history;
  const state = lab.reduce(base.state, deed.action);
  if (Object.is(state, base.state)) return history;
  const frame: Frame = {
    state,
    atMs: lab.clockMs(state),
    by: 'learner',
    texts: deed.texts ?? base.texts,
    move: deed.move,
    ...(deed.key !== undefined && { key: deed.key }),
  };
  const forks = repeats ? history.forks : keep(history, at);
  const isNew = forks !== history.forks;
  const lastId = history.lastId + (isNew ? 1 : 0);
  const frames: readonly [Frame, ...Frame[]] = [branch.frames[0], ...branch.frames.slice(1, kept), frame];
  return { branch: { ...branch, frames, end: 'open', seen: kept, ...(isNew && { id: lastId, name: deed.name }) }, at: kept, forks, lastId };
}

/** Begins again from other texts, another seed, or the same. What was seen of the old course stays as a fork. */
export function restart(lab: OpaqueReplay, history: History, start: Start, name: string): History {
  const lastId = history.lastId + 1;
  return { branch: branchFrom(lab, start, lastId, name), at: 0, forks: keep(history, 0), lastId };
}
