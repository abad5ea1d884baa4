import type { Other } from './compare.ts';
import { indexAt, isOver, lastOf, seek, type Branch, type History } from './history.ts';
import type { OpaqueReplay } from './opaque.ts';

/** What the shown run itself is called beside another. */
export function labelOfShown(lab: OpaqueReplay, history: History, other: Other): string {
  if (other.kind === 'fork') return history.branch.name;
  const offer = lab.offers(history.branch.frames[0].state).find(({ id }) => id === other.offer);
  if (offer?.control !== 'choice') return history.branch.name;
  return `${offer.label}: ${offer.options.find(({ value }) => value === offer.value)?.label ?? offer.value}`;
}

/** The frame of the other run that stands beside the shown one: the same time; at the end the end. */
export function besideIndex(history: History, other: Branch): number {
  if (isOver(history)) return lastOf(other);
  // The first frame stands beside the first, not beside everything else that happens at 0 ms.
  return history.at === 0 ? 0 : indexAt(other, history.branch.frames[history.at]?.atMs ?? 0);
}

/** The other run as a history at that frame, for judging and describing. */
export function besideHistory(history: History, other: Branch): History {
  return seek({ branch: other, at: 0, forks: [], lastId: other.id }, besideIndex(history, other));
}
