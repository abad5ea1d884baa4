import { createClusterEngine } from '../kit/cluster-lab/cluster-engine.ts';

/** The cluster of this lab. */
export const engine = createClusterEngine();
