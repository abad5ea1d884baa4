import { addQuantities, compareQuantities, quantityText } from '../../../reading/quantity.ts';
import { fieldOf, type JsonObject } from '../../patch/json.ts';
import type { SortedChunks } from '../../store/sorted-chunks.ts';
import { listObjects, type Store } from '../../store/store.ts';
import type { RequestedObject, StoredObject } from '../../store/stored-object.ts';
import { qosClass } from '../defaults/qos-class.ts';
import type { AdmissionPlugin } from '../admission-plugin.ts';
import { has, objectAt, objectsAt, textAt, textsAt } from '../read-fields.ts';
import { quantityOf } from '../rules/quantity-rules.ts';
import { addedUsage, objectUsage, usageGrowth, usageText, type Usage } from './object-usage.ts';
import { refusal } from './refusal.ts';

interface Scope {
  readonly scopeName: string;
  readonly operator: string;
  readonly values: readonly string[];
}

function scopesOf(spec: JsonObject): readonly Scope[] {
  return [
    ...textsAt(spec, 'scopes').map((scopeName) => ({ scopeName, operator: 'Exists', values: [] })),
    ...objectsAt(objectAt(spec, 'scopeSelector'), 'matchExpressions').map((each) => ({
      scopeName: textAt(each, 'scopeName'),
      operator: textAt(each, 'operator'),
      values: textsAt(each, 'values'),
    })),
  ];
}

/** Whether a pod is in a scope. Models pkg/quota/v1/evaluator/core/pods.go podMatchesScopeFunc. */
function isInScope(spec: JsonObject, { scopeName, operator, values }: Scope): boolean {
  switch (scopeName) {
    case 'Terminating':
      return has(spec, 'activeDeadlineSeconds');
    case 'NotTerminating':
      return !has(spec, 'activeDeadlineSeconds');
    case 'BestEffort':
      return qosClass(spec) === 'BestEffort';
    case 'NotBestEffort':
      return qosClass(spec) !== 'BestEffort';
    case 'PriorityClass': {
      const name = textAt(spec, 'priorityClassName');
      if (operator === 'In') return values.includes(name);
      if (operator === 'NotIn') return !values.includes(name);
      return (operator === 'Exists') === (name !== '');
    }
    default:
      return false;
  }
}

/** Whether a quota counts an object: one with scopes counts pods alone. */
function counts(quota: StoredObject, object: RequestedObject): boolean {
  const scopes = scopesOf(objectAt(quota, 'spec'));
  const spec = objectAt(object, 'spec');
  return scopes.length === 0 || (object.kind === 'Pod' && scopes.every((scope) => isInScope(spec, scope)));
}

/** Resources of the store that a quota's names are about. */
function resourcesOf(names: readonly string[]): (resource: string) => boolean {
  const pods = /^(?:pods|(?:requests\.|limits\.)?(?:cpu|memory|ephemeral-storage)|requests\.(?!storage$).+)$/u;
  const wanted = new Set(
    names.map((name) => {
      if (name.startsWith('count/')) return name.slice('count/'.length);
      if (name === 'requests.storage' || name.includes('.storageclass.storage.k8s.io/')) return 'persistentvolumeclaims';
      return pods.test(name) ? 'pods' : (name.split('.')[0] ?? '');
    }),
  );
  return (resource) => wanted.has(resource);
}

/** A chunk of the store never changes, nor does a quota: what is counted once stays right. */
const countedChunks = new WeakMap<Chunk, WeakMap<StoredObject, Usage>>();
type Chunk = SortedChunks<StoredObject>[number];

function usageOfChunk(chunk: Chunk, quota: StoredObject, names: readonly string[]): Usage {
  const known = countedChunks.get(chunk) ?? new WeakMap<StoredObject, Usage>();
  countedChunks.set(chunk, known);
  const before = known.get(quota);
  if (before !== undefined) return before;
  let used: Usage = new Map();
  for (const { value } of chunk) {
    if (value.metadata.namespace === quota.metadata.namespace && counts(quota, value)) used = addedUsage(used, onlyOf(names, objectUsage(value)));
  }
  known.set(quota, used);
  return used;
}

/** What is used of a quota, counted from the store; the quota controller keeps the same in its status. Names of the quota alone, in their order. */
export function quotaUsed(store: Store, quota: StoredObject): Usage {
  const names = Object.keys(objectAt(objectAt(quota, 'spec'), 'hard'));
  const isWanted = resourcesOf(names);
  const zero: Usage = new Map(names.toSorted().map((name) => [name, quantityOf('0')]));
  const chunks = Object.keys(store.objects)
    .filter(isWanted)
    .flatMap((resource) => store.objects[resource] ?? []);
  return chunks.reduce((used, chunk) => addedUsage(used, usageOfChunk(chunk, quota, names)), zero);
}

const onlyOf = (names: readonly string[], usage: Usage): Usage => new Map([...usage].filter(([name]) => names.includes(name)));

/** Under a quota for cpu or memory each container must say what it asks for. */
function unspecified(spec: JsonObject, names: readonly string[]): string | undefined {
  const wrong = names
    .filter((name) => /^(?:(?:requests|limits)\.)?(?:cpu|memory)$/u.test(name))
    .toSorted()
    .flatMap((name) => {
      const list = name.startsWith('limits.') ? 'limits' : 'requests';
      const resource = name.replace(/^(?:requests|limits)\./u, '');
      const missing = [...objectsAt(spec, 'containers'), ...objectsAt(spec, 'initContainers')].filter(
        (container) => !has(objectAt(objectAt(container, 'resources'), list), resource),
      );
      const containers = [...new Set(missing.map((container) => textAt(container, 'name')))].toSorted();
      return containers.length === 0 ? [] : [`${name} for: ${containers.join(',')}`];
    });
  return wrong.length === 0 ? undefined : `must specify ${wrong.join('; ')}`;
}

/** Why a quota does not allow an object. */
function objection(store: Store, quota: StoredObject, { object, old }: { readonly object: RequestedObject; readonly old?: StoredObject }): string | undefined {
  if (!counts(quota, object)) return undefined;
  const { name } = quota.metadata;
  const hard = objectAt(objectAt(quota, 'spec'), 'hard');
  const names = Object.keys(hard);
  const usage = onlyOf(names, objectUsage(object));
  if (usage.size === 0 && object.kind !== 'Pod') return undefined;
  const missing = object.kind === 'Pod' ? unspecified(objectAt(object, 'spec'), names) : undefined;
  if (missing !== undefined) return `failed quota: ${name}: ${missing}`;
  const growth = old === undefined ? usage : usageGrowth(usage, objectUsage(old));
  const wanted = new Map([...growth].filter(([, amount]) => compareQuantities(amount, quantityOf('0')) > 0));
  if (wanted.size === 0) return undefined;
  const used = quotaUsed(store, quota);
  const zero = quantityOf('0');
  const exceeded = [...wanted].filter(
    ([each, amount]) => compareQuantities(addQuantities(used.get(each) ?? zero, amount), quantityOf(fieldOf(hard, each))) > 0,
  );
  if (exceeded.length === 0) return undefined;
  const part = (from: Usage): string => usageText(new Map(exceeded.map(([each]) => [each, from.get(each) ?? zero])));
  const limits: Usage = new Map(exceeded.map(([each]) => [each, quantityOf(fieldOf(hard, each))]));
  return `exceeded quota: ${name}, requested: ${part(wanted)}, used: ${part(used)}, limited: ${part(limits)}`;
}

/** Kinds of which an update can take more than before. */
const growing = new Set(['PersistentVolumeClaim', 'Service']);

/**
 * Nothing beyond the quotas of its namespace. What is used is counted from the store at each request; the status of the quota is its controller's work.
 * Models apiserver pkg/admission/plugin/resourcequota/controller.go.
 */
export const resourceQuota: AdmissionPlugin = {
  name: 'ResourceQuota',
  validate: ({ object, old, store }) => {
    const { namespace } = object.metadata;
    if (namespace === undefined || object.kind === 'Event' || (old !== undefined && !growing.has(object.kind))) return undefined;
    for (const quota of listObjects(store, { apiVersion: 'v1', kind: 'ResourceQuota', namespace })) {
      const because = objection(store, quota, { object, ...(old !== undefined && { old }) });
      if (because !== undefined) return refusal(object, because);
    }
    return undefined;
  },
};

/** Amounts as texts, as a quota's status holds them. */
export function writtenUsage(usage: Usage): Readonly<Record<string, string>> {
  return Object.fromEntries([...usage].map(([name, amount]) => [name, quantityText(amount)]));
}
