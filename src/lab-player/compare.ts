import { indexAt, isOver, lastOf, seek, type Branch, type History } from './history.ts';
import type { OpaqueReplay } from './opaque.ts';

/** What can stand beside the shown run: the same run with another choice, or a fork. */
export type Other = { readonly kind: 'choice'; readonly offer: string; readonly value: string } | { readonly kind: 'fork'; readonly id: number };

export interface Comparison {
  readonly other: Other;
  /** Says what differs: `C library: musl 1.2.5`. */
  readonly label: string;
}

/** All comparisons that make sense now: the other values of the lab's `compares` choices, then the forks. */
export function comparisons(lab: OpaqueReplay, history: History): readonly Comparison[] {
  const offers = lab.offers(history.branch.frames[0].state);
  const choices = offers.flatMap((offer): readonly Comparison[] => {
    if (offer.control !== 'choice' || lab.meta.compares?.includes(offer.id) !== true) return [];
    return offer.options
      .filter(({ value }) => value !== offer.value)
      .map(({ value, label }) => ({ other: { kind: 'choice', offer: offer.id, value }, label: `${offer.label}: ${label}` }));
  });
  return [...choices, ...history.forks.map((fork): Comparison => ({ other: { kind: 'fork', id: fork.id }, label: `Fork: ${fork.name}` }))];
}

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
