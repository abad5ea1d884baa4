import { subjectOf } from '../loop/cluster.ts';
import { entriesAfter, lengthOf } from '../loop/cluster-log.ts';
import type { StoredObject } from '../store/stored-object.ts';
import { changedObjects } from './changed-objects.ts';
import type { ClusterInvariant } from './invariant.ts';

/** Who may remove a finalizer, beside somebody from outside. */
const owners: Readonly<Record<string, readonly string[]>> = {
  'kubernetes.io/pvc-protection': ['pvc-protection-controller'],
  'kubernetes.io/pv-protection': ['pv-protection-controller'],
  'kubernetes.io/pv-controller': ['persistentvolume-controller'],
  'external-provisioner.volume.kubernetes.io/finalizer': ['external-provisioner', 'persistentvolume-controller'],
  foregroundDeletion: ['garbage-collector-controller', 'namespace-controller'],
  orphan: ['garbage-collector-controller', 'namespace-controller'],
};

const mayRemove = (finalizer: string, by: string): boolean =>
  by === 'learner' || by === 'start' || (owners[finalizer] ?? []).includes(by) || (finalizer.startsWith('external-attacher/') && by === 'external-attacher');

function lostFinalizers(before: StoredObject, now: StoredObject | undefined): readonly string[] {
  const { finalizers: kept = [] } = now?.metadata ?? {};
  return (before.metadata.finalizers ?? []).filter((finalizer) => !kept.includes(finalizer));
}

/** A finalizer goes only through its owner, or somebody from outside; so no object goes that still has one. Needs the cluster before. */
export const finalizersAreKept: ClusterInvariant = (cluster, before) => {
  if (before === undefined) return undefined;
  for (const { before: was, now } of changedObjects(cluster.store, before.store)) {
    if (was === undefined) continue;
    const name = subjectOf(was);
    const lost = lostFinalizers(was, now);
    if (lost.length === 0) continue;
    const writers = entriesAfter(cluster.log, lengthOf(before.log)).filter(({ subject, change }) => subject === name && change !== undefined);
    const stolen = lost.find((finalizer) => !writers.some(({ by }) => mayRemove(finalizer, by)));
    if (stolen !== undefined) return `${name} lost finalizer ${stolen} through ${writers.at(-1)?.by ?? 'nobody'}`;
    const isByHand = writers.some(({ by }) => by === 'learner' || by === 'start');
    if (now === undefined && was.metadata.deletionTimestamp === undefined && !isByHand)
      return `${name} had finalizers, and went without being marked as deleted`;
  }
  return undefined;
};
