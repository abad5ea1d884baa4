import { deploymentController } from '../engine/controllers/deployment-controller.ts';
import { garbageCollector } from '../engine/controllers/garbage-collector.ts';
import { replicaSetController } from '../engine/controllers/replica-set-controller.ts';
import { kubelet } from '../engine/kubelet/kubelet.ts';
import { createCluster } from '../engine/loop/cluster.ts';
import { nodeIpamController } from '../engine/nodes/node-ipam-controller.ts';
import { nodeLifecycleController } from '../engine/nodes/node-lifecycle-controller.ts';
import { podGarbageCollector } from '../engine/nodes/pod-garbage-collector.ts';
import { taintEvictionController } from '../engine/nodes/taint-eviction-controller.ts';
import { allAdmission, allKinds } from '../engine/review/all.ts';
import { createReview } from '../engine/review/review.ts';
import { schedulerPlugins } from '../engine/scheduler/scheduler-plugins.ts';
import { createScheduler } from '../engine/scheduler/scheduler.ts';
import type { CsiDriverSetup } from '../engine/volumes/csi-driver.ts';
import { createExternalAttacher } from '../engine/volumes/external-attacher.ts';
import { createExternalProvisioner } from '../engine/volumes/external-provisioner.ts';
import { volumeControllers } from '../engine/volumes/volume-controllers.ts';

/** The CSI drivers that are installed: a disk for one node, and a file server for many. */
export const drivers: readonly CsiDriverSetup[] = [
  { name: 'disk.csi.example.com' },
  { name: 'files.csi.example.com', accessModes: ['ReadWriteOnce', 'ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOncePod'] },
];

/** What the API server does with an object before it is stored. */
export const review = createReview({ kinds: allKinds, admission: allAdmission });

/** The cluster of this lab. */
export const engine = createCluster({
  controllers: [
    nodeIpamController,
    nodeLifecycleController,
    taintEvictionController,
    podGarbageCollector,
    garbageCollector,
    deploymentController,
    replicaSetController,
    ...volumeControllers,
    createExternalProvisioner(drivers),
    createExternalAttacher(drivers),
    createScheduler({ plugins: schedulerPlugins }),
    kubelet,
  ],
  review,
});
