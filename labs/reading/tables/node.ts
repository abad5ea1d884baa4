// Written by src/cli/field-tables.ts from the Go types of Kubernetes v1.36.4, with the changes up to v1.37 in field-tables-changes.ts. Not to be edited.
/** Fields of Node, Lease, RuntimeClass, PriorityClass and what they hold. */
export const nodeTypes = `
=NodePhase Pending Running Terminated
AttachedVolume name:s=UniqueVolumeName!^ devicePath:s!^
ConfigMapNodeConfigSource namespace:s!^ name:s!^ uid:s=types.UID resourceVersion:s kubeletConfigKey:s!^
ContainerImage names:[s]! sizeBytes:l
DaemonEndpoint Port:i!^
Lease kind:s apiVersion:s metadata:ObjectMeta spec:LeaseSpec
LeaseSpec holderIdentity:*s leaseDurationSeconds:*i acquireTime:*u renewTime:*u leaseTransitions:*i strategy:*s=CoordinatedLeaseStrategy preferredHolder:*s
Node kind:s apiVersion:s metadata:ObjectMeta spec:NodeSpec status:NodeStatus
NodeAddress type:s=NodeAddressType!^ address:s!^
NodeCondition type:s=NodeConditionType!^ status:s=ConditionStatus!^ lastHeartbeatTime:t lastTransitionTime:t reason:s message:s
NodeConfigSource configMap:*ConfigMapNodeConfigSource
NodeConfigStatus assigned:*NodeConfigSource active:*NodeConfigSource lastKnownGood:*NodeConfigSource error:s
NodeDaemonEndpoints kubeletEndpoint:DaemonEndpoint
NodeFeatures supplementalGroupsPolicy:*b
NodePodPreemptionPolicy disableResizePreemption:[s]
NodeRuntimeHandler name:s! features:*NodeRuntimeHandlerFeatures
NodeRuntimeHandlerFeatures recursiveReadOnlyMounts:*b userNamespaces:*b
NodeSpec podCIDR:s podCIDRs:[s] providerID:s unschedulable:b taints:[Taint] configSource:*NodeConfigSource externalID:s podPreemptionPolicy:*NodePodPreemptionPolicy
NodeStatus capacity:{q}=ResourceList allocatable:{q}=ResourceList phase:s=NodePhase conditions:[NodeCondition] addresses:[NodeAddress] daemonEndpoints:NodeDaemonEndpoints nodeInfo:NodeSystemInfo images:[ContainerImage] volumesInUse:[s=UniqueVolumeName] volumesAttached:[AttachedVolume] config:*NodeConfigStatus runtimeHandlers:[NodeRuntimeHandler] features:*NodeFeatures declaredFeatures:[s]
NodeSwapStatus capacity:*l
NodeSystemInfo machineID:s!^ systemUUID:s!^ bootID:s!^ kernelVersion:s!^ osImage:s!^ containerRuntimeVersion:s!^ kubeletVersion:s!^ kubeProxyVersion:s!^ operatingSystem:s!^ architecture:s!^ swap:*NodeSwapStatus runningInUserNamespace:*b
Overhead podFixed:{q}=ResourceList
PriorityClass kind:s apiVersion:s metadata:ObjectMeta value:i! globalDefault:b description:s preemptionPolicy:*s=PreemptionPolicy
RuntimeClass kind:s apiVersion:s metadata:ObjectMeta handler:s!^ overhead:*Overhead scheduling:*Scheduling
Scheduling nodeSelector:{s} tolerations:[Toleration]
Taint key:s!^ value:s effect:s=TaintEffect!^ timeAdded:*t
`;
