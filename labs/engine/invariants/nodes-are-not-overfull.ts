import { listKind } from '../api/kinds.ts';
import { snapshotOf, type NodeInfo, type Snapshot } from '../scheduler/node-info.ts';
import type { ClusterInvariant } from './invariant.ts';

/** The first resource of which a node's pods ask for more than it has. */
function excessOf({ node, allocatable, requested, pods }: NodeInfo): string | undefined {
  if (node.status?.allocatable === undefined) return undefined;
  const asked: Readonly<Record<string, number>> = { ...requested, pods: pods.length };
  const resource = ['cpu', 'memory', 'pods'].find((each) => (asked[each] ?? 0) > (allocatable[each] ?? 0));
  return resource === undefined ? undefined : `${asked[resource] ?? 0} of ${resource}, and the node has ${allocatable[resource] ?? 0}`;
}

/** Whether a node was too full before, became smaller, or got a pod that named it when it was made: then nobody put a pod where it does not fit. */
function isByHand({ name, node, pods }: NodeInfo, before: Snapshot, known: ReadonlySet<string>): boolean {
  const old = before.byName.get(name);
  if (old?.node.metadata.uid !== node.metadata.uid || old.node.status !== node.status || excessOf(old) !== undefined) return true;
  return pods.some(({ metadata: { uid } }) => !known.has(uid));
}

/** Pods that have not ended ask for no more of a node than it has. Not modelled, and so let pass: that the kubelet turns away pods that do not fit. */
export const nodesAreNotOverfull: ClusterInvariant = ({ store }, before) => {
  if (before !== undefined && store.objects.pods === before.store.objects.pods && store.objects.nodes === before.store.objects.nodes) return undefined;
  for (const info of snapshotOf(store).infos) {
    const excess = excessOf(info);
    if (excess === undefined) continue;
    const known = new Set(before === undefined ? [] : listKind(before.store, 'Pod').map(({ metadata: { uid } }) => uid));
    if (before === undefined || !isByHand(info, snapshotOf(before.store), known)) return `pods on node ${info.name} ask for ${excess}`;
  }
  return undefined;
};
