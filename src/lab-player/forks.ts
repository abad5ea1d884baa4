import { indexAt, lastOf, type Branch, type History } from './history.ts';
import { paused, withHistory, type Change } from './session.ts';

/** Shows the fork `id` at the last frame seen there; the course shown until now takes its place among the forks. */
export function openFork(history: History, id: number): History {
  const fork = history.forks.find((branch) => branch.id === id);
  if (!fork) return history;
  const forks = [history.branch, ...history.forks.filter((branch) => branch !== fork)];
  return { ...history, branch: fork, at: fork.seen, forks };
}

/** How many frames two courses have in common from the start. */
export function sharedFrames(one: Branch, other: Branch): number {
  let index = 0;
  while (index < one.frames.length && one.frames[index] === other.frames[index]) index++;
  return index;
}

/** The fork `id` is shown where it was left. */
export function forkOpened(id: number): Change {
  return (session) => paused(withHistory(session, openFork(session.history, id)));
}

export interface ForkLine {
  readonly id: number;
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly endMs: number;
}

/** A fork as a branch of the line: from where it left the shown course to its own end, on the shown course's scale. */
export function forkLine(shown: Branch, places: readonly number[], fork: Branch): ForkLine {
  const left = Math.max(0, sharedFrames(shown, fork) - 1);
  const endMs = fork.frames[lastOf(fork)]?.atMs ?? 0;
  const from = places[left] ?? 0;
  const until = placeAt(shown, places, endMs);
  // A fork that ends where it began is still drawn as a stump.
  return { id: fork.id, name: fork.name, from, to: Math.min(1, Math.max(until, from + 0.05)), endMs };
}

/** The place of a time: between two frames in proportion. */
function placeAt(branch: Branch, places: readonly number[], ms: number): number {
  const index = indexAt(branch, ms);
  const [before, after] = [branch.frames[index], branch.frames[index + 1]];
  const place = places[index] ?? 0;
  if (!before || !after) return 1;
  const share = (ms - before.atMs) / Math.max(1, after.atMs - before.atMs);
  return place + ((places[index + 1] ?? 1) - place) * Math.max(0, Math.min(1, share));
}
