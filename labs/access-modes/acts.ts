import type { Taint } from '../engine/api/cluster-kinds.ts';
import { isKind } from '../engine/api/kinds.ts';
import type { Deployment } from '../engine/api/workload-kinds.ts';
import type { JsonObject } from '../engine/patch/json.ts';
import { keyOf, type StoredObject } from '../engine/store/stored-object.ts';
import type { OwnActs } from '../kit/cluster-lab/cluster-acts.ts';

/** More pods than these are only made by editing. */
export const replicasMax = 4;

const patched = (object: StoredObject, patch: JsonObject, text: string) =>
  ({ request: { verb: 'patch', key: keyOf(object), patchType: 'merge', patch }, text }) as const;

/** How a Deployment replaces its pods. */
export const strategyOf = ({ spec }: Deployment): string => spec.strategy?.type ?? 'RollingUpdate';

const withStrategy = (object: StoredObject, type: string) =>
  isKind(object, 'Deployment') && strategyOf(object) !== type
    ? patched(object, { spec: { strategy: { type, rollingUpdate: null } } }, `You set the strategy of ${object.metadata.name} to ${type}`)
    : undefined;

/** The next version of an image: `shop:1.9` is followed by `shop:1.10`; undefined for one whose tag has no number at its end. */
export function nextImage({ spec }: Deployment): string | undefined {
  const [, name, number] = /^(.+:(?:.*\D)?)(\d{1,6})$/u.exec(spec.template.spec.containers[0]?.image ?? '') ?? [];
  return name === undefined ? undefined : `${name}${Number(number) + 1}`;
}

function released(object: StoredObject) {
  const image = isKind(object, 'Deployment') ? nextImage(object) : undefined;
  if (!isKind(object, 'Deployment') || image === undefined) return undefined;
  const containers = object.spec.template.spec.containers.map((container, index) => (index === 0 ? { ...container, image } : container));
  return patched(object, { spec: { template: { spec: { containers } } } }, `You release ${image} with ${object.metadata.name}`);
}

function scaled(object: StoredObject, by: 1 | -1) {
  if (!isKind(object, 'Deployment')) return undefined;
  const replicas = (object.spec.replicas ?? 1) + by;
  if (replicas < 0 || replicas > replicasMax) return undefined;
  return patched(object, { spec: { replicas } }, `You scale ${object.metadata.name} to ${replicas}`);
}

/** The taint by which a person says: this machine is off, take away what it holds. */
export const outOfService = 'node.kubernetes.io/out-of-service';

/** Whether a node has the taint. */
export const isOutOfService = (node: { readonly spec?: { readonly taints?: readonly Taint[] } }): boolean =>
  node.spec?.taints?.some(({ key }) => key === outOfService) ?? false;

function marked(object: StoredObject, isOut: boolean) {
  if (!isKind(object, 'Node') || isOutOfService(object) === isOut) return undefined;
  const others = (object.spec?.taints ?? []).filter(({ key }) => key !== outOfService);
  const taint = { key: outOfService, value: 'nodeshutdown', effect: 'NoExecute' };
  const taints = isOut ? [...others, taint] : others;
  return patched(
    object,
    { spec: { taints } },
    isOut ? `You mark ${object.metadata.name} as out of service` : `You take the out-of-service taint from ${object.metadata.name}`,
  );
}

function cordoned(object: StoredObject, unschedulable: boolean) {
  if (!isKind(object, 'Node') || (object.spec?.unschedulable === true) === unschedulable) return undefined;
  return patched(object, { spec: { unschedulable } }, `You ${unschedulable ? 'cordon' : 'uncordon'} ${object.metadata.name}`);
}

/** What the learner can do beside creating, editing and deleting objects. The keys are in actions and links: never rename one. */
export const acts = {
  recreate: (_, object) => withStrategy(object, 'Recreate'),
  'rolling-update': (_, object) => withStrategy(object, 'RollingUpdate'),
  release: (_, object) => released(object),
  'scale-up': (_, object) => scaled(object, 1),
  'scale-down': (_, object) => scaled(object, -1),
  'out-of-service': (_, object) => marked(object, true),
  'in-service': (_, object) => marked(object, false),
  cordon: (_, object) => cordoned(object, true),
  uncordon: (_, object) => cordoned(object, false),
  'force-delete': (_, object) =>
    isKind(object, 'Pod') && object.metadata.deletionTimestamp !== undefined
      ? {
          request: { verb: 'delete', key: keyOf(object), gracePeriodSeconds: 0 },
          text: `You delete pod ${object.metadata.name} by force: the API forgets it, whatever still runs`,
        }
      : undefined,
} satisfies OwnActs;
