import type { AccessMode, PersistentVolume } from '../engine/api/cluster-kinds.ts';
import type { CsiDriverSetup } from '../engine/volumes/csi-driver.ts';

/** The CSI drivers that are installed: a disk for one node, and a file server for many. */
export const drivers: readonly (CsiDriverSetup & { readonly accessModes: readonly AccessMode[] })[] = [
  { name: 'disk.csi.example.com', accessModes: ['ReadWriteOnce', 'ReadWriteOncePod'] },
  { name: 'files.csi.example.com', accessModes: ['ReadWriteOnce', 'ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOncePod'] },
];

/** The driver of a volume, as it is installed here; undefined if the volume has none, or one that nobody installed. */
export const driverOf = ({ spec: { csi } }: PersistentVolume) => drivers.find(({ name }) => name === csi?.driver);

/**
 * The one capability that a volume is attached with, or why there is none: CSI knows a single mode a volume, and the widest one counts. Models
 * kubernetes-csi/csi-lib-utils accessmodes ToCSIAccessMode.
 */
function capabilityOf(modes: readonly AccessMode[]): { readonly mode: AccessMode } | { readonly error: string } {
  if (modes.includes('ReadWriteMany')) return { mode: 'ReadWriteMany' };
  if (modes.includes('ReadOnlyMany') && modes.includes('ReadWriteOnce'))
    return { error: 'CSI does not support ReadOnlyMany and ReadWriteOnce on the same PersistentVolume' };
  const [mode = 'ReadWriteOnce'] = modes;
  return { mode: modes.includes('ReadOnlyMany') ? 'ReadOnlyMany' : mode };
}

/**
 * Why a driver refuses to attach a volume to one more node, with the modes that its PersistentVolume lists; undefined if it does not, or is not known.
 * `holder` is the node that has it already. Models the codes of CSI ControllerPublishVolume; the words are those of a driver of disks.
 */
export function attachProblem(volume: PersistentVolume, holder: string | undefined): string | undefined {
  const driver = driverOf(volume);
  if (driver === undefined) return undefined;
  const capability = capabilityOf(volume.spec.accessModes);
  if ('error' in capability) return capability.error;
  if (!driver.accessModes.includes(capability.mode)) return 'rpc error: code = InvalidArgument desc = Volume capability not supported';
  const isShared = capability.mode === 'ReadWriteMany' || capability.mode === 'ReadOnlyMany';
  if (holder === undefined || isShared) return undefined;
  return `rpc error: code = FailedPrecondition desc = volume ${volume.spec.csi?.volumeHandle ?? ''} is published to node ${holder}`;
}
