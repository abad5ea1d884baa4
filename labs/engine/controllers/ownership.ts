import { objectIndex } from '../store/object-index.ts';
import type { Store } from '../store/store.ts';
import type { OwnerReference, StoredObject } from '../store/stored-object.ts';

const byOwner = objectIndex(({ metadata: { ownerReferences = [], namespace = '' } }) => {
  const uids = ownerReferences.map(({ uid }) => uid);
  const controller = ownerReferences.find((owner) => owner.controller === true);
  return [...uids, controller === undefined ? `free/${namespace}` : `controlled/${controller.uid}`];
});

/** All objects that name an owner, by kind and name. */
export function dependentsOf(store: Store, ownerUid: string): readonly StoredObject[] {
  return byOwner.findAll(store, ownerUid);
}

interface Type {
  readonly apiVersion: string;
  readonly kind: string;
}

/** The objects of a kind that an owner controls. */
export function controlledBy(store: Store, type: Type, ownerUid: string): readonly StoredObject[] {
  return byOwner.find(store, type, `controlled/${ownerUid}`);
}

/** The objects of a kind in a namespace that nobody controls. */
export function uncontrolled(store: Store, type: Type, namespace: string): readonly StoredObject[] {
  return byOwner.find(store, type, `free/${namespace}`);
}

/** The owner that controls an object. */
export function controllerOf({ metadata: { ownerReferences } }: StoredObject): OwnerReference | undefined {
  return ownerReferences?.find((owner) => owner.controller === true);
}

/** A reference to an owner that controls. Models apimachinery apis/meta/v1 NewControllerRef. */
export function controllerReference({ apiVersion, kind, metadata: { name, uid } }: StoredObject): OwnerReference {
  return { apiVersion, kind, name, uid, controller: true, blockOwnerDeletion: true };
}
