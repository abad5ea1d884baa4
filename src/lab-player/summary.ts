import { formatAt, plain } from './format.ts';
import { frameOf, isOver, lastOf, type History } from './history.ts';
import type { OpaqueReplay } from './opaque.ts';

/** A screen reader hears at most one sentence in this time: the latest. */
export const spokenEveryMs = 2000;

/** The shown frame in one sentence: when, what, how far; at the end also what came out. */
export function summarise(lab: OpaqueReplay, history: History): string {
  const { state, atMs } = frameOf(history);
  if (lab.meta.mode === 'bench') return plain(lab.describe(state).headline);
  const entry = lab.log(state, 0).at(-1);
  const where = `${formatAt(lab.meta, atMs)}, step ${history.at} of ${lastOf(history.branch)}`;
  // A full DNS name ends with a dot of its own.
  const what = entry ? `${plain(entry.text).replace(/\.$/, '')}. ` : '';
  return isOver(history) ? `${what}End at ${formatAt(lab.meta, atMs)}. ${plain(lab.describe(state).headline)}` : `${what}${where}.`;
}

/** When something was last said, and what waits to be said. */
export interface Speech {
  readonly saidAtMs: number;
  readonly waiting?: string;
}

export const silence: Speech = { saidAtMs: -Infinity };

/** Something new to say at `nowMs`: said at once after a pause, else it waits and takes the place of what waited. */
export function speak(speech: Speech, text: string, nowMs: number): { readonly speech: Speech; readonly say?: string; readonly againInMs?: number } {
  const readyAtMs = speech.saidAtMs + spokenEveryMs;
  if (nowMs >= readyAtMs) return { speech: { saidAtMs: nowMs }, say: text };
  return { speech: { saidAtMs: speech.saidAtMs, waiting: text }, againInMs: readyAtMs - nowMs };
}
