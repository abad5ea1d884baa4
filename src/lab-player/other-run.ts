import type { Other } from './compare.ts';
import { act, begin, extend, framesMax, lastOf, type Branch, type History } from './history.ts';
import { movesOf, playMoves } from './moves.ts';
import type { OpaqueLab, OpaqueReader } from './opaque.ts';

/**
 * The other run, whole. With another choice it makes that choice first and then repeats the learner's moves at the same times.
 * Edits need the reader; without it they are left out (undefined is returned when there are any).
 */
export function otherRun(lab: OpaqueLab, reader: OpaqueReader | undefined, history: History, other: Other): Branch | undefined {
  if (other.kind === 'fork') return history.forks.find(({ id }) => id === other.id);
  const { branch } = history;
  const first = extend(lab, begin(lab, branch.start, branch.name), framesMax);
  const offer = lab.offers(first.branch.frames[0].state).find(({ id }) => id === other.offer);
  const option = offer?.control === 'choice' ? offer.options.find(({ value }) => value === other.value) : undefined;
  if (!option) return undefined;
  const chosen = act(lab, first, { action: option.action, move: { act: option.action }, name: option.label });
  const moves = movesOf(branch, lastOf(branch), 'ms');
  const edits = moves.some((move) => 'edit' in move);
  if (edits && !reader) return undefined;
  const played = playMoves(lab, reader ?? { read: () => ({ ok: false, errors: [] }) }, chosen, moves);
  return extend(lab, played.history, framesMax).branch;
}
