// Written by src/cli/field-tables.ts from the Go types of Kubernetes v1.36.4, with the changes up to v1.37 in field-tables-changes.ts. Not to be edited.
/** Fields of TokenReview, SelfSubjectReview, SubjectAccessReview, SelfSubjectAccessReview, LocalSubjectAccessReview, SelfSubjectRulesReview, CertificateSigningRequest, ClusterTrustBundle, PodCertificateRequest, Role, RoleBinding, ClusterRole, ClusterRoleBinding and what they hold. */
export const accessTypes = `
AggregationRule clusterRoleSelectors:[LabelSelector]
CertificateSigningRequest kind:s apiVersion:s metadata:ObjectMeta spec:CertificateSigningRequestSpec^ status:CertificateSigningRequestStatus
CertificateSigningRequestCondition type:s=RequestConditionType!^ status:s=ConditionStatus!^ reason:s message:s lastUpdateTime:t lastTransitionTime:t
CertificateSigningRequestSpec request:y!^ signerName:s!^ expirationSeconds:*i usages:[s=KeyUsage] username:s uid:s groups:[s] extra:{[s]=ExtraValue}
CertificateSigningRequestStatus conditions:[CertificateSigningRequestCondition] certificate:y
ClusterRole kind:s apiVersion:s metadata:ObjectMeta rules:[PolicyRule]! aggregationRule:*AggregationRule
ClusterRoleBinding kind:s apiVersion:s metadata:ObjectMeta subjects:[Subject] roleRef:RoleRef^
ClusterTrustBundle kind:s apiVersion:s metadata:ObjectMeta spec:ClusterTrustBundleSpec^
ClusterTrustBundleSpec signerName:s trustBundle:s!^
FieldSelectorAttributes rawSelector:s requirements:[FieldSelectorRequirement]
FieldSelectorRequirement key:s!^ operator:s=FieldSelectorOperator!^ values:[s]
LabelSelectorAttributes rawSelector:s requirements:[LabelSelectorRequirement]
LocalSubjectAccessReview kind:s apiVersion:s metadata:ObjectMeta spec:SubjectAccessReviewSpec^ status:SubjectAccessReviewStatus
NonResourceAttributes path:s verb:s
NonResourceRule verbs:[s]!^ nonResourceURLs:[s]
PodCertificateRequest kind:s apiVersion:s metadata:ObjectMeta spec:PodCertificateRequestSpec^ status:PodCertificateRequestStatus
PodCertificateRequestSpec signerName:s!^ podName:s!^ podUID:s=types.UID!^ serviceAccountName:s!^ serviceAccountUID:s=types.UID!^ nodeName:s=types.NodeName!^ nodeUID:s=types.UID!^ maxExpirationSeconds:*i stubPKCS10Request:y!^ unverifiedUserAnnotations:{s}
PodCertificateRequestStatus conditions:[Condition] certificateChain:s notBefore:*t beginRefreshAt:*t notAfter:*t
PolicyRule verbs:[s]!^ apiGroups:[s] resources:[s] resourceNames:[s] nonResourceURLs:[s]
ResourceAttributes namespace:s verb:s group:s version:s resource:s subresource:s name:s fieldSelector:*FieldSelectorAttributes labelSelector:*LabelSelectorAttributes
ResourceRule verbs:[s]!^ apiGroups:[s] resources:[s] resourceNames:[s]
Role kind:s apiVersion:s metadata:ObjectMeta rules:[PolicyRule]!
RoleBinding kind:s apiVersion:s metadata:ObjectMeta subjects:[Subject] roleRef:RoleRef^
RoleRef apiGroup:s! kind:s!^ name:s!^
SelfSubjectAccessReview kind:s apiVersion:s metadata:ObjectMeta spec:SelfSubjectAccessReviewSpec^ status:SubjectAccessReviewStatus
SelfSubjectAccessReviewSpec resourceAttributes:*ResourceAttributes nonResourceAttributes:*NonResourceAttributes
SelfSubjectReview kind:s apiVersion:s metadata:ObjectMeta status:SelfSubjectReviewStatus
SelfSubjectReviewStatus userInfo:UserInfo
SelfSubjectRulesReview kind:s apiVersion:s metadata:ObjectMeta spec:SelfSubjectRulesReviewSpec^ status:SubjectRulesReviewStatus
SelfSubjectRulesReviewSpec namespace:s
Subject kind:s!^ apiGroup:s name:s!^ namespace:s
SubjectAccessReview kind:s apiVersion:s metadata:ObjectMeta spec:SubjectAccessReviewSpec^ status:SubjectAccessReviewStatus
SubjectAccessReviewSpec resourceAttributes:*ResourceAttributes nonResourceAttributes:*NonResourceAttributes user:s groups:[s] extra:{[s]=ExtraValue} uid:s
SubjectAccessReviewStatus allowed:b!^ denied:b reason:s evaluationError:s
SubjectRulesReviewStatus resourceRules:[ResourceRule]!^ nonResourceRules:[NonResourceRule]!^ incomplete:b!^ evaluationError:s
TokenReview kind:s apiVersion:s metadata:ObjectMeta spec:TokenReviewSpec^ status:TokenReviewStatus
TokenReviewSpec token:s^ audiences:[s]
TokenReviewStatus authenticated:b user:UserInfo audiences:[s] error:s
UserInfo username:s uid:s groups:[s] extra:{[s]=ExtraValue}
`;
