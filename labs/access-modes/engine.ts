import { deploymentController } from '../engine/controllers/deployment-controller.ts';
import { garbageCollector } from '../engine/controllers/garbage-collector.ts';
import { replicaSetController } from '../engine/controllers/replica-set-controller.ts';
import { kubelet } from '../engine/kubelet/kubelet.ts';
import { createCluster } from '../engine/loop/cluster.ts';
import { nodeLifecycleController } from '../engine/nodes/node-lifecycle-controller.ts';
import { podGarbageCollector } from '../engine/nodes/pod-garbage-collector.ts';
import { taintEvictionController } from '../engine/nodes/taint-eviction-controller.ts';
import { allAdmission, allKinds } from '../engine/review/all.ts';
import { createReview } from '../engine/review/review.ts';
import { schedulerPlugins } from '../engine/scheduler/scheduler-plugins.ts';
import { createScheduler } from '../engine/scheduler/scheduler.ts';
import { createExternalProvisioner } from '../engine/volumes/external-provisioner.ts';
import { attachDetachController } from '../engine/volumes/attach-detach-controller.ts';
import { volumeControllers } from '../engine/volumes/volume-controllers.ts';
import { capableAttacher } from './capable-attacher.ts';
import { drivers } from './drivers.ts';
import { singleAttachController } from './single-attach.ts';

/** What the API server does with an object before it is stored. */
export const review = createReview({ kinds: allKinds, admission: allAdmission });

/** The cluster of this lab. */
export const engine = createCluster({
  controllers: [
    nodeLifecycleController,
    taintEvictionController,
    podGarbageCollector,
    garbageCollector,
    deploymentController,
    replicaSetController,
    ...volumeControllers.map((controller) => (controller === attachDetachController ? singleAttachController : controller)),
    createExternalProvisioner(drivers),
    capableAttacher,
    createScheduler({ plugins: schedulerPlugins }),
    kubelet,
  ],
  review,
});
