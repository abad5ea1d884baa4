import { getKind } from '../engine/api/cluster-kinds.ts';
import type { Controller, PlannedStep } from '../engine/loop/controller.ts';
import { attachDetachController } from '../engine/volumes/attach-detach-controller.ts';
import { isForOneNode } from '../engine/volumes/csi-driver.ts';

const isAttach = (step: PlannedStep): boolean => 'write' in step && step.write.verb === 'create';

/**
 * The engine's attach controller, which asks for a volume for one node on one node only, also when pods on several nodes come to need it at one moment.
 * Models pkg/controller/volume/attachdetach/reconciler attachDesiredVolumes: while one operation for such a volume is pending no other is begun.
 */
export const singleAttachController: Controller = {
  ...attachDetachController,
  reconcile: (key, view) => {
    const done = attachDetachController.reconcile(key, view);
    const volume = getKind(view.store, 'PersistentVolume', key);
    if (volume === undefined || !isForOneNode(volume)) return done;
    const [first] = done.steps.filter(isAttach);
    return { ...done, steps: done.steps.filter((step) => step === first || !isAttach(step)) };
  },
};
