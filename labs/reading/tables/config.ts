// Written by src/cli/field-tables.ts from the Go types of Kubernetes v1.36.4, with the changes up to v1.37 in field-tables-changes.ts. Not to be edited.
/** Fields of ReplicationController, ServiceAccount, Event, LimitRange, ResourceQuota, Secret, ConfigMap and what they hold. */
export const configTypes = `
=ResourceQuotaScope BestEffort CrossNamespacePodAffinity NotBestEffort NotTerminating PriorityClass Terminating VolumeAttributesClass
=ScopeSelectorOperator DoesNotExist Exists In NotIn
ConfigMap kind:s apiVersion:s metadata:ObjectMeta immutable:*b data:{s} binaryData:{y}
Event kind:s apiVersion:s metadata:ObjectMeta^ involvedObject:ObjectReference^ reason:s message:s source:EventSource firstTimestamp:t lastTimestamp:t count:i type:s eventTime:u series:*EventSeries action:s related:*ObjectReference reportingComponent:s! reportingInstance:s!
EventSeries count:i lastObservedTime:u
LimitRange kind:s apiVersion:s metadata:ObjectMeta spec:LimitRangeSpec
LimitRangeItem type:s=LimitType!^ max:{q}=ResourceList min:{q}=ResourceList default:{q}=ResourceList defaultRequest:{q}=ResourceList maxLimitRequestRatio:{q}=ResourceList
LimitRangeSpec limits:[LimitRangeItem]!^
ReplicationController kind:s apiVersion:s metadata:ObjectMeta spec:ReplicationControllerSpec status:ReplicationControllerStatus
ReplicationControllerCondition type:s=ReplicationControllerConditionType!^ status:s=ConditionStatus!^ lastTransitionTime:t reason:s message:s
ReplicationControllerSpec replicas:*i minReadySeconds:i selector:{s} template:*PodTemplateSpec
ReplicationControllerStatus replicas:i!^ fullyLabeledReplicas:i readyReplicas:i availableReplicas:i observedGeneration:l conditions:[ReplicationControllerCondition]
ResourceQuota kind:s apiVersion:s metadata:ObjectMeta spec:ResourceQuotaSpec status:ResourceQuotaStatus
ResourceQuotaSpec hard:{q}=ResourceList scopes:[s=ResourceQuotaScope] scopeSelector:*ScopeSelector
ResourceQuotaStatus hard:{q}=ResourceList used:{q}=ResourceList
ScopeSelector matchExpressions:[ScopedResourceSelectorRequirement]
ScopedResourceSelectorRequirement scopeName:s=ResourceQuotaScope!^ operator:s=ScopeSelectorOperator!^ values:[s]
Secret kind:s apiVersion:s metadata:ObjectMeta immutable:*b data:{y} stringData:{s} type:s=SecretType
ServiceAccount kind:s apiVersion:s metadata:ObjectMeta secrets:[ObjectReference] imagePullSecrets:[LocalObjectReference] automountServiceAccountToken:*b
`;
