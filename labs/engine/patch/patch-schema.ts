/**
 * How strategic merge patch treats the fields of the kinds that matter: our own table of the `patchStrategy` and `patchMergeKey` tags of v1.37.
 * A field that is not listed is merged if it is an object and replaced if it is a list.
 * Models k8s.io/api (struct tags) and apimachinery pkg/util/strategicpatch/meta.go.
 */

/** What the tags of one field say. */
export interface PatchField {
  /** Type of the object, or of the list's elements. */
  readonly type?: string;
  /** `merge` merges a list, `replace` replaces an object. */
  readonly strategy?: 'merge' | 'replace';
  /** The field that identifies an element of a merged list of objects; absent: a list of scalars. */
  readonly key?: string;
  /** Patches made for this field name all fields that stay. */
  readonly retainKeys?: boolean;
}

type PatchType = Readonly<Record<string, PatchField>>;

const byKey = (key: string, type?: string): PatchField => ({ strategy: 'merge', key, ...(type !== undefined && { type }) });
const scalars: PatchField = { strategy: 'merge' };
const conditions: PatchType = { conditions: byKey('type') };
const withStatus = (spec: string, status = 'ConditionsStatus'): PatchType => ({
  metadata: { type: 'ObjectMeta' },
  spec: { type: spec },
  status: { type: status },
});

const types: Readonly<Record<string, PatchType>> = {
  ObjectMeta: { finalizers: scalars, ownerReferences: byKey('uid') },
  ConditionsStatus: conditions,
  PlainSpec: {},
  Container: {
    env: byKey('name'),
    ports: byKey('containerPort'),
    volumeDevices: byKey('devicePath'),
    volumeMounts: byKey('mountPath'),
  },
  PodSpec: {
    containers: byKey('name', 'Container'),
    ephemeralContainers: byKey('name', 'Container'),
    hostAliases: byKey('ip'),
    imagePullSecrets: byKey('name'),
    initContainers: byKey('name', 'Container'),
    resourceClaims: { ...byKey('name'), retainKeys: true },
    schedulingGates: byKey('name'),
    topologySpreadConstraints: byKey('topologyKey'),
    volumes: { ...byKey('name'), retainKeys: true },
  },
  PodStatus: { ...conditions, hostIPs: byKey('ip'), podIPs: byKey('ip'), resourceClaimStatuses: { ...byKey('name'), retainKeys: true } },
  PodTemplateSpec: { metadata: { type: 'ObjectMeta' }, spec: { type: 'PodSpec' } },
  TemplateSpec: { template: { type: 'PodTemplateSpec' } },
  DeploymentSpec: { strategy: { retainKeys: true }, template: { type: 'PodTemplateSpec' } },
  JobTemplateSpec: { metadata: { type: 'ObjectMeta' }, spec: { type: 'TemplateSpec' } },
  CronJobSpec: { jobTemplate: { type: 'JobTemplateSpec' } },
  NodeSpec: { podCIDRs: scalars },
  NodeStatus: { ...conditions, addresses: byKey('type') },
  PodDisruptionBudgetSpec: { selector: { strategy: 'replace' } },
  ServiceSpec: { ports: byKey('port') },
  CSINodeSpec: { drivers: byKey('name') },

  CSINode: withStatus('CSINodeSpec'),
  CronJob: withStatus('CronJobSpec', 'PlainStatus'),
  DaemonSet: withStatus('TemplateSpec'),
  Deployment: withStatus('DeploymentSpec'),
  Job: withStatus('TemplateSpec'),
  MutatingWebhookConfiguration: { metadata: { type: 'ObjectMeta' }, webhooks: byKey('name') },
  Node: withStatus('NodeSpec', 'NodeStatus'),
  Pod: withStatus('PodSpec', 'PodStatus'),
  PodDisruptionBudget: withStatus('PodDisruptionBudgetSpec'),
  PodTemplate: { metadata: { type: 'ObjectMeta' }, template: { type: 'PodTemplateSpec' } },
  ReplicaSet: withStatus('TemplateSpec'),
  ReplicationController: withStatus('TemplateSpec'),
  Service: withStatus('ServiceSpec'),
  ServiceAccount: { metadata: { type: 'ObjectMeta' }, secrets: byKey('name') },
  StatefulSet: withStatus('TemplateSpec'),
  ValidatingWebhookConfiguration: { metadata: { type: 'ObjectMeta' }, webhooks: byKey('name') },
  HorizontalPodAutoscaler: withStatus('PlainSpec'),
  Namespace: withStatus('PlainSpec'),
  PersistentVolumeClaim: withStatus('PlainSpec'),
};

const plain: PatchType = { metadata: { type: 'ObjectMeta' } };
const unlisted: PatchField = {};

/** Name of the patch type of a kind: the kind itself if it has fields of its own, else a type that only knows metadata. */
export function patchTypeOf(kind: string): string {
  return Object.hasOwn(types, kind) ? kind : 'OtherKind';
}

/** What the tags say of a field of a type; an empty answer for fields and types that the table does not list. */
export function patchFieldOf(type: string | undefined, field: string): PatchField {
  if (type === undefined) return unlisted;
  const fields = type === 'OtherKind' ? plain : Object.hasOwn(types, type) ? types[type] : undefined;
  return fields !== undefined && Object.hasOwn(fields, field) ? (fields[field] ?? unlisted) : unlisted;
}
