import { getObject, listObjects, type Store } from '../store/store.ts';
import type { StoredObject } from '../store/stored-object.ts';
import type { PersistentVolume, PersistentVolumeClaim, StorageClass, VolumeAttachment, CsiNode, CsiDriver, NodeObject, PodObject } from './cluster-kinds.ts';
import { workloadVersions, type WorkloadKinds } from './workload-kinds.ts';

/** What a kind's name stands for here. */
interface KindTypes extends WorkloadKinds {
  readonly PersistentVolume: PersistentVolume;
  readonly PersistentVolumeClaim: PersistentVolumeClaim;
  readonly StorageClass: StorageClass;
  readonly VolumeAttachment: VolumeAttachment;
  readonly CSINode: CsiNode;
  readonly CSIDriver: CsiDriver;
  readonly Node: NodeObject;
  readonly Pod: PodObject;
}

const versions: Readonly<Record<keyof KindTypes, string>> = {
  PersistentVolume: 'v1',
  PersistentVolumeClaim: 'v1',
  StorageClass: 'storage.k8s.io/v1',
  VolumeAttachment: 'storage.k8s.io/v1',
  CSINode: 'storage.k8s.io/v1',
  CSIDriver: 'storage.k8s.io/v1',
  Node: 'v1',
  Pod: 'v1',
  ...workloadVersions,
};

/** The apiVersion of a kind that is typed here; undefined for others. */
export function versionOf(kind: string): string | undefined {
  return Object.entries(versions).find(([known]) => known === kind)?.[1];
}

/** The object of a kind and name, typed. `namespace` only for kinds that live in one. */
export function getKind<Kind extends keyof KindTypes>(store: Store, kind: Kind, name: string, namespace?: string): KindTypes[Kind] | undefined {
  return getObject(store, { apiVersion: versions[kind], kind, name, ...(namespace !== undefined && { namespace }) }) as KindTypes[Kind] | undefined;
}

/** The objects of a kind by namespace and name, typed. */
export function listKind<Kind extends keyof KindTypes>(store: Store, kind: Kind, namespace?: string): readonly KindTypes[Kind][] {
  return listObjects(store, { apiVersion: versions[kind], kind, ...(namespace !== undefined && { namespace }) }) as readonly KindTypes[Kind][];
}

/** Whether an object is of a kind; its type follows. */
export function isKind<Kind extends keyof KindTypes>(object: StoredObject, kind: Kind): object is KindTypes[Kind] {
  return object.kind === kind && object.apiVersion === versions[kind];
}
