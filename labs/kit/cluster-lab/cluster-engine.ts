import type { Controller } from '../../engine/loop/controller.ts';
import { kubelet } from '../../engine/kubelet/kubelet.ts';
import { createCluster, type ClusterEngine } from '../../engine/loop/cluster.ts';
import { nodeIpamController } from '../../engine/nodes/node-ipam-controller.ts';
import { nodeLifecycleController } from '../../engine/nodes/node-lifecycle-controller.ts';
import { podGarbageCollector } from '../../engine/nodes/pod-garbage-collector.ts';
import { taintEvictionController } from '../../engine/nodes/taint-eviction-controller.ts';
import { allAdmission, allKinds } from '../../engine/review/all.ts';
import { createReview } from '../../engine/review/review.ts';
import { schedulerPlugins } from '../../engine/scheduler/scheduler-plugins.ts';
import { createScheduler } from '../../engine/scheduler/scheduler.ts';
import type { CsiDriverSetup } from '../../engine/volumes/csi-driver.ts';
import { createCsiControllers, volumeControllers } from '../../engine/volumes/volume-controllers.ts';

/** The CSI drivers that are installed: a disk for one node, and a file server for many. */
export const drivers: readonly CsiDriverSetup[] = [
  { name: 'disk.csi.example.com' },
  { name: 'files.csi.example.com', accessModes: ['ReadWriteOnce', 'ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOncePod'] },
];

/** What the API server does with an object before it is stored. */
export const review = createReview({ kinds: allKinds, admission: allAdmission });

/** A cluster with nodes, scheduler, kubelets and storage; `more` are the controllers of a lab’s own subject. */
export function createClusterEngine(more: readonly Controller[] = []): ClusterEngine {
  return createCluster({
    controllers: [
      ...volumeControllers,
      ...createCsiControllers(drivers),
      nodeIpamController,
      nodeLifecycleController,
      taintEvictionController,
      podGarbageCollector,
      ...more,
      createScheduler({ plugins: schedulerPlugins }),
      kubelet,
    ],
    review,
  });
}
