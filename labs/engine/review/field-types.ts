/** What a field holds. `go` is its Go type, as the API server's messages name it; `isKept`: empty values are written too. */
interface FieldBase {
  readonly go: string;
  readonly isKept: boolean;
  readonly isPointer: boolean;
  /** A field of a struct that is written even if it holds nothing. */
  readonly isAlways: boolean;
}
export type FieldType = FieldBase &
  (
    | { readonly form: 'text' | 'flag' | 'integer-or-text' | 'quantity' | 'quantities' | 'texts' }
    | { readonly form: 'integer'; readonly max: number }
    | { readonly form: 'list'; readonly of: FieldType }
    | { readonly form: 'struct'; readonly name: string }
  );

/**
 * The types that rules look at, from k8s.io/api. A field is `name:type`; s text, i int32, l int64, b flag, x number or text, q quantity, Q quantities by
 * resource, m texts by key, [T] a list, a name another type. `*` before: a pointer (empty values are kept); `!` behind: kept although empty;
 * `s=Name`: a text with a type of its own. A type without `*` is written even if it was left out, as `resources: {}` in containers.
 */
const table: Readonly<Record<string, string>> = {
  Pod: 'spec:PodSpec',
  PodTemplateSpec: 'metadata:ObjectMeta spec:PodSpec',
  ObjectMeta: 'name:s namespace:s labels:m annotations:m finalizers:[s]',
  PodSpec:
    'volumes:[Volume] initContainers:[Container] containers:[Container]! ephemeralContainers:[EphemeralContainer] restartPolicy:s=RestartPolicy terminationGracePeriodSeconds:*l ' +
    'activeDeadlineSeconds:*l dnsPolicy:s=DNSPolicy nodeSelector:m serviceAccountName:s serviceAccount:s automountServiceAccountToken:*b nodeName:s hostNetwork:b ' +
    'hostPID:b hostIPC:b shareProcessNamespace:*b securityContext:*PodSecurityContext imagePullSecrets:[LocalObjectReference] hostname:s subdomain:s ' +
    'affinity:*Affinity schedulerName:s tolerations:[Toleration] hostAliases:[HostAlias] priorityClassName:s priority:*i dnsConfig:*PodDNSConfig ' +
    'readinessGates:[PodReadinessGate] runtimeClassName:*s enableServiceLinks:*b preemptionPolicy:*s=PreemptionPolicy overhead:Q ' +
    'topologySpreadConstraints:[TopologySpreadConstraint] setHostnameAsFQDN:*b hostUsers:*b schedulingGates:[PodSchedulingGate] resources:*ResourceRequirements',
  PodSecurityContext: 'runAsUser:*l runAsGroup:*l runAsNonRoot:*b fsGroup:*l',
  LocalObjectReference: 'name:s',
  HostAlias: 'ip:s! hostnames:[s]',
  PodDNSConfig: 'nameservers:[s] searches:[s] options:[PodDNSConfigOption]',
  PodDNSConfigOption: 'name:s value:*s',
  PodReadinessGate: 'conditionType:s!=PodConditionType',
  PodSchedulingGate: 'name:s!',
  Toleration: 'key:s operator:s=TolerationOperator value:s effect:s=TaintEffect tolerationSeconds:*l',
  TopologySpreadConstraint:
    'maxSkew:i! topologyKey:s! whenUnsatisfiable:s!=UnsatisfiableConstraintAction labelSelector:*LabelSelector minDomains:*i ' +
    'nodeAffinityPolicy:*s=NodeInclusionPolicy nodeTaintsPolicy:*s=NodeInclusionPolicy matchLabelKeys:[s]',
  LabelSelector: 'matchLabels:m matchExpressions:[LabelSelectorRequirement]',
  LabelSelectorRequirement: 'key:s! operator:s!=LabelSelectorOperator values:[s]',
  Affinity: 'nodeAffinity:*NodeAffinity podAffinity:*PodAffinity podAntiAffinity:*PodAntiAffinity',
  NodeAffinity: 'requiredDuringSchedulingIgnoredDuringExecution:*NodeSelector preferredDuringSchedulingIgnoredDuringExecution:[PreferredSchedulingTerm]',
  NodeSelector: 'nodeSelectorTerms:[NodeSelectorTerm]!',
  NodeSelectorTerm: 'matchExpressions:[NodeSelectorRequirement] matchFields:[NodeSelectorRequirement]',
  NodeSelectorRequirement: 'key:s! operator:s!=NodeSelectorOperator values:[s]',
  PreferredSchedulingTerm: 'weight:i! preference:NodeSelectorTerm',
  PodAffinity: 'requiredDuringSchedulingIgnoredDuringExecution:[PodAffinityTerm] preferredDuringSchedulingIgnoredDuringExecution:[WeightedPodAffinityTerm]',
  PodAntiAffinity: 'requiredDuringSchedulingIgnoredDuringExecution:[PodAffinityTerm] preferredDuringSchedulingIgnoredDuringExecution:[WeightedPodAffinityTerm]',
  WeightedPodAffinityTerm: 'weight:i! podAffinityTerm:PodAffinityTerm',
  PodAffinityTerm: 'labelSelector:*LabelSelector namespaces:[s] topologyKey:s! namespaceSelector:*LabelSelector matchLabelKeys:[s] mismatchLabelKeys:[s]',
  EphemeralContainer: '',
  Container:
    'name:s! image:s command:[s] args:[s] workingDir:s ports:[ContainerPort] envFrom:[EnvFromSource] env:[EnvVar] resources:ResourceRequirements ' +
    'restartPolicy:*s=ContainerRestartPolicy volumeMounts:[VolumeMount] volumeDevices:[VolumeDevice] livenessProbe:*Probe readinessProbe:*Probe ' +
    'startupProbe:*Probe lifecycle:*Lifecycle terminationMessagePath:s terminationMessagePolicy:s=TerminationMessagePolicy imagePullPolicy:s=PullPolicy ' +
    'stdin:b stdinOnce:b tty:b',
  ContainerPort: 'name:s hostPort:i containerPort:i! protocol:s=Protocol hostIP:s',
  EnvFromSource: 'prefix:s configMapRef:*ConfigMapEnvSource secretRef:*SecretEnvSource',
  ConfigMapEnvSource: 'name:s optional:*b',
  SecretEnvSource: 'name:s optional:*b',
  EnvVar: 'name:s! value:s valueFrom:*EnvVarSource',
  EnvVarSource: 'fieldRef:*ObjectFieldSelector resourceFieldRef:*ResourceFieldSelector configMapKeyRef:*ConfigMapKeySelector secretKeyRef:*SecretKeySelector',
  ObjectFieldSelector: 'apiVersion:s fieldPath:s!',
  ResourceFieldSelector: 'containerName:s resource:s! divisor:q',
  ConfigMapKeySelector: 'name:s key:s! optional:*b',
  SecretKeySelector: 'name:s key:s! optional:*b',
  ResourceRequirements: 'limits:Q requests:Q',
  VolumeMount: 'name:s! readOnly:b recursiveReadOnly:*s mountPath:s! subPath:s mountPropagation:*s=MountPropagationMode subPathExpr:s',
  VolumeDevice: 'name:s! devicePath:s!',
  Probe:
    'exec:*ExecAction httpGet:*HTTPGetAction tcpSocket:*TCPSocketAction grpc:*GRPCAction initialDelaySeconds:i timeoutSeconds:i periodSeconds:i ' +
    'successThreshold:i failureThreshold:i terminationGracePeriodSeconds:*l',
  Lifecycle: 'postStart:*LifecycleHandler preStop:*LifecycleHandler stopSignal:*s=Signal',
  LifecycleHandler: 'exec:*ExecAction httpGet:*HTTPGetAction tcpSocket:*TCPSocketAction sleep:*SleepAction',
  ExecAction: 'command:[s]',
  HTTPGetAction: 'path:s port:x host:s scheme:s=URIScheme httpHeaders:[HTTPHeader]',
  HTTPHeader: 'name:s! value:s!',
  TCPSocketAction: 'port:x host:s',
  GRPCAction: 'port:i! service:*s',
  SleepAction: 'seconds:l!',
  Volume:
    'name:s! hostPath:*HostPathVolumeSource emptyDir:*EmptyDirVolumeSource secret:*SecretVolumeSource nfs:*NFSVolumeSource configMap:*ConfigMapVolumeSource ' +
    'persistentVolumeClaim:*PersistentVolumeClaimVolumeSource downwardAPI:*DownwardAPIVolumeSource projected:*ProjectedVolumeSource ' +
    'ephemeral:*EphemeralVolumeSource csi:*CSIVolumeSource',
  HostPathVolumeSource: 'path:s! type:*s=HostPathType',
  EmptyDirVolumeSource: 'medium:s=StorageMedium sizeLimit:q',
  SecretVolumeSource: 'secretName:s items:[KeyToPath] defaultMode:*i optional:*b',
  KeyToPath: 'key:s! path:s! mode:*i',
  NFSVolumeSource: 'server:s! path:s! readOnly:b',
  ConfigMapVolumeSource: 'name:s items:[KeyToPath] defaultMode:*i optional:*b',
  PersistentVolumeClaimVolumeSource: 'claimName:s! readOnly:b',
  DownwardAPIVolumeSource: 'items:[DownwardAPIVolumeFile] defaultMode:*i',
  DownwardAPIVolumeFile: 'path:s! fieldRef:*ObjectFieldSelector resourceFieldRef:*ResourceFieldSelector mode:*i',
  ProjectedVolumeSource: 'sources:[VolumeProjection] defaultMode:*i',
  VolumeProjection:
    'secret:*SecretProjection downwardAPI:*DownwardAPIProjection configMap:*ConfigMapProjection serviceAccountToken:*ServiceAccountTokenProjection',
  SecretProjection: 'name:s items:[KeyToPath] optional:*b',
  ConfigMapProjection: 'name:s items:[KeyToPath] optional:*b',
  DownwardAPIProjection: 'items:[DownwardAPIVolumeFile]',
  ServiceAccountTokenProjection: 'audience:s expirationSeconds:*l path:s!',
  EphemeralVolumeSource: 'volumeClaimTemplate:*PersistentVolumeClaimTemplate',
  PersistentVolumeClaimTemplate: 'metadata:ObjectMeta spec:PersistentVolumeClaimSpec',
  CSIVolumeSource: 'driver:s! readOnly:*b fsType:*s volumeAttributes:m',
  PersistentVolume: 'spec:PersistentVolumeSpec',
  PersistentVolumeSpec:
    'capacity:Q accessModes:[s] claimRef:*ObjectReference persistentVolumeReclaimPolicy:s=PersistentVolumeReclaimPolicy storageClassName:s mountOptions:[s] ' +
    'volumeMode:*s=PersistentVolumeMode nodeAffinity:*VolumeNodeAffinity volumeAttributesClassName:*s hostPath:*HostPathVolumeSource nfs:*NFSVolumeSource ' +
    'local:*LocalVolumeSource csi:*CSIPersistentVolumeSource',
  ObjectReference: 'kind:s namespace:s name:s uid:s apiVersion:s resourceVersion:s fieldPath:s',
  VolumeNodeAffinity: 'required:*NodeSelector',
  LocalVolumeSource: 'path:s! fsType:*s',
  CSIPersistentVolumeSource: 'driver:s! volumeHandle:s! readOnly:b fsType:s volumeAttributes:m',
  PersistentVolumeClaim: 'spec:PersistentVolumeClaimSpec',
  PersistentVolumeClaimSpec:
    'accessModes:[s] selector:*LabelSelector resources:VolumeResourceRequirements volumeName:s storageClassName:*s volumeMode:*s=PersistentVolumeMode ' +
    'dataSource:*TypedLocalObjectReference dataSourceRef:*TypedObjectReference volumeAttributesClassName:*s',
  VolumeResourceRequirements: 'limits:Q requests:Q',
  TypedLocalObjectReference: 'apiGroup:*s kind:s! name:s!',
  TypedObjectReference: 'apiGroup:*s kind:s! name:s! namespace:*s',
  StorageClass:
    'provisioner:s! parameters:m reclaimPolicy:*s=PersistentVolumeReclaimPolicy mountOptions:[s] allowVolumeExpansion:*b volumeBindingMode:*s=VolumeBindingMode ' +
    'allowedTopologies:[TopologySelectorTerm]',
  TopologySelectorTerm: 'matchLabelExpressions:[TopologySelectorLabelRequirement]',
  TopologySelectorLabelRequirement: 'key:s! values:[s]!',
  VolumeAttachment: 'spec:VolumeAttachmentSpec',
  VolumeAttachmentSpec: 'attacher:s! source:VolumeAttachmentSource nodeName:s!',
  VolumeAttachmentSource: 'persistentVolumeName:*s inlineVolumeSpec:*PersistentVolumeSpec',
  CSINode: 'spec:CSINodeSpec',
  CSINodeSpec: 'drivers:[CSINodeDriver]!',
  CSINodeDriver: 'name:s! nodeID:s! topologyKeys:[s]! allocatable:*VolumeNodeResources',
  VolumeNodeResources: 'count:*i',
  Deployment: 'spec:DeploymentSpec',
  DeploymentSpec:
    'replicas:*i selector:*LabelSelector template:PodTemplateSpec strategy:DeploymentStrategy minReadySeconds:i revisionHistoryLimit:*i paused:b ' +
    'progressDeadlineSeconds:*i',
  DeploymentStrategy: 'type:s=DeploymentStrategyType rollingUpdate:*RollingUpdateDeployment',
  RollingUpdateDeployment: 'maxUnavailable:x maxSurge:x',
  ReplicaSet: 'spec:ReplicaSetSpec',
  ReplicaSetSpec: 'replicas:*i minReadySeconds:i selector:*LabelSelector template:PodTemplateSpec',
  StatefulSet: 'spec:StatefulSetSpec',
  StatefulSetSpec:
    'replicas:*i selector:*LabelSelector template:PodTemplateSpec volumeClaimTemplates:[PersistentVolumeClaim] serviceName:s ' +
    'podManagementPolicy:s=PodManagementPolicyType updateStrategy:StatefulSetUpdateStrategy revisionHistoryLimit:*i minReadySeconds:i ' +
    'persistentVolumeClaimRetentionPolicy:*StatefulSetPersistentVolumeClaimRetentionPolicy ordinals:*StatefulSetOrdinals',
  StatefulSetUpdateStrategy: 'type:s=StatefulSetUpdateStrategyType rollingUpdate:*RollingUpdateStatefulSetStrategy',
  RollingUpdateStatefulSetStrategy: 'partition:*i maxUnavailable:x',
  StatefulSetPersistentVolumeClaimRetentionPolicy:
    'whenDeleted:s=PersistentVolumeClaimRetentionPolicyType whenScaled:s=PersistentVolumeClaimRetentionPolicyType',
  StatefulSetOrdinals: 'start:i!',
  Node: 'spec:NodeSpec status:*NodeStatus',
  NodeSpec: 'podCIDR:s podCIDRs:[s] providerID:s unschedulable:b taints:[Taint]',
  Taint: 'key:s! value:s effect:s!=TaintEffect timeAdded:*s',
  NodeStatus: 'capacity:Q allocatable:Q',
  PriorityClass: 'value:i! globalDefault:b description:s preemptionPolicy:*s=PreemptionPolicy',
  LimitRange: 'spec:LimitRangeSpec',
  LimitRangeSpec: 'limits:[LimitRangeItem]!',
  LimitRangeItem: 'type:s!=LimitType max:Q min:Q default:Q defaultRequest:Q maxLimitRequestRatio:Q',
  ResourceQuota: 'spec:ResourceQuotaSpec',
  ResourceQuotaSpec: 'hard:Q scopes:[s]',
  ConfigMap: 'data:m binaryData:m immutable:*b',
  Service: 'spec:ServiceSpec',
  ServiceSpec:
    'ports:[ServicePort] selector:m clusterIP:s clusterIPs:[s] type:s=ServiceType externalIPs:[s] sessionAffinity:s=ServiceAffinity externalName:s ' +
    'externalTrafficPolicy:s=ServiceExternalTrafficPolicy publishNotReadyAddresses:b ipFamilies:[s] ipFamilyPolicy:*s=IPFamilyPolicy ' +
    'allocateLoadBalancerNodePorts:*b internalTrafficPolicy:*s=ServiceInternalTrafficPolicy',
  ServicePort: 'name:s protocol:s=Protocol appProtocol:*s port:i! targetPort:x nodePort:i',
};

const read = new Map<string, ReadonlyMap<string, FieldType>>();

/** The fields of a Go type. Read once; a type that is not in the table has none. */
export function fieldTypes(name: string): ReadonlyMap<string, FieldType> {
  const known = read.get(name);
  if (known !== undefined) return known;
  const types = new Map<string, FieldType>();
  for (const declaration of (table[name] ?? '').split(' ')) {
    const [field = '', type = ''] = declaration.split(':');
    if (type !== '') types.set(field, typeOf(type));
  }
  read.set(name, types);
  return types;
}

const forms: Readonly<Record<string, FieldType['form']>> = { s: 'text', b: 'flag', x: 'integer-or-text', q: 'quantity', Q: 'quantities', m: 'texts' };
const goNames: Readonly<Record<string, string>> = { s: 'string', b: 'bool', m: 'map[string]string', Q: 'v1.ResourceList' };

function typeOf(written: string): FieldType {
  const [shape = '', alias] = written.split('=');
  const isPointer = shape.startsWith('*');
  const isKept = isPointer || shape.endsWith('!');
  const bare = shape.replace(/^\*/u, '').replace(/!$/u, '');
  const base = { isKept, isPointer, isAlways: false };
  if (bare.startsWith('[')) {
    const of = typeOf(`*${bare.slice(1, -1)}`);
    return { ...base, form: 'list', of, go: `[]${of.go}` };
  }
  if (bare === 'i') return { ...base, form: 'integer', max: 2 ** 31 - 1, go: 'int32' };
  if (bare === 'l') return { ...base, form: 'integer', max: Number.MAX_SAFE_INTEGER, go: 'int64' };
  const form = forms[bare];
  if (form === undefined) return { ...base, isAlways: !isPointer, form: 'struct', name: bare, go: `v1.${bare}` };
  return { ...base, form, go: alias === undefined ? (goNames[bare] ?? bare) : `v1.${alias}` } as FieldType;
}
