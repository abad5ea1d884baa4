import type { AccessMode, PersistentVolume } from '../api/cluster-kinds.ts';
import { getKind } from '../api/kinds.ts';
import type { View } from '../loop/controller.ts';
import type { Store } from '../store/store.ts';

/** A CSI driver as a lab installs it: what its programs can do, and how long they take. */
export interface CsiDriverSetup {
  /** As classes and volumes name it: `csi.example.com`. */
  readonly name: string;
  /** What its volumes can do; absent: ReadWriteOnce and ReadWriteOncePod, as disks can. */
  readonly accessModes?: readonly AccessMode[];
  /** Label of nodes that limits where a volume can be used: `topology.kubernetes.io/zone`. Absent: its volumes can be used everywhere. */
  readonly topologyKey?: string;
  /** Whether a file system grows while it is in use. Absent: yes. */
  readonly canGrow?: boolean;
  /** Time to make or delete a volume; 2,000 if absent. */
  readonly provisionMs?: number;
  /** Time to attach or detach; 1,000 if absent. */
  readonly attachMs?: number;
}

/** The driver of a name: one that the lab set up, or any whose CSIDriver object somebody made; undefined: it is not installed. */
export function driverNamed(drivers: readonly CsiDriverSetup[], store: Store, name: string): CsiDriverSetup | undefined {
  return drivers.find((driver) => driver.name === name) ?? (getKind(store, 'CSIDriver', name) === undefined ? undefined : { name });
}

/** What a driver's volumes can do. */
export const modesOf = ({ accessModes = ['ReadWriteOnce', 'ReadWriteOncePod'] }: CsiDriverSetup): readonly AccessMode[] => accessModes;

export const provisionMsDefault = 2000;
export const attachMsDefault = 1000;

/** Whether a fact of the world says that a driver's program is not there. */
export function isDown({ world }: View, part: 'provisioner' | 'attacher', driver: string): boolean {
  return world[`${part}/${driver}`] === 'down';
}

/** A failure in the words of a fact of the world (`refuses: out of quota`); undefined if the driver works. */
export function refusalOf({ world }: View, part: 'provisioner' | 'attacher', driver: string): string | undefined {
  const fact = world[`${part}/${driver}`];
  return typeof fact === 'string' && fact.startsWith('refuses: ') ? fact.slice('refuses: '.length) : undefined;
}

/** The driver of a volume that must be attached to a node before it is mounted there; undefined if it needs no attaching. */
export function attacherOf(store: Store, { spec: { csi } }: PersistentVolume): string | undefined {
  return csi === undefined || getKind(store, 'CSIDriver', csi.driver)?.spec?.attachRequired === false ? undefined : csi.driver;
}

/** Whether a volume may be attached to one node only. Models pkg/controller/volume/attachdetach/util isMultiAttachForbidden: one shared mode frees it. */
export function isForOneNode({ spec }: PersistentVolume): boolean {
  return spec.accessModes.length > 0 && !spec.accessModes.some((mode) => mode === 'ReadWriteMany' || mode === 'ReadOnlyMany');
}
