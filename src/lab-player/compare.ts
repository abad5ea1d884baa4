import type { History } from './history.ts';
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
