import { subjectOf } from '../loop/cluster.ts';
import { fieldOf, isObject } from '../patch/json.ts';
import type { StoredObject } from '../store/stored-object.ts';
import { changedObjects } from './changed-objects.ts';
import type { ClusterInvariant } from './invariant.ts';

function observedOf({ status }: StoredObject): number {
  const observed = isObject(status) ? fieldOf(status, 'observedGeneration') : undefined;
  return typeof observed === 'number' ? observed : 0;
}

/** `generation` and `status.observedGeneration` never fall, and nobody observes a generation that is yet to come. */
export const generationsGrow: ClusterInvariant = ({ store }, before) => {
  for (const { before: was, now } of changedObjects(store, before?.store)) {
    if (now === undefined) continue;
    const { generation = 0 } = now.metadata;
    const observed = observedOf(now);
    if (observed > generation) return `${subjectOf(now)} says that generation ${observed} was observed, and is at ${generation}`;
    if (was === undefined) continue;
    const { generation: generationBefore = 0 } = was.metadata;
    if (generation < generationBefore) return `generation of ${subjectOf(now)} fell from ${generationBefore} to ${generation}`;
    if (observed < observedOf(was)) return `observedGeneration of ${subjectOf(now)} fell from ${observedOf(was)} to ${observed}`;
  }
  return undefined;
};
