/** A kind as the API server stores it: the group and the kind; versions of one group share their objects. */
export interface ResourceKind {
  readonly group: string;
  readonly kind: string;
}

/** The kind that an `apiVersion` and a `kind` name. */
export function resourceKind(apiVersion: string, kind: string): ResourceKind {
  const slash = apiVersion.indexOf('/');
  return { group: slash === -1 ? '' : apiVersion.slice(0, slash), kind };
}

/** Plural in URLs and messages. Models apimachinery pkg/api/meta/restmapper.go UnsafeGuessKindToResource. */
export function resourceOf({ kind }: ResourceKind): string {
  const singular = kind.toLowerCase();
  if (singular === 'endpoints') return singular;
  if (singular.endsWith('s')) return `${singular}es`;
  return singular.endsWith('y') ? `${singular.slice(0, -1)}ies` : `${singular}s`;
}

/** `deployments.apps`, `pods`. */
export function qualifiedResource(kind: ResourceKind): string {
  return kind.group === '' ? resourceOf(kind) : `${resourceOf(kind)}.${kind.group}`;
}

/** `Deployment.apps`, `Pod`. */
export function qualifiedKind({ group, kind }: ResourceKind): string {
  return group === '' ? kind : `${kind}.${group}`;
}

/** Where etcd keeps an object; some old kinds have paths of their own. Models kube-apiserver's storage prefixes. */
export function storagePath(kind: ResourceKind, namespace: string | undefined, name: string): string {
  const old: Readonly<Record<string, string>> = { Endpoints: 'services/endpoints', Node: 'minions', Service: 'services/specs' };
  const folder = (kind.group === '' ? old[kind.kind] : undefined) ?? (isCustom(kind) ? `${kind.group}/${resourceOf(kind)}` : resourceOf(kind));
  return ['/registry', folder, ...(namespace === undefined ? [] : [namespace]), name].join('/');
}

const builtInGroups = new Set(['', 'apps', 'autoscaling', 'batch', 'extensions', 'policy']);

/** Whether a kind comes from a CustomResourceDefinition. */
export function isCustom({ group }: ResourceKind): boolean {
  return !builtInGroups.has(group) && !group.endsWith('.k8s.io');
}

const clusterScoped = new Set([
  ...['APIService', 'CertificateSigningRequest', 'ClusterRole', 'ClusterRoleBinding', 'CSIDriver', 'CSINode', 'CustomResourceDefinition', 'DeviceClass'],
  ...['FlowSchema', 'IngressClass', 'IPAddress', 'MutatingAdmissionPolicy', 'MutatingAdmissionPolicyBinding', 'MutatingWebhookConfiguration', 'Namespace'],
  ...['Node', 'PersistentVolume', 'PriorityClass', 'PriorityLevelConfiguration', 'ResourceSlice', 'RuntimeClass', 'ServiceCIDR', 'StorageClass'],
  ...['ValidatingAdmissionPolicy', 'ValidatingAdmissionPolicyBinding', 'ValidatingWebhookConfiguration', 'VolumeAttachment', 'VolumeAttributesClass'],
]);

/** Whether objects of a kind live in namespaces. Custom resources are taken to. */
export function isNamespaced(kind: ResourceKind): boolean {
  return isCustom(kind) || !clusterScoped.has(kind.kind);
}

const withoutStatus = new Set([
  ...['ClusterRole', 'ClusterRoleBinding', 'ConfigMap', 'ControllerRevision', 'CSIDriver', 'CSINode', 'DeviceClass', 'Endpoints', 'EndpointSlice', 'Event'],
  ...['IngressClass', 'IPAddress', 'Lease', 'LimitRange', 'MutatingWebhookConfiguration', 'NetworkPolicy', 'PodTemplate', 'PriorityClass', 'ResourceSlice'],
  ...['Role', 'RoleBinding', 'RuntimeClass', 'Secret', 'ServiceAccount', 'StorageClass', 'ValidatingWebhookConfiguration', 'VolumeAttributesClass'],
]);

/** Whether a kind has the subresource `status`: writes of the object leave the status alone, and the other way round. */
export function hasStatus(kind: ResourceKind): boolean {
  return isCustom(kind) || !withoutStatus.has(kind.kind);
}

const withoutGeneration = new Set([
  ...['CertificateSigningRequest', 'ClusterRole', 'ClusterRoleBinding', 'ConfigMap', 'ControllerRevision', 'CSINode', 'Endpoints', 'Event'],
  ...['HorizontalPodAutoscaler', 'Lease', 'LimitRange', 'Namespace', 'Node', 'PersistentVolume', 'PersistentVolumeClaim', 'ResourceQuota', 'Role'],
  ...['RoleBinding', 'RuntimeClass', 'Secret', 'Service', 'ServiceAccount', 'StorageClass', 'VolumeAttachment'],
]);

/** Whether objects of a kind are created with generation 1. As recorded with v1.36; other kinds have none. */
export function hasGeneration(kind: ResourceKind): boolean {
  return isCustom(kind) || !withoutGeneration.has(kind.kind);
}

const versionRequired = new Set(['APIService', 'CSINode', 'CustomResourceDefinition', 'Lease', 'PodDisruptionBudget', 'VolumeAttachment']);

/** Whether an update may leave out the resourceVersion and so overwrite whatever is there. */
export function allowsUnconditionalUpdate(kind: ResourceKind): boolean {
  return !isCustom(kind) && !versionRequired.has(kind.kind);
}
