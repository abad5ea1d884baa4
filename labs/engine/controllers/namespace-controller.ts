import type { Condition, PodObject } from '../api/cluster-kinds.ts';
import { isKind, getKind } from '../api/kinds.ts';
import { podGracePeriodSeconds } from '../api/pod-deletion.ts';
import type { NamespaceObject } from '../api/workload-kinds.ts';
import { withCondition } from '../kubelet/pod-status.ts';
import { nothing, type Controller, type PlannedStep, type Reconciliation, type View } from '../loop/controller.ts';
import { without } from '../patch/json.ts';
import { valuesFrom } from '../store/sorted-chunks.ts';
import type { Store } from '../store/store.ts';
import { keyOf, kindOf, type StoredObject } from '../store/stored-object.ts';
import { qualifiedResource } from '../store/resource-kinds.ts';
import { timestampOf, unixMsOf } from '../store/timestamp.ts';

/** The controller waits so long before it begins. Models pkg/controller/namespace namespaceDeletionGracePeriod. */
const beginMs = 5000;
/** So long it expects finalizers to take, in seconds; it looks again after half of it and one second more. Models finalizerEstimateSeconds. */
const finalizerSeconds = 15;
const ourFinalizer = 'kubernetes';

/**
 * Empties a namespace that is being deleted, pods first, and lets it go once nothing is left in it. Models pkg/controller/namespace/deletion
 * namespaced_resources_deleter.go (with OrderedNamespaceDeletion). Discovery never fails here.
 */
export const namespaceController: Controller = {
  name: 'namespace-controller',
  watches: ['Namespace'],
  delayMs: 0,
  enqueue: ({ object, before, type }) =>
    type !== 'DELETED' && object.metadata.deletionTimestamp !== undefined && before?.metadata.deletionTimestamp === undefined
      ? [{ key: object.metadata.name }]
      : [],
  reconcile: (name, view) => {
    const namespace = getKind(view.store, 'Namespace', name);
    if (namespace?.metadata.deletionTimestamp === undefined) return nothing;
    if (namespace.status?.phase !== 'Terminating') return begun(namespace);
    const content = contentOf(view.store, name);
    return content.size === 0 ? { steps: [finished(view, namespace)] } : emptied(view, namespace, content);
  },
};

/** The real API server writes the phase together with the deletion. */
function begun(namespace: NamespaceObject): Reconciliation {
  const write = { verb: 'update', object: { ...namespace, status: { ...namespace.status, phase: 'Terminating' } }, subresource: 'status' } as const;
  return { steps: [{ write, text: `reports namespace ${namespace.metadata.name} as terminating` }], requeueAfterMs: beginMs };
}

type Content = ReadonlyMap<string, readonly StoredObject[]>;

/** What is in a namespace, by resource. */
function contentOf(store: Store, namespace: string): Content {
  const content = new Map<string, readonly StoredObject[]>();
  for (const [resource, chunks] of Object.entries(store.objects)) {
    const objects = valuesFrom(chunks, `${namespace}/`).filter((object) => object.metadata.namespace === namespace);
    if (objects.length > 0) content.set(resource, objects);
  }
  return content;
}

function finished({ store, nowMs }: View, namespace: NamespaceObject): PlannedStep {
  const at = timestampOf(store.startUnixMs + nowMs);
  const finalizers = (namespace.spec?.finalizers ?? []).filter((finalizer) => finalizer !== ourFinalizer);
  const spec = { ...without(namespace.spec ?? {}, 'finalizers'), ...(finalizers.length > 0 && { finalizers }) };
  const status = { ...namespace.status, phase: 'Terminating', conditions: conditionsOf(namespace, { remaining: new Map(), finalizers: new Map(), at }) };
  const write = { verb: 'update', object: { ...namespace, spec, status } } as const;
  return { write, text: `lets namespace ${namespace.metadata.name} go`, because: 'nothing is left in it' };
}

function emptied({ store, nowMs }: View, namespace: NamespaceObject, content: Content): Reconciliation {
  const { name, deletionTimestamp = '' } = namespace.metadata;
  const pods = (content.get('pods') ?? []) as readonly PodObject[];
  // While pods are left, nothing else is touched, and they are not called remaining: they are expected to take their time.
  const graceSeconds = Math.max(0, ...pods.map(({ spec: { terminationGracePeriodSeconds = 30 } }) => terminationGracePeriodSeconds));
  const isInGrace = pods.length > 0 && nowMs + store.startUnixMs < unixMsOf(deletionTimestamp) + graceSeconds * 1000;
  const objects = pods.length > 0 ? pods : [...content.values()].flat();
  const left = new Map<string, readonly StoredObject[]>();
  for (const [resource, all] of content) {
    const staying = all.filter((object) => (pods.length > 0 ? resource === 'pods' && !isInGrace : (object.metadata.finalizers ?? []).length > 0));
    if (staying.length > 0) left.set(resource, staying);
  }
  const finalizers = new Map<string, number>();
  for (const object of [...left.values()].flat())
    for (const finalizer of object.metadata.finalizers ?? []) finalizers.set(finalizer, (finalizers.get(finalizer) ?? 0) + 1);
  const remaining = new Map([...left].map(([resource, all]) => [resource, all.length]));
  const conditions = conditionsOf(namespace, { remaining, finalizers, at: timestampOf(store.startUnixMs + nowMs) });
  const write = { verb: 'update', object: { ...namespace, status: { ...namespace.status, phase: 'Terminating', conditions } }, subresource: 'status' } as const;
  const deletions = objects.filter(({ metadata }) => metadata.deletionTimestamp === undefined).map((object) => deletion(object, name));
  const isWaiting = pods.length > 0 || left.size > 0;
  const waitSeconds = isInGrace ? Math.floor(graceSeconds / 2) + 1 : Math.floor(finalizerSeconds / 2) + 1;
  return {
    steps: [...deletions, { write, text: `reports what is left in namespace ${name}`, refused: () => [] }],
    requeueAfterMs: isWaiting ? waitSeconds * 1000 : 0,
  };
}

function deletion(object: StoredObject, namespace: string): PlannedStep {
  const key = keyOf(object);
  const grace = isKind(object, 'Pod') ? { gracePeriodSeconds: podGracePeriodSeconds(object) } : {};
  return {
    write: { verb: 'delete', key, ...grace, propagationPolicy: 'Background' },
    text: `deletes ${qualifiedResource(kindOf(object))} ${object.metadata.name}`,
    because: `namespace ${namespace} is being deleted`,
    refused: () => [],
  };
}

interface Left {
  readonly remaining: ReadonlyMap<string, number>;
  readonly finalizers: ReadonlyMap<string, number>;
  readonly at: string;
}

function conditionsOf({ status }: NamespaceObject, { remaining, finalizers, at }: Left): readonly Condition[] {
  // A resource of the core group is written with the dot that its group would follow.
  const resources = [...remaining]
    .map(([resource, count]) => `${resource.includes('.') ? resource : `${resource}.`} has ${count} resource instances`)
    .toSorted();
  const held = [...finalizers].map(([finalizer, count]) => `${finalizer} in ${count} resource instances`).toSorted();
  const no = (type: string, reason: string, message: string): Condition => ({ type, status: 'False', reason, message });
  const wanted: readonly Condition[] = [
    no('NamespaceDeletionDiscoveryFailure', 'ResourcesDiscovered', 'All resources successfully discovered'),
    no('NamespaceDeletionGroupVersionParsingFailure', 'ParsedGroupVersions', 'All legacy kube types successfully parsed'),
    no('NamespaceDeletionContentFailure', 'ContentDeleted', 'All content successfully deleted, may be waiting on finalization'),
    resources.length === 0
      ? no('NamespaceContentRemaining', 'ContentRemoved', 'All content successfully removed')
      : { type: 'NamespaceContentRemaining', status: 'True', reason: 'SomeResourcesRemain', message: `Some resources are remaining: ${resources.join(', ')}` },
    held.length === 0
      ? no('NamespaceFinalizersRemaining', 'ContentHasNoFinalizers', 'All content-preserving finalizers finished')
      : {
          type: 'NamespaceFinalizersRemaining',
          status: 'True',
          reason: 'SomeFinalizersRemain',
          message: `Some content in the namespace has finalizers remaining: ${held.join(', ')}`,
        },
  ];
  return wanted.reduce((conditions, condition) => withCondition(conditions, condition, at), status?.conditions ?? []);
}
