// Written by src/cli/field-tables.ts from the Go types of Kubernetes v1.36.4, with the changes up to v1.37 in field-tables-changes.ts. Not to be edited.
/** Fields of ComponentStatus, APIService, Event, FlowSchema, PriorityLevelConfiguration, ResourceSlice, ResourceClaim, DeviceClass, ResourceClaimTemplate, DeviceTaintRule, StorageVersionMigration and what they hold. */
export const otherTypes = `
=AllocationConfigSource FromClaim FromClass
=DeviceTaintEffect NoExecute NoSchedule None
=DeviceTolerationOperator Equal Exists
APIService kind:s apiVersion:s metadata:ObjectMeta spec:APIServiceSpec status:APIServiceStatus
APIServiceCondition type:s=APIServiceConditionType!^ status:s=ConditionStatus!^ lastTransitionTime:t reason:s message:s
APIServiceSpec service:*ServiceReference/apiregistration group:s version:s insecureSkipTLSVerify:b caBundle:y groupPriorityMinimum:i!^ versionPriority:i!^
APIServiceStatus conditions:[APIServiceCondition]
AllocatedDeviceStatus driver:s!^ pool:s!^ device:s!^ shareID:*s conditions:[Condition]! data:*r networkData:*NetworkDeviceData
AllocationResult devices:DeviceAllocationResult nodeSelector:*NodeSelector allocationTimestamp:*t
CELDeviceSelector expression:s!^
CapacityRequestPolicy default:*q validValues:[q] validRange:*CapacityRequestPolicyRange
CapacityRequestPolicyRange min:*q^ max:*q step:*q
CapacityRequirements requests:{q}=map[v1.QualifiedName]resource.Quantity
ComponentCondition type:s=ComponentConditionType!^ status:s=ConditionStatus!^ message:s error:s
ComponentStatus kind:s apiVersion:s metadata:ObjectMeta conditions:[ComponentCondition]
Counter value:q!^
CounterSet name:s!^ counters:{Counter}^
Device name:s!^ attributes:{DeviceAttribute}=map[v1.QualifiedName]v1.DeviceAttribute capacity:{DeviceCapacity}=map[v1.QualifiedName]v1.DeviceCapacity consumesCounters:[DeviceCounterConsumption] nodeName:*s nodeSelector:*NodeSelector allNodes:*b taints:[DeviceTaint] bindsToNode:*b bindingConditions:[s] bindingFailureConditions:[s] allowMultipleAllocations:*b nodeAllocatableResourceMappings:{NodeAllocatableResourceMapping}=map[v1.ResourceName]v1.NodeAllocatableResourceMapping
DeviceAllocationConfiguration source:s=AllocationConfigSource!^ requests:[s] opaque:*OpaqueDeviceConfiguration
DeviceAllocationResult results:[DeviceRequestAllocationResult] config:[DeviceAllocationConfiguration]
DeviceAttribute int:*l bool:*b string:*s version:*s ints:[l] bools:[b] strings:[s] versions:[s]
DeviceCapacity value:q!^ requestPolicy:*CapacityRequestPolicy
DeviceClaim requests:[DeviceRequest]! constraints:[DeviceConstraint] config:[DeviceClaimConfiguration]
DeviceClaimConfiguration requests:[s] opaque:*OpaqueDeviceConfiguration
DeviceClass kind:s apiVersion:s metadata:ObjectMeta spec:DeviceClassSpec^
DeviceClassConfiguration opaque:*OpaqueDeviceConfiguration
DeviceClassSpec selectors:[DeviceSelector] config:[DeviceClassConfiguration] extendedResourceName:*s
DeviceConstraint requests:[s] matchAttribute:*s=FullyQualifiedName distinctAttribute:*s=FullyQualifiedName
DeviceCounterConsumption counterSet:s!^ counters:{Counter}^ compatibilityGroups:[s]
DeviceDerivedAttribute name:s!^ expression:s!^
DeviceRequest name:s!^ exactly:*ExactDeviceRequest firstAvailable:[DeviceSubRequest]
DeviceRequestAllocationResult request:s!^ driver:s!^ pool:s!^ device:s!^ adminAccess:*b tolerations:[DeviceToleration] bindingConditions:[s] bindingFailureConditions:[s] shareID:*s=types.UID consumedCapacity:{q}=map[v1.QualifiedName]resource.Quantity skipNodeOperations:[s]
DeviceSelector cel:*CELDeviceSelector
DeviceSubRequest name:s!^ deviceClassName:s!^ selectors:[DeviceSelector] allocationMode:s=DeviceAllocationMode count:l tolerations:[DeviceToleration] capacity:*CapacityRequirements derivedAttributes:[DeviceDerivedAttribute]
DeviceTaint key:s!^ value:s effect:s=DeviceTaintEffect!^ timeAdded:*t
DeviceTaintRule kind:s apiVersion:s metadata:ObjectMeta spec:DeviceTaintRuleSpec^ status:DeviceTaintRuleStatus
DeviceTaintRuleSpec deviceSelector:*DeviceTaintSelector taint:DeviceTaint
DeviceTaintRuleStatus conditions:[Condition]
DeviceTaintSelector driver:*s pool:*s device:*s
DeviceToleration key:s operator:s=DeviceTolerationOperator value:s effect:s=DeviceTaintEffect tolerationSeconds:*l
Event/events kind:s apiVersion:s metadata:ObjectMeta eventTime:u!^ series:*EventSeries/events reportingController:s reportingInstance:s action:s reason:s regarding:ObjectReference related:*ObjectReference note:s type:s deprecatedSource:EventSource deprecatedFirstTimestamp:t deprecatedLastTimestamp:t deprecatedCount:i
EventSeries/events count:i!^ lastObservedTime:u!^
ExactDeviceRequest deviceClassName:s!^ selectors:[DeviceSelector] allocationMode:s=DeviceAllocationMode count:l adminAccess:*b tolerations:[DeviceToleration] capacity:*CapacityRequirements derivedAttributes:[DeviceDerivedAttribute]
ExemptPriorityLevelConfiguration nominalConcurrencyShares:*i lendablePercent:*i
FlowDistinguisherMethod type:s=FlowDistinguisherMethodType!^
FlowSchema kind:s apiVersion:s metadata:ObjectMeta spec:FlowSchemaSpec status:FlowSchemaStatus
FlowSchemaCondition type:s=FlowSchemaConditionType status:s=ConditionStatus lastTransitionTime:t reason:s message:s
FlowSchemaSpec priorityLevelConfiguration:PriorityLevelConfigurationReference^ matchingPrecedence:i! distinguisherMethod:*FlowDistinguisherMethod rules:[PolicyRulesWithSubjects]
FlowSchemaStatus conditions:[FlowSchemaCondition]
GroupResource group:s!^ resource:s!^
GroupSubject name:s!^
LimitResponse type:s=LimitResponseType!^ queuing:*QueuingConfiguration^
LimitedPriorityLevelConfiguration nominalConcurrencyShares:*i limitResponse:LimitResponse lendablePercent:*i borrowingLimitPercent:*i
NetworkDeviceData interfaceName:s ips:[s] hardwareAddress:s
NodeAllocatableResourceMapping capacityKey:*s=QualifiedName allocationMultiplier:*q
NonResourcePolicyRule verbs:[s]!^ nonResourceURLs:[s]!^
OpaqueDeviceConfiguration driver:s!^ parameters:r!^
PolicyRulesWithSubjects subjects:[Subject/flowcontrol]!^ resourceRules:[ResourcePolicyRule] nonResourceRules:[NonResourcePolicyRule]
PriorityLevelConfiguration kind:s apiVersion:s metadata:ObjectMeta spec:PriorityLevelConfigurationSpec status:PriorityLevelConfigurationStatus
PriorityLevelConfigurationCondition type:s=PriorityLevelConfigurationConditionType status:s=ConditionStatus lastTransitionTime:t reason:s message:s
PriorityLevelConfigurationReference name:s!^
PriorityLevelConfigurationSpec type:s=PriorityLevelEnablement!^ limited:*LimitedPriorityLevelConfiguration^ exempt:*ExemptPriorityLevelConfiguration
PriorityLevelConfigurationStatus conditions:[PriorityLevelConfigurationCondition]
QueuingConfiguration queues:i! handSize:i! queueLengthLimit:i!
ResourceClaim kind:s apiVersion:s metadata:ObjectMeta spec:ResourceClaimSpec^ status:ResourceClaimStatus
ResourceClaimConsumerReference apiGroup:s resource:s!^ name:s!^ uid:s=types.UID!^
ResourceClaimSpec devices:DeviceClaim
ResourceClaimStatus allocation:*AllocationResult reservedFor:[ResourceClaimConsumerReference] devices:[AllocatedDeviceStatus]
ResourceClaimTemplate kind:s apiVersion:s metadata:ObjectMeta spec:ResourceClaimTemplateSpec^
ResourceClaimTemplateSpec metadata:ObjectMeta spec:ResourceClaimSpec^
ResourcePolicyRule verbs:[s]!^ apiGroups:[s]!^ resources:[s]!^ clusterScope:b namespaces:[s]!
ResourcePool name:s!^ generation:l!^ resourceSliceCount:l!^
ResourceSlice kind:s apiVersion:s metadata:ObjectMeta spec:ResourceSliceSpec^
ResourceSliceSpec driver:s!^ pool:ResourcePool^ nodeName:*s nodeSelector:*NodeSelector allNodes:*b devices:[Device] perDeviceNodeSelection:*b sharedCounters:[CounterSet] partitionTypeAttribute:*s skipNodeOperations:[s]
ServiceAccountSubject namespace:s!^ name:s!^
ServiceReference/apiregistration namespace:s name:s port:*i
StorageVersionMigration kind:s apiVersion:s metadata:ObjectMeta spec:StorageVersionMigrationSpec status:StorageVersionMigrationStatus
StorageVersionMigrationSpec resource:GroupResource^
StorageVersionMigrationStatus conditions:[Condition] resourceVersion:s
Subject/flowcontrol kind:s=SubjectKind!^ user:*UserSubject group:*GroupSubject serviceAccount:*ServiceAccountSubject
UserSubject name:s!^
`;
