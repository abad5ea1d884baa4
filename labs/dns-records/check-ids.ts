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
