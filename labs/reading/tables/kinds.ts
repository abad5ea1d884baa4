// Written by src/cli/field-tables.ts from the Go types of Kubernetes v1.36.4, with the changes up to v1.37 in field-tables-changes.ts. Not to be edited.
/** Versions with their kinds: - no namespace, : plural, = key of its fields. */
export const allKinds = `
v1 PersistentVolume- PersistentVolumeClaim Pod PodTemplate ReplicationController Service ServiceAccount Endpoints:endpoints Node- Namespace- Event LimitRange ResourceQuota Secret ConfigMap ComponentStatus-:componentstatuses
admissionregistration.k8s.io/v1 ValidatingAdmissionPolicy-:validatingadmissionpolicies ValidatingAdmissionPolicyBinding- ValidatingWebhookConfiguration- MutatingWebhookConfiguration- MutatingAdmissionPolicy-:mutatingadmissionpolicies MutatingAdmissionPolicyBinding-
apiextensions.k8s.io/v1 CustomResourceDefinition-
apiregistration.k8s.io/v1 APIService-
apps/v1 StatefulSet Deployment DaemonSet ReplicaSet ControllerRevision
authentication.k8s.io/v1 TokenReview- SelfSubjectReview-
authorization.k8s.io/v1 SubjectAccessReview- SelfSubjectAccessReview- LocalSubjectAccessReview SelfSubjectRulesReview-
autoscaling/v1 HorizontalPodAutoscaler
autoscaling/v2 HorizontalPodAutoscaler=v2.HorizontalPodAutoscaler
batch/v1 Job CronJob
certificates.k8s.io/v1 CertificateSigningRequest- ClusterTrustBundle- PodCertificateRequest
coordination.k8s.io/v1 Lease
discovery.k8s.io/v1 EndpointSlice
events.k8s.io/v1 Event=Event/events
flowcontrol.apiserver.k8s.io/v1 FlowSchema- PriorityLevelConfiguration-
networking.k8s.io/v1 NetworkPolicy:networkpolicies Ingress:ingresses IngressClass-:ingressclasses IPAddress-:ipaddresses ServiceCIDR-
node.k8s.io/v1 RuntimeClass-:runtimeclasses
policy/v1 PodDisruptionBudget
rbac.authorization.k8s.io/v1 Role RoleBinding ClusterRole- ClusterRoleBinding-
resource.k8s.io/v1 ResourceSlice- ResourceClaim DeviceClass-:deviceclasses ResourceClaimTemplate DeviceTaintRule-
scheduling.k8s.io/v1 PriorityClass-:priorityclasses
storage.k8s.io/v1 StorageClass-:storageclasses VolumeAttachment- CSIDriver- CSINode- CSIStorageCapacity:csistoragecapacities VolumeAttributesClass-:volumeattributesclasses
storagemigration.k8s.io/v1 StorageVersionMigration-
`;
