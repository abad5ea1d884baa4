// Written by src/cli/field-tables.ts from the Go types of Kubernetes v1.36.4, with the changes up to v1.37 in field-tables-changes.ts. Not to be edited.
/** Fields of Namespace and what they hold. */
export const metaTypes = `
=ClaimResourceStatus ControllerResizeInProgress ControllerResizeInfeasible NodeResizeInProgress NodeResizeInfeasible NodeResizePending
=IPFamily  IPv4 IPv6
=KeyUsage any cert sign client auth code signing content commitment crl sign data encipherment decipher only digital signature email protection encipher only ipsec end system ipsec tunnel ipsec user key agreement key encipherment microsoft sgc netscape sgc ocsp signing s/mime server auth signing timestamping
=NamespacePhase Active Terminating
=NodeSelectorOperator DoesNotExist Exists Gt In Lt NotIn
=OperationType * CONNECT CREATE DELETE UPDATE
=PersistentVolumeAccessMode ReadOnlyMany ReadWriteMany ReadWriteOnce ReadWriteOncePod
=PersistentVolumeClaimModifyVolumeStatus InProgress Infeasible Pending
=PersistentVolumeClaimPhase Bound Lost Pending
=PolicyType Egress Ingress
=Protocol SCTP TCP UDP
=ValidationAction Audit Deny Warn
Condition type:s!^ status:s=ConditionStatus!^ observedGeneration:l lastTransitionTime:t!^ reason:s!^ message:s!^
EventSource component:s host:s
LabelSelector matchLabels:{s} matchExpressions:[LabelSelectorRequirement]
LabelSelectorRequirement key:s!^ operator:s=LabelSelectorOperator!^ values:[s]
ManagedFieldsEntry manager:s operation:s=ManagedFieldsOperationType apiVersion:s time:*t fieldsType:s fieldsV1:*r subresource:s
ModifyVolumeStatus targetVolumeAttributesClassName:s status:s=PersistentVolumeClaimModifyVolumeStatus!^
Namespace kind:s apiVersion:s metadata:ObjectMeta spec:NamespaceSpec status:NamespaceStatus
NamespaceCondition type:s=NamespaceConditionType!^ status:s=ConditionStatus!^ lastTransitionTime:t reason:s message:s
NamespaceSpec finalizers:[s=FinalizerName]
NamespaceStatus phase:s=NamespacePhase conditions:[NamespaceCondition]
NodeSelector nodeSelectorTerms:[NodeSelectorTerm]!^
NodeSelectorRequirement key:s!^ operator:s=NodeSelectorOperator!^ values:[s]
NodeSelectorTerm matchExpressions:[NodeSelectorRequirement] matchFields:[NodeSelectorRequirement]
ObjectMeta name:s generateName:s namespace:s selfLink:s uid:s=types.UID resourceVersion:s generation:l creationTimestamp:t deletionTimestamp:*t deletionGracePeriodSeconds:*l labels:{s} annotations:{s} ownerReferences:[OwnerReference] finalizers:[s] managedFields:[ManagedFieldsEntry]
ObjectReference kind:s namespace:s name:s uid:s=types.UID apiVersion:s resourceVersion:s fieldPath:s
OwnerReference apiVersion:s!^ kind:s!^ name:s!^ uid:s=types.UID!^ controller:*b blockOwnerDeletion:*b
PersistentVolumeClaim kind:s apiVersion:s metadata:ObjectMeta spec:PersistentVolumeClaimSpec status:PersistentVolumeClaimStatus
PersistentVolumeClaimCondition type:s=PersistentVolumeClaimConditionType!^ status:s=ConditionStatus!^ lastProbeTime:t lastTransitionTime:t reason:s message:s
PersistentVolumeClaimStatus phase:s=PersistentVolumeClaimPhase accessModes:[s=PersistentVolumeAccessMode] capacity:{q}=ResourceList conditions:[PersistentVolumeClaimCondition] allocatedResources:{q}=ResourceList allocatedResourceStatuses:{s=ClaimResourceStatus}=map[v1.ResourceName]v1.ClaimResourceStatus currentVolumeAttributesClassName:*s modifyVolumeStatus:*ModifyVolumeStatus healthStatus:*VolumeHealthStatus
TypedLocalObjectReference apiGroup:*s kind:s!^ name:s!^
VolumeHealthStatus healthConditions:[VolumeHealthCondition] lastTransitionTime:t
`;
