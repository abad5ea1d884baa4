import { isKind } from '../engine/api/kinds.ts';
import type { JsonObject } from '../engine/patch/json.ts';
import { keyOf, type StoredObject } from '../engine/store/stored-object.ts';
import { nameInWords } from '../kit/cluster-lab/object-key.ts';
import type { OwnActs } from '../kit/cluster-lab/cluster-acts.ts';

const patched = (object: StoredObject, patch: JsonObject, text: string) =>
  ({ request: { verb: 'patch', key: keyOf(object), patchType: 'merge', patch }, text }) as const;

const policy = (object: StoredObject, to: 'Retain' | 'Delete') =>
  isKind(object, 'PersistentVolume') && object.spec.persistentVolumeReclaimPolicy !== to
    ? patched(object, { spec: { persistentVolumeReclaimPolicy: to } }, `You set the reclaim policy of volume ${object.metadata.name} to ${to}`)
    : undefined;

/** The annotation that makes a class the default. */
export const defaultClass = 'storageclass.kubernetes.io/is-default-class';

const isDefault = (object: StoredObject): boolean => object.metadata.annotations?.[defaultClass] === 'true';

const makeDefault = (object: StoredObject, to: boolean) =>
  isKind(object, 'StorageClass') && isDefault(object) !== to
    ? patched(
        object,
        { metadata: { annotations: { [defaultClass]: to ? 'true' : 'false' } } },
        `You make class ${object.metadata.name} ${to ? 'the default' : 'no longer the default'}`,
      )
    : undefined;

/** Whether an object is marked as deleted and held by finalizers. */
export const isStuck = ({ metadata }: StoredObject): boolean => metadata.deletionTimestamp !== undefined && (metadata.finalizers ?? []).length > 0;

/** What the learner can do beside creating, editing and deleting objects. The keys are in actions and links: never rename one. */
export const acts = {
  'clear-claim-ref': (_, object) =>
    isKind(object, 'PersistentVolume') && object.spec.claimRef !== undefined
      ? patched(object, { spec: { claimRef: null } }, `You remove the claimRef of volume ${object.metadata.name}`)
      : undefined,
  retain: (_, object) => policy(object, 'Retain'),
  'delete-policy': (_, object) => policy(object, 'Delete'),
  'make-default': (_, object) => makeDefault(object, true),
  'unmake-default': (_, object) => makeDefault(object, false),
  'drop-finalizers': (_, object) =>
    isStuck(object) ? patched(object, { metadata: { finalizers: null } }, `You strip the finalizers of ${nameInWords(object)} by force`) : undefined,
} satisfies OwnActs;
