import { boundPairsAgree } from '../../engine/invariants/bound-pairs-agree.ts';
import { volumeHasOneClaim } from '../../engine/invariants/volume-has-one-claim.ts';
import type { ClusterState } from './cluster-state.ts';

/** What is wrong with the bonds between volumes and claims: two bound claims with one volume, or a bound pair of which one side names another. */
export function bondProblem({ cluster }: ClusterState): string | undefined {
  return volumeHasOneClaim(cluster) ?? boundPairsAgree(cluster);
}
