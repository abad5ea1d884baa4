import { isKind } from '../api/kinds.ts';
import { podGracePeriodSeconds } from '../api/pod-deletion.ts';
import { nothing, type Controller, type PlannedStep, type Reconciliation, type View, type Work } from '../loop/controller.ts';
import { sameJson } from '../patch/json.ts';
import { getObject, type Store } from '../store/store.ts';
import { keyOf, kindOf, type ObjectKey, type OwnerReference, type StoredObject } from '../store/stored-object.ts';
import { qualifiedResource } from '../store/resource-kinds.ts';
import { dependentsOf } from './ownership.ts';

const foreground = 'foregroundDeletion';
const orphan = 'orphan';

/**
 * Deletes what lost its last owner, and sees to deletions in the foreground (dependents first) and those that leave orphans. Models
 * pkg/controller/garbagecollector.
 */
export const garbageCollector: Controller = {
  name: 'garbage-collector-controller',
  watches: ['*'],
  delayMs: 50,
  enqueue: ({ object, before, type }, { store }): readonly Work[] => {
    const { ownerReferences: owners = [] } = object.metadata;
    // An owner that waits for its dependents may go on.
    const waiting = owners.map((owner) => ownerOf(store, owner, object)).filter((owner) => owner !== undefined && isWaiting(owner, foreground));
    const works = waiting.map((owner) => workOf(owner ?? object));
    if (type === 'DELETED') return [...works, ...dependentsOf(store, object.metadata.uid).map(workOf)];
    const begins = (finalizer: string): boolean => isWaiting(object, finalizer) && (before === undefined || !isWaiting(before, finalizer));
    const isOwned =
      owners.length > 0 &&
      (before === undefined || !sameJson(before.metadata.ownerReferences, owners)) &&
      owners.some((owner) => isDangling(store, owner, object));
    return isOwned || begins(foreground) || begins(orphan) ? [...works, workOf(object)] : works;
  },
  reconcile: (key, view) => {
    const object = getObject(view.store, JSON.parse(key) as ObjectKey);
    return object === undefined ? nothing : collected(view, object);
  },
};

const workOf = (object: StoredObject): Work => ({ key: JSON.stringify(keyOf(object)) });

/** Whether a deleted object waits for one of the two finalizers that are the garbage collector's. */
function isWaiting({ metadata: { deletionTimestamp, finalizers } }: StoredObject, finalizer: string): boolean {
  return deletionTimestamp !== undefined && (finalizers ?? []).includes(finalizer);
}

/** The owner that a reference names: the same uid, in the object's own namespace or in none. */
function ownerOf(store: Store, { apiVersion, kind, name, uid }: OwnerReference, { metadata: { namespace } }: StoredObject): StoredObject | undefined {
  const owner = getObject(store, { apiVersion, kind, name, ...(namespace !== undefined && { namespace }) });
  return owner?.metadata.uid === uid ? owner : undefined;
}

const isDangling = (store: Store, owner: OwnerReference, object: StoredObject): boolean => ownerOf(store, owner, object) === undefined;

function collected({ store }: View, object: StoredObject): Reconciliation {
  if (isWaiting(object, orphan)) return { steps: orphaned(store, object) };
  if (isWaiting(object, foreground)) return { steps: dependentsFirst(store, object) };
  const { deletionTimestamp, ownerReferences = [] } = object.metadata;
  if (deletionTimestamp !== undefined || ownerReferences.length === 0) return nothing;
  const owners = ownerReferences.map((reference) => ({ reference, owner: ownerOf(store, reference, object) }));
  const solid = owners.filter(({ owner }) => owner !== undefined && !isWaiting(owner, foreground));
  const waiting = owners.filter(({ owner }) => owner !== undefined && isWaiting(owner, foreground));
  if (solid.length === owners.length) return nothing;
  if (solid.length > 0) {
    const references = solid.map(({ reference }) => reference);
    return { steps: [owned(object, references, `forgets lost owners of ${named(object)}`, 'it has other owners')] };
  }
  const isForeground = waiting.length > 0 && dependentsOf(store, object.metadata.uid).length > 0;
  return {
    steps: [deletion(object, isForeground ? 'Foreground' : policyOf(object), waiting.length > 0 ? 'its owner waits for it to go' : 'its owner is gone')],
  };
}

/** An object whose owners are gone is deleted in the way that its finalizers ask for. */
function policyOf({ metadata: { finalizers = [] } }: StoredObject): 'Orphan' | 'Foreground' | 'Background' {
  return finalizers.includes(orphan) ? 'Orphan' : finalizers.includes(foreground) ? 'Foreground' : 'Background';
}

function deletion(object: StoredObject, propagationPolicy: 'Orphan' | 'Foreground' | 'Background', because: string): PlannedStep {
  const { uid } = object.metadata;
  const grace = isKind(object, 'Pod') ? { gracePeriodSeconds: podGracePeriodSeconds(object) } : {};
  const write = { verb: 'delete', key: keyOf(object), preconditions: { uid }, propagationPolicy, ...grace } as const;
  return {
    write,
    text: `deletes ${named(object)}`,
    because,
    refused: ({ code }) => (code === 404 ? [] : [{ note: `cannot delete ${named(object)}`, about: object }]),
  };
}

function orphaned(store: Store, owner: StoredObject): readonly PlannedStep[] {
  const { uid } = owner.metadata;
  const freed = dependentsOf(store, uid).map((object) => {
    const others = (object.metadata.ownerReferences ?? []).filter((reference) => reference.uid !== uid);
    return owned(object, others, `frees ${named(object)} of its owner`, `${named(owner)} leaves it behind`);
  });
  return [...freed, unfinalized(owner, orphan)];
}

/** All dependents that have not been told yet are deleted; the owner goes when none is left that blocks it. */
function dependentsFirst(store: Store, owner: StoredObject): readonly PlannedStep[] {
  const { uid } = owner.metadata;
  const dependents = dependentsOf(store, uid);
  const blocking = dependents.filter(({ metadata: { ownerReferences = [] } }) =>
    ownerReferences.some((reference) => reference.uid === uid && reference.blockOwnerDeletion === true),
  );
  if (blocking.length === 0) return [unfinalized(owner, foreground)];
  return dependents
    .filter(({ metadata: { deletionTimestamp } }) => deletionTimestamp === undefined)
    .flatMap((object) => collected({ store, nowMs: 0, world: {}, memory: null }, object).steps);
}

function unfinalized(object: StoredObject, finalizer: string): PlannedStep {
  const because = finalizer === orphan ? 'its dependents are free' : 'no dependent blocks it any longer';
  return {
    write: { verb: 'unfinalize', key: keyOf(object), finalizer },
    text: `removes finalizer ${finalizer} from ${named(object)}`,
    because,
    refused: () => [],
  };
}

function owned(object: StoredObject, references: readonly OwnerReference[], text: string, because: string): PlannedStep {
  const patch = { metadata: { uid: object.metadata.uid, ownerReferences: references.length === 0 ? null : references } };
  return { write: { verb: 'patch', key: keyOf(object), patchType: 'merge', patch }, text, because, refused: () => [] };
}

const named = (object: StoredObject): string => `${qualifiedResource(kindOf(object))} ${object.metadata.name}`;
