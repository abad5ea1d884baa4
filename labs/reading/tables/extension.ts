// Written by src/cli/field-tables.ts from the Go types of Kubernetes v1.36.4, with the changes up to v1.37 in field-tables-changes.ts. Not to be edited.
/** Fields of ValidatingAdmissionPolicy, ValidatingAdmissionPolicyBinding, ValidatingWebhookConfiguration, MutatingWebhookConfiguration, MutatingAdmissionPolicy, MutatingAdmissionPolicyBinding, CustomResourceDefinition and what they hold. */
export const extensionTypes = `
=FailurePolicyType Fail Ignore
=FieldValueErrorReason FieldValueDuplicate FieldValueForbidden FieldValueInvalid FieldValueRequired
=MatchPolicyType Equivalent Exact
=PatchType ApplyConfiguration JSONPatch
=ReinvocationPolicyType IfNeeded Never
=ScopeType * Cluster Namespaced
=SideEffectClass None NoneOnDryRun Some Unknown
ApplyConfiguration expression:s
AuditAnnotation key:s!^ valueExpression:s!^
CustomResourceColumnDefinition name:s!^ type:s!^ format:s description:s priority:i jsonPath:s!^
CustomResourceConversion strategy:s=ConversionStrategyType!^ webhook:*WebhookConversion
CustomResourceDefinition kind:s apiVersion:s metadata:ObjectMeta spec:CustomResourceDefinitionSpec^ status:CustomResourceDefinitionStatus
CustomResourceDefinitionCondition type:s=CustomResourceDefinitionConditionType!^ status:s=ConditionStatus!^ lastTransitionTime:t reason:s message:s observedGeneration:l
CustomResourceDefinitionNames plural:s!^ singular:s shortNames:[s] kind:s!^ listKind:s categories:[s]
CustomResourceDefinitionSpec group:s!^ names:CustomResourceDefinitionNames^ scope:s=ResourceScope!^ versions:[CustomResourceDefinitionVersion]!^ conversion:*CustomResourceConversion preserveUnknownFields:b
CustomResourceDefinitionStatus conditions:[CustomResourceDefinitionCondition]! acceptedNames:CustomResourceDefinitionNames storedVersions:[s]! observedGeneration:l
CustomResourceDefinitionVersion name:s!^ served:b!^ storage:b!^ deprecated:b deprecationWarning:*s schema:*CustomResourceValidation subresources:*CustomResourceSubresources additionalPrinterColumns:[CustomResourceColumnDefinition] selectableFields:[SelectableField]
CustomResourceSubresourceScale specReplicasPath:s!^ statusReplicasPath:s!^ labelSelectorPath:*s
CustomResourceSubresourceStatus
CustomResourceSubresources status:*CustomResourceSubresourceStatus scale:*CustomResourceSubresourceScale
CustomResourceValidation openAPIV3Schema:*JSONSchemaProps
ExpressionWarning fieldRef:s!^ warning:s!^
ExternalDocumentation description:s url:s
JSONPatch expression:s
JSONSchemaProps id:s $schema:s=JSONSchemaURL $ref:*s description:s type:s format:s title:s default:*r maximum:*f exclusiveMaximum:b minimum:*f exclusiveMinimum:b maxLength:*l minLength:*l pattern:s maxItems:*l minItems:*l uniqueItems:b multipleOf:*f enum:[r] maxProperties:*l minProperties:*l required:[s] items:*r allOf:[JSONSchemaProps] oneOf:[JSONSchemaProps] anyOf:[JSONSchemaProps] not:*JSONSchemaProps properties:{JSONSchemaProps} additionalProperties:*o patternProperties:{JSONSchemaProps} dependencies:{r}=JSONSchemaDependencies additionalItems:*o definitions:{JSONSchemaProps}=JSONSchemaDefinitions externalDocs:*ExternalDocumentation example:*r nullable:b x-kubernetes-preserve-unknown-fields:*b x-kubernetes-embedded-resource:b x-kubernetes-int-or-string:b x-kubernetes-list-map-keys:[s] x-kubernetes-list-type:*s x-kubernetes-map-type:*s x-kubernetes-validations:[ValidationRule]=ValidationRules
MatchCondition name:s!^ expression:s!^
MatchResources namespaceSelector:*LabelSelector objectSelector:*LabelSelector resourceRules:[NamedRuleWithOperations] excludeResourceRules:[NamedRuleWithOperations] matchPolicy:*s=MatchPolicyType
MutatingAdmissionPolicy kind:s apiVersion:s metadata:ObjectMeta spec:MutatingAdmissionPolicySpec
MutatingAdmissionPolicyBinding kind:s apiVersion:s metadata:ObjectMeta spec:MutatingAdmissionPolicyBindingSpec
MutatingAdmissionPolicyBindingSpec policyName:s paramRef:*ParamRef matchResources:*MatchResources
MutatingAdmissionPolicySpec paramKind:*ParamKind matchConstraints:*MatchResources variables:[Variable] mutations:[Mutation] failurePolicy:*s=FailurePolicyType matchConditions:[MatchCondition] reinvocationPolicy:s=ReinvocationPolicyType
MutatingWebhook name:s!^ clientConfig:WebhookClientConfig/admissionregistration^ rules:[RuleWithOperations] failurePolicy:*s=FailurePolicyType matchPolicy:*s=MatchPolicyType namespaceSelector:*LabelSelector objectSelector:*LabelSelector sideEffects:*s=SideEffectClass^ timeoutSeconds:*i admissionReviewVersions:[s]!^ reinvocationPolicy:*s=ReinvocationPolicyType matchConditions:[MatchCondition]
MutatingWebhookConfiguration kind:s apiVersion:s metadata:ObjectMeta webhooks:[MutatingWebhook]
Mutation patchType:s=PatchType!^ applyConfiguration:*ApplyConfiguration jsonPatch:*JSONPatch
NamedRuleWithOperations resourceNames:[s] operations:[s=OperationType] apiGroups:[s] apiVersions:[s] resources:[s] scope:*s=ScopeType
ParamKind apiVersion:s kind:s
ParamRef name:s namespace:s selector:*LabelSelector parameterNotFoundAction:*s=ParameterNotFoundActionType
RuleWithOperations operations:[s=OperationType] apiGroups:[s] apiVersions:[s] resources:[s] scope:*s=ScopeType
SelectableField jsonPath:s!^
ServiceReference namespace:s!^ name:s!^ path:*s port:*i
ServiceReference/admissionregistration namespace:s!^ name:s!^ path:*s port:*i
TypeChecking expressionWarnings:[ExpressionWarning]
ValidatingAdmissionPolicy kind:s apiVersion:s metadata:ObjectMeta spec:ValidatingAdmissionPolicySpec status:ValidatingAdmissionPolicyStatus
ValidatingAdmissionPolicyBinding kind:s apiVersion:s metadata:ObjectMeta spec:ValidatingAdmissionPolicyBindingSpec^
ValidatingAdmissionPolicyBindingSpec policyName:s^ paramRef:*ParamRef matchResources:*MatchResources validationActions:[s=ValidationAction]^
ValidatingAdmissionPolicySpec paramKind:*ParamKind matchConstraints:*MatchResources validations:[Validation] failurePolicy:*s=FailurePolicyType auditAnnotations:[AuditAnnotation] matchConditions:[MatchCondition] variables:[Variable]
ValidatingAdmissionPolicyStatus observedGeneration:l typeChecking:*TypeChecking conditions:[Condition]
ValidatingWebhook name:s!^ clientConfig:WebhookClientConfig/admissionregistration^ rules:[RuleWithOperations] failurePolicy:*s=FailurePolicyType matchPolicy:*s=MatchPolicyType namespaceSelector:*LabelSelector objectSelector:*LabelSelector sideEffects:*s=SideEffectClass^ timeoutSeconds:*i admissionReviewVersions:[s]!^ matchConditions:[MatchCondition]
ValidatingWebhookConfiguration kind:s apiVersion:s metadata:ObjectMeta webhooks:[ValidatingWebhook]
Validation expression:s!^ message:s reason:*s=StatusReason messageExpression:s
ValidationRule rule:s!^ message:s messageExpression:s reason:*s=FieldValueErrorReason fieldPath:s optionalOldSelf:*b
Variable name:s!^ expression:s!^
WebhookClientConfig url:*s service:*ServiceReference caBundle:y
WebhookClientConfig/admissionregistration url:*s service:*ServiceReference/admissionregistration caBundle:y
WebhookConversion clientConfig:*WebhookClientConfig conversionReviewVersions:[s]!^
`;
