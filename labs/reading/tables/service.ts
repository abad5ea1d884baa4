// Written by src/cli/field-tables.ts from the Go types of Kubernetes v1.36.4, with the changes up to v1.37 in field-tables-changes.ts. Not to be edited.
/** Fields of Service, Endpoints, EndpointSlice and what they hold. */
export const serviceTypes = `
=IPFamilyPolicy PreferDualStack RequireDualStack SingleStack
=ServiceAffinity ClientIP None
=ServiceExternalTrafficPolicy Cluster Local
=ServiceInternalTrafficPolicy Cluster Local
=ServiceType ClusterIP ExternalName LoadBalancer NodePort
ClientIPConfig timeoutSeconds:*i
Endpoint addresses:[s]!^ conditions:EndpointConditions hostname:*s targetRef:*ObjectReference deprecatedTopology:{s} nodeName:*s zone:*s hints:*EndpointHints
EndpointAddress ip:s!^ hostname:s nodeName:*s targetRef:*ObjectReference
EndpointConditions ready:*b serving:*b terminating:*b
EndpointHints forZones:[ForZone] forNodes:[ForNode]
EndpointPort name:*s protocol:*s=Protocol port:*i appProtocol:*s
EndpointPort/core name:s port:i!^ protocol:s=Protocol appProtocol:*s
EndpointSlice kind:s apiVersion:s metadata:ObjectMeta addressType:s=AddressType!^ endpoints:[Endpoint]! ports:[EndpointPort]!
EndpointSubset addresses:[EndpointAddress] notReadyAddresses:[EndpointAddress] ports:[EndpointPort/core]
Endpoints kind:s apiVersion:s metadata:ObjectMeta subsets:[EndpointSubset]
ForNode name:s!^
ForZone name:s!^
LoadBalancerIngress ip:s hostname:s ipMode:*s=LoadBalancerIPMode ports:[PortStatus]
LoadBalancerStatus ingress:[LoadBalancerIngress]
PortStatus port:i!^ protocol:s=Protocol!^ error:*s
Service kind:s apiVersion:s metadata:ObjectMeta spec:ServiceSpec status:ServiceStatus
ServicePort name:s protocol:s=Protocol appProtocol:*s port:i!^ targetPort:x nodePort:i
ServiceSpec ports:[ServicePort] selector:{s} clusterIP:s clusterIPs:[s] type:s=ServiceType externalIPs:[s] sessionAffinity:s=ServiceAffinity loadBalancerIP:s loadBalancerSourceRanges:[s] externalName:s externalTrafficPolicy:s=ServiceExternalTrafficPolicy healthCheckNodePort:i publishNotReadyAddresses:b sessionAffinityConfig:*SessionAffinityConfig ipFamilies:[s=IPFamily] ipFamilyPolicy:*s=IPFamilyPolicy allocateLoadBalancerNodePorts:*b loadBalancerClass:*s internalTrafficPolicy:*s=ServiceInternalTrafficPolicy trafficDistribution:*s
ServiceStatus loadBalancer:LoadBalancerStatus conditions:[Condition]
SessionAffinityConfig clientIP:*ClientIPConfig
`;
