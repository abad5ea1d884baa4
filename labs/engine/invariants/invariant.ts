import type { Cluster } from '../loop/cluster.ts';

/**
 * What always holds of a cluster, whatever was done to it: says what is broken, and where; undefined if nothing is. `before` is the cluster as it was one
 * step, request or fact earlier, for what can only be seen in a change; without it the cluster alone is judged.
 */
export type ClusterInvariant = (cluster: Cluster, before?: Cluster) => string | undefined;
