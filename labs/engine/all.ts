import { deploymentController } from './controllers/deployment-controller.ts';
import { garbageCollector } from './controllers/garbage-collector.ts';
import { namespaceController } from './controllers/namespace-controller.ts';
import { replicaSetController } from './controllers/replica-set-controller.ts';
import { statefulSetController } from './controllers/stateful-set-controller.ts';
import { kubelet } from './kubelet/kubelet.ts';
import { createCluster, type ClusterEngine } from './loop/cluster.ts';
import type { Controller } from './loop/controller.ts';
import { nodeIpamController } from './nodes/node-ipam-controller.ts';
import { nodeLifecycleController } from './nodes/node-lifecycle-controller.ts';
import { podGarbageCollector } from './nodes/pod-garbage-collector.ts';
import { taintEvictionController } from './nodes/taint-eviction-controller.ts';
import { allAdmission, allKinds } from './review/all.ts';
import { createReview, type Decode } from './review/review.ts';
import { schedulerPlugins } from './scheduler/scheduler-plugins.ts';
import { createScheduler } from './scheduler/scheduler.ts';
import { volumeControllers } from './volumes/volume-controllers.ts';

/** Everything that acts in a cluster, in the order in which it acts when it is due at once. For tests, the bench and the playground; a lab names what it needs. */
export const allControllers: readonly Controller[] = [
  nodeIpamController,
  nodeLifecycleController,
  taintEvictionController,
  podGarbageCollector,
  namespaceController,
  garbageCollector,
  deploymentController,
  replicaSetController,
  statefulSetController,
  ...volumeControllers,
  createScheduler({ plugins: schedulerPlugins }),
  kubelet,
];

/** A cluster with everything. The programs that come with CSI drivers are added by name. */
export function createWholeCluster(drivers: readonly Controller[] = [], decode?: Decode): ClusterEngine {
  return createCluster({ controllers: [...allControllers, ...drivers], review: createReview({ kinds: allKinds, admission: allAdmission, decode }) });
}
