import { deploymentController } from '../engine/controllers/deployment-controller.ts';
import { garbageCollector } from '../engine/controllers/garbage-collector.ts';
import { replicaSetController } from '../engine/controllers/replica-set-controller.ts';
import { createClusterEngine } from '../kit/cluster-lab/cluster-engine.ts';

/** The cluster of this lab: pods may come from Deployments. */
export const engine = createClusterEngine([garbageCollector, deploymentController, replicaSetController]);
