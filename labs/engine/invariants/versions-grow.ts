import { subjectOf } from '../loop/cluster.ts';
import { sameJson } from '../patch/json.ts';
import { revisionOf } from '../store/store.ts';
import { changedObjects } from './changed-objects.ts';
import type { ClusterInvariant } from './invariant.ts';

/** The store's revision never falls; a change of an object raises its resourceVersion above all earlier ones, and no two objects have the same. */
export const versionsGrow: ClusterInvariant = ({ store }, before) => {
  const oldest = before?.store.revision ?? 0;
  if (store.revision < oldest) return `the store fell from revision ${oldest} to ${store.revision}`;
  const seen = new Map<number, string>();
  for (const { before: was, now } of changedObjects(store, before?.store)) {
    if (now === undefined || (was !== undefined && sameJson(was, now))) continue;
    const [revision, name] = [revisionOf(now), subjectOf(now)];
    const other = seen.get(revision);
    if (other !== undefined) return `${other} and ${name} have the same resourceVersion ${revision}`;
    seen.set(revision, name);
    if (!(revision > oldest && revision <= store.revision))
      return `${name} has resourceVersion ${revision} after the store went from ${oldest} to ${store.revision}`;
  }
  return undefined;
};
