import type { Controller } from '../loop/controller.ts';
import { attachDetachController } from './attach-detach-controller.ts';
import type { CsiDriverSetup } from './csi-driver.ts';
import { ephemeralVolumeController } from './ephemeral-volume-controller.ts';
import { expandController } from './expand-controller.ts';
import { createExternalAttacher } from './external-attacher.ts';
import { createExternalProvisioner } from './external-provisioner.ts';
import { createExternalResizer } from './external-resizer.ts';
import { createPersistentVolumeController, type PersistentVolumeControllerOptions } from './persistent-volume-controller.ts';
import { claimProtectionController, volumeProtectionController } from './volume-protection.ts';

/** The storage controllers of kube-controller-manager, in the order in which they act when they are due at once. */
export function createVolumeControllers(options: PersistentVolumeControllerOptions = {}): readonly Controller[] {
  return [
    createPersistentVolumeController(options),
    claimProtectionController,
    volumeProtectionController,
    attachDetachController,
    expandController,
    ephemeralVolumeController,
  ];
}

/** With the controller manager's defaults. */
export const volumeControllers: readonly Controller[] = createVolumeControllers();

/** The programs that come with CSI drivers: provisioner, attacher, resizer. */
export function createCsiControllers(drivers: readonly CsiDriverSetup[]): readonly Controller[] {
  return [createExternalProvisioner(drivers), createExternalAttacher(drivers), createExternalResizer(drivers)];
}
