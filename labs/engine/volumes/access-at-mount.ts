import type { AccessMode, PersistentVolume, PersistentVolumeClaim, PodObject } from '../api/cluster-kinds.ts';
import { getKind } from '../api/kinds.ts';
import type { Store } from '../store/store.ts';
import { claimText } from './volume-steps.ts';
import { hasEnded, podsUsing } from './volume-indexes.ts';
import { attacherOf, isForOneNode } from './csi-driver.ts';

/** Whether a pod on a node gets at a claim's volume beside the pods that have it already, and who says so. */
export interface AccessVerdict {
  readonly allowed: boolean;
  /** Who stops the pod, or would: access modes are mostly for finding a volume, and only few are enforced later. */
  readonly enforcedBy: 'scheduler' | 'attach-detach-controller' | 'nobody';
  readonly because: string;
  /** Pods in the way, as `namespace/name`. */
  readonly blockedBy: readonly string[];
}

/**
 * What access modes come to once a claim is bound. ReadWriteOncePod: one pod in the cluster, by the scheduler. ReadWriteOnce: one node, but only for
 * volumes that are attached, so two pods on one node may both write, and an NFS share of that mode is open to all nodes. ReadOnlyMany does not make a mount
 * read-only: the pod's own `readOnly` does. Models volumerestrictions and attachdetach's reconciler.
 */
export function accessAtMount(store: Store, claim: PersistentVolumeClaim, { pod, node }: { readonly pod: PodObject; readonly node: string }): AccessVerdict {
  const { uid } = pod.metadata;
  const others = podsUsing(store, claimText(claim)).filter((each) => each.metadata.uid !== uid && (each.spec.nodeName ?? '') !== '' && !hasEnded(each));
  const named = (pods: readonly PodObject[]): readonly string[] => pods.map(({ metadata }) => `${metadata.namespace ?? ''}/${metadata.name}`);
  if (claim.spec.accessModes.includes('ReadWriteOncePod')) {
    const [first] = others;
    const because =
      first === undefined ? 'ReadWriteOncePod: no other pod uses the claim' : `ReadWriteOncePod: pod ${first.metadata.name} has the claim for itself`;
    return { allowed: first === undefined, enforcedBy: 'scheduler', because, blockedBy: named(others) };
  }
  const volume = getKind(store, 'PersistentVolume', claim.spec.volumeName ?? '');
  const elsewhere = others.filter((each) => each.spec.nodeName !== node);
  if (volume === undefined) return { allowed: true, enforcedBy: 'nobody', because: 'the claim has no volume yet', blockedBy: [] };
  if (attacherOf(store, volume) === undefined) {
    const because = `this kind of volume is not attached, so nobody counts its nodes: ${modesText(volume)} only helped to find it`;
    return { allowed: true, enforcedBy: 'nobody', because, blockedBy: [] };
  }
  if (!isForOneNode(volume))
    return { allowed: true, enforcedBy: 'attach-detach-controller', because: `${modesText(volume)}: several nodes may have it`, blockedBy: [] };
  const [first] = elsewhere;
  const here = others.length > 0 ? `pods on node ${node} share it` : 'no other node has it';
  const because =
    first === undefined ? `${modesText(volume)}: ${here}` : `${modesText(volume)}: node ${first.spec.nodeName ?? ''} has it, for pod ${first.metadata.name}`;
  return { allowed: first === undefined, enforcedBy: 'attach-detach-controller', because, blockedBy: named(elsewhere) };
}

const modesText = ({ spec }: PersistentVolume): string => (spec.accessModes satisfies readonly AccessMode[]).join(', ');
