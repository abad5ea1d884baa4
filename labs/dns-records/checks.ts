import type { Check } from '../lab.ts';
import type { State } from './state.ts';

const ids = [
  'names-found',
  'found-without-pods',
  'no-data',
  'all-members-listed',
  'same-name-new-address',
  'alias-leads-nowhere',
  'only-real-pods',
  'srv-of-the-service',
  'called-by-address',
  'two-pointers',
  'members-ready-or-published',
  'three-members',
] as const;

export type CheckId = (typeof ids)[number];

/** For each goal what `valueOf` gives for it. */
export function forEachCheck<Value>(valueOf: (id: CheckId) => Value): Readonly<Record<CheckId, Value>> {
  return Object.fromEntries(ids.map((id) => [id, valueOf(id)])) as Record<CheckId, Value>;
}

/** The goals that scenarios may set. Each was judged when the state was made. */
export const checks = forEachCheck(
  (id) =>
    ({ outlook }: State): Check =>
      outlook.checks[id],
);
