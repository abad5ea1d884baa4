import type { AccessMode, PersistentVolume } from '../api/cluster-kinds.ts';
import { modesOf, type CsiDriverSetup } from './csi-driver.ts';

/** Why a volume is not attached, and whether the driver said so: then it was asked, and what it began must be undone. */
export interface AttachProblem {
  readonly message: string;
  readonly isFromDriver: boolean;
}

/**
 * The one capability that a volume is attached with, or why there is none: CSI knows a single mode a volume, and the widest one counts. Models
 * kubernetes-csi/csi-lib-utils accessmodes ToCSIAccessMode.
 */
function capabilityOf(modes: readonly AccessMode[]): { readonly mode: AccessMode } | { readonly error: string } {
  const [mode = 'ReadWriteOnce'] = modes;
  if (modes.includes('ReadWriteOncePod') && modes.some((each) => each !== 'ReadWriteOncePod'))
    return { error: 'Kubernetes does not support use of ReadWriteOncePod with other access modes on the same PersistentVolume' };
  if (modes.includes('ReadWriteMany')) return { mode: 'ReadWriteMany' };
  if (modes.includes('ReadOnlyMany') && modes.includes('ReadWriteOnce'))
    return { error: 'CSI does not support ReadOnlyMany and ReadWriteOnce on the same PersistentVolume' };
  return { mode };
}

/**
 * Why a volume with the modes that its PersistentVolume lists is not attached to one more node; undefined: it can be. Nobody looks earlier: binding
 * compares two lists. `holder` is another node that has it already. Models csi_handler.go csiAttach and the codes of CSI ControllerPublishVolume; the
 * words are those of a driver of disks.
 */
export function attachProblem({ spec }: PersistentVolume, driver: CsiDriverSetup, holder: string | undefined): AttachProblem | undefined {
  const capability = capabilityOf(spec.accessModes);
  if ('error' in capability) return { message: capability.error, isFromDriver: false };
  const says = (code: string, text: string): AttachProblem => ({ message: `rpc error: code = ${code} desc = ${text}`, isFromDriver: true });
  if (!modesOf(driver).includes(capability.mode)) return says('InvalidArgument', 'Volume capability not supported');
  const isShared = capability.mode === 'ReadWriteMany' || capability.mode === 'ReadOnlyMany';
  return holder === undefined || isShared ? undefined : says('FailedPrecondition', `volume ${spec.csi?.volumeHandle ?? ''} is published to node ${holder}`);
}
