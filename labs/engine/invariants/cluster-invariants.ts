import { boundPairsAgree } from './bound-pairs-agree.ts';
import { downNodesRunNothing } from './down-nodes-run-nothing.ts';
import { finalizersAreKept } from './finalizers-are-kept.ts';
import { generationsGrow } from './generations-grow.ts';
import type { ClusterInvariant } from './invariant.ts';
import { logHasCauses } from './log-has-causes.ts';
import { lonePodHasClaim } from './lone-pod-has-claim.ts';
import { noOrphans } from './no-orphans.ts';
import { nodesAreNotOverfull } from './nodes-are-not-overfull.ts';
import { podsHaveOwnAddresses } from './pods-have-own-addresses.ts';
import { usedClaimsStay } from './used-claims-stay.ts';
import { versionsGrow } from './versions-grow.ts';
import { volumeHasOneClaim } from './volume-has-one-claim.ts';
import { volumeIsOnOneNode } from './volume-is-on-one-node.ts';

/** All that holds of a cluster with everything, in the order in which it is looked at: what others build on first. */
export const clusterInvariants: Readonly<Record<string, ClusterInvariant>> = {
  'the log counts, and every entry has a cause': logHasCauses,
  'versions grow': versionsGrow,
  'generations grow': generationsGrow,
  'finalizers are kept': finalizersAreKept,
  'a volume has one claim': volumeHasOneClaim,
  'bound pairs agree': boundPairsAgree,
  'claims in use stay': usedClaimsStay,
  'ReadWriteOncePod is one pod': lonePodHasClaim,
  'a disk is attached to one node': volumeIsOnOneNode,
  'nodes are not overfull': nodesAreNotOverfull,
  'nodes that are down run nothing': downNodesRunNothing,
  'pods have addresses of their own': podsHaveOwnAddresses,
  'owners are not outlived': noOrphans,
};

/** The first invariant that is broken, with what it says. */
export const brokenInvariant: ClusterInvariant = (cluster, before) => {
  for (const [name, invariant] of Object.entries(clusterInvariants)) {
    const problem = invariant(cluster, before);
    if (problem !== undefined) return `${name}: ${problem}`;
  }
  return undefined;
};
