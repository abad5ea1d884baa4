/**
 * What v1.37 changed in the fields of v1.36, in the language of the tables (labs/reading/fields-tables.ts). From the release notes of v1.37 and a
 * comparison of all field names with @pulumi/kubernetes 4.34.2, which is generated from the OpenAPI of v1.37. Once the Go types of v1.37 are at hand,
 * all of this is to be removed.
 */

/** Fields that were added, by type. */
export const addedFields: Readonly<Record<string, readonly string[]>> = {
  // KEP-4563: eviction requests.
  PodSpec: ['evictionResponders:[EvictionResponder]'],
  // KEP-5999: HTTP/2 in clear text.
  HTTPGetAction: ['protocol:*s=HTTPProbeProtocol'],
  // KEP-4939: TLS in gRPC probes.
  GRPCAction: ['mode:*s'],
  // KEP-5502: permissions of an emptyDir.
  EmptyDirVolumeSource: ['mode:*i'],
  // KEP-5855: noexec, nodev, nosuid.
  VolumeMount: ['bindMountOptions:[s]'],
  // Pull request 139764, AtomicWriteVolumeUserFields: owners of files.
  KeyToPath: ['user:*l'],
  DownwardAPIVolumeFile: ['user:*l'],
  ServiceAccountTokenProjection: ['user:*l'],
  ClusterTrustBundleProjection: ['user:*l'],
  PodCertificateProjection: ['user:*l'],
  SecretVolumeSource: ['defaultUser:*l'],
  ConfigMapVolumeSource: ['defaultUser:*l'],
  DownwardAPIVolumeSource: ['defaultUser:*l'],
  ProjectedVolumeSource: ['defaultUser:*l'],
  // KEP-1432: health of volumes.
  PodStatus: ['volumeHealth:[PodVolumeHealth]'],
  PersistentVolumeClaimStatus: ['healthStatus:*VolumeHealthStatus'],
  CSINode: ['status:*CSINodeStatus'],
  // Pull request 140000: preemption for in-place resizes.
  NodeSpec: ['podPreemptionPolicy:*NodePodPreemptionPolicy'],
  // KEP-2033: kubelets in user namespaces.
  NodeSystemInfo: ['runningInUserNamespace:*b'],
  // Pull request 140188: Jobs scheduled as a whole.
  JobSpec: ['scheduling:*JobSchedulingConfiguration'],
  // Pull request 138653.
  'v2.HorizontalPodAutoscalerCondition': ['observedGeneration:l'],
  // Pull requests 140029, 139795, 139933, 140009 and KEP-5677: dynamic resource allocation, all alpha.
  ExactDeviceRequest: ['derivedAttributes:[DeviceDerivedAttribute]'],
  DeviceSubRequest: ['derivedAttributes:[DeviceDerivedAttribute]'],
  DeviceCounterConsumption: ['compatibilityGroups:[s]'],
  DeviceRequestAllocationResult: ['skipNodeOperations:[s]'],
  ResourceSliceSpec: ['partitionTypeAttribute:*s', 'skipNodeOperations:[s]'],
};

/** Types that are new, or that no package of the API holds. */
export const addedTypes: Readonly<Record<string, string>> = {
  EvictionResponder: 'name:s!^ priority:*i^',
  VolumeHealthCondition: 'status:s!^ reason:s message:s',
  VolumeHealthStatus: 'healthConditions:[VolumeHealthCondition] lastTransitionTime:t',
  PodVolumeHealth: 'name:s!^ healthConditions:[VolumeHealthCondition] lastTransitionTime:t',
  CSINodeStatus: 'storageHealth:[StorageHealth]',
  StorageHealth: 'name:s!^ healthConditions:[StorageHealthCondition]',
  StorageHealthCondition: 'status:s!^ reason:s message:s accessMode:s volumeMode:s lastTransitionTime:t',
  NodePodPreemptionPolicy: 'disableResizePreemption:[s]',
  JobSchedulingConfiguration:
    'disruptionMode:*v1alpha3.WorkloadPodGroupDisruptionMode resourceClaims:[v1alpha3.WorkloadPodGroupResourceClaim] ' +
    'schedulingConstraints:*v1alpha3.WorkloadPodGroupSchedulingConstraints schedulingPolicy:*v1alpha3.WorkloadPodGroupSchedulingPolicy',
  'v1alpha3.WorkloadPodGroupDisruptionMode': 'all:*v1alpha3.WorkloadPodGroupAllDisruptionMode single:*v1alpha3.WorkloadPodGroupSingleDisruptionMode',
  'v1alpha3.WorkloadPodGroupAllDisruptionMode': '',
  'v1alpha3.WorkloadPodGroupSingleDisruptionMode': '',
  'v1alpha3.WorkloadPodGroupResourceClaim': 'name:s!^ resourceClaimName:*s resourceClaimTemplateName:*s',
  'v1alpha3.WorkloadPodGroupSchedulingConstraints': 'topology:[v1alpha3.TopologyConstraint]',
  'v1alpha3.TopologyConstraint': 'key:s!^',
  'v1alpha3.WorkloadPodGroupSchedulingPolicy': 'basic:*v1alpha3.WorkloadPodGroupBasicSchedulingPolicy gang:*v1alpha3.WorkloadPodGroupGangSchedulingPolicy',
  'v1alpha3.WorkloadPodGroupBasicSchedulingPolicy': '',
  'v1alpha3.WorkloadPodGroupGangSchedulingPolicy': 'minCount:*i^',
  DeviceDerivedAttribute: 'name:s!^ expression:s!^',
  // KEP-5055: taints of devices, now in v1.
  DeviceTaintRule: 'kind:s apiVersion:s metadata:ObjectMeta spec:DeviceTaintRuleSpec^ status:DeviceTaintRuleStatus',
  DeviceTaintRuleSpec: 'deviceSelector:*DeviceTaintSelector taint:DeviceTaint',
  DeviceTaintSelector: 'driver:*s pool:*s device:*s',
  DeviceTaintRuleStatus: 'conditions:[Condition]',
  // KEP-3257 and KEP-4317: trust bundles and certificates of pods, now in v1.
  ClusterTrustBundle: 'kind:s apiVersion:s metadata:ObjectMeta spec:ClusterTrustBundleSpec^',
  ClusterTrustBundleSpec: 'signerName:s trustBundle:s!^',
  PodCertificateRequest: 'kind:s apiVersion:s metadata:ObjectMeta spec:PodCertificateRequestSpec^ status:PodCertificateRequestStatus',
  PodCertificateRequestSpec:
    'signerName:s!^ podName:s!^ podUID:s=types.UID!^ serviceAccountName:s!^ serviceAccountUID:s=types.UID!^ nodeName:s=types.NodeName!^ ' +
    'nodeUID:s=types.UID!^ maxExpirationSeconds:*i stubPKCS10Request:y!^ unverifiedUserAnnotations:{s}',
  PodCertificateRequestStatus: 'conditions:[Condition] certificateChain:s notBefore:*t beginRefreshAt:*t notAfter:*t',
  // KEP-4192: migration of stored versions, now in v1.
  StorageVersionMigration: 'kind:s apiVersion:s metadata:ObjectMeta spec:StorageVersionMigrationSpec status:StorageVersionMigrationStatus',
  StorageVersionMigrationSpec: 'resource:GroupResource^',
  GroupResource: 'group:s!^ resource:s!^',
  StorageVersionMigrationStatus: 'conditions:[Condition] resourceVersion:s',
  // k8s.io/kube-aggregator, the same since v1.10.
  APIService: 'kind:s apiVersion:s metadata:ObjectMeta spec:APIServiceSpec status:APIServiceStatus',
  APIServiceSpec: 'service:*ServiceReference/apiregistration group:s version:s insecureSkipTLSVerify:b caBundle:y groupPriorityMinimum:i!^ versionPriority:i!^',
  'ServiceReference/apiregistration': 'namespace:s name:s port:*i',
  APIServiceStatus: 'conditions:[APIServiceCondition]',
  APIServiceCondition: 'type:s=APIServiceConditionType!^ status:s=ConditionStatus!^ lastTransitionTime:t reason:s message:s',
};

/** Kinds that are new, as the list of kinds writes them. */
export const addedKinds: Readonly<Record<string, readonly string[]>> = {
  'apiregistration.k8s.io/v1': ['APIService-'],
  'certificates.k8s.io/v1': ['ClusterTrustBundle-', 'PodCertificateRequest'],
  'resource.k8s.io/v1': ['DeviceTaintRule-'],
  'storagemigration.k8s.io/v1': ['StorageVersionMigration-'],
};

/** Values that were added to enumerations: KEP-3541. */
export const addedValues: Readonly<Record<string, readonly string[]>> = { StatefulSetUpdateStrategyType: ['Recreate'] };
