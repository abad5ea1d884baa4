// Written by src/cli/field-tables.ts from the Go types of Kubernetes v1.36.4, with the changes up to v1.37 in field-tables-changes.ts. Not to be edited.
/** Fields of NetworkPolicy, Ingress, IngressClass, IPAddress, ServiceCIDR and what they hold. */
export const networkingTypes = `
HTTPIngressPath path:s pathType:*s=PathType^ backend:IngressBackend^
HTTPIngressRuleValue paths:[HTTPIngressPath]!^
IPAddress kind:s apiVersion:s metadata:ObjectMeta spec:IPAddressSpec^
IPAddressSpec parentRef:*ParentReference^
IPBlock cidr:s!^ except:[s]
Ingress kind:s apiVersion:s metadata:ObjectMeta spec:IngressSpec status:IngressStatus
IngressBackend service:*IngressServiceBackend resource:*TypedLocalObjectReference
IngressClass kind:s apiVersion:s metadata:ObjectMeta spec:IngressClassSpec
IngressClassParametersReference apiGroup:*s kind:s!^ name:s!^ scope:*s namespace:*s
IngressClassSpec controller:s parameters:*IngressClassParametersReference
IngressLoadBalancerIngress ip:s hostname:s ports:[IngressPortStatus]
IngressLoadBalancerStatus ingress:[IngressLoadBalancerIngress]
IngressPortStatus port:i!^ protocol:s=Protocol!^ error:*s
IngressRule host:s http:*HTTPIngressRuleValue
IngressServiceBackend name:s!^ port:ServiceBackendPort
IngressSpec ingressClassName:*s defaultBackend:*IngressBackend tls:[IngressTLS] rules:[IngressRule]
IngressStatus loadBalancer:IngressLoadBalancerStatus
IngressTLS hosts:[s] secretName:s
NetworkPolicy kind:s apiVersion:s metadata:ObjectMeta spec:NetworkPolicySpec
NetworkPolicyEgressRule ports:[NetworkPolicyPort] to:[NetworkPolicyPeer]
NetworkPolicyIngressRule ports:[NetworkPolicyPort] from:[NetworkPolicyPeer]
NetworkPolicyPeer podSelector:*LabelSelector namespaceSelector:*LabelSelector ipBlock:*IPBlock
NetworkPolicyPort protocol:*s=Protocol port:*x endPort:*i
NetworkPolicySpec podSelector:LabelSelector ingress:[NetworkPolicyIngressRule] egress:[NetworkPolicyEgressRule] policyTypes:[s=PolicyType]
ParentReference group:s resource:s^ namespace:s name:s^
ServiceBackendPort name:s number:i
ServiceCIDR kind:s apiVersion:s metadata:ObjectMeta spec:ServiceCIDRSpec status:ServiceCIDRStatus
ServiceCIDRSpec cidrs:[s]
ServiceCIDRStatus conditions:[Condition]
`;
