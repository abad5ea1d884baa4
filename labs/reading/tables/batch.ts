// Written by src/cli/field-tables.ts from the Go types of Kubernetes v1.36.4, with the changes up to v1.37 in field-tables-changes.ts. Not to be edited.
/** Fields of Job, CronJob and what they hold. */
export const batchTypes = `
=CompletionMode Indexed NonIndexed
=ConcurrencyPolicy Allow Forbid Replace
=PodFailurePolicyAction Count FailIndex FailJob Ignore
=PodFailurePolicyOnExitCodesOperator In NotIn
=PodReplacementPolicy Failed TerminatingOrFailed
CronJob kind:s apiVersion:s metadata:ObjectMeta spec:CronJobSpec^ status:CronJobStatus
CronJobSpec schedule:s!^ timeZone:*s startingDeadlineSeconds:*l concurrencyPolicy:s=ConcurrencyPolicy suspend:*b jobTemplate:JobTemplateSpec^ successfulJobsHistoryLimit:*i failedJobsHistoryLimit:*i
CronJobStatus active:[ObjectReference] lastScheduleTime:*t lastSuccessfulTime:*t
Job kind:s apiVersion:s metadata:ObjectMeta spec:JobSpec status:JobStatus
JobCondition type:s=JobConditionType!^ status:s=ConditionStatus!^ lastProbeTime:t lastTransitionTime:t reason:s message:s
JobSchedulingConfiguration disruptionMode:*v1alpha3.WorkloadPodGroupDisruptionMode resourceClaims:[v1alpha3.WorkloadPodGroupResourceClaim] schedulingConstraints:*v1alpha3.WorkloadPodGroupSchedulingConstraints schedulingPolicy:*v1alpha3.WorkloadPodGroupSchedulingPolicy
JobSpec parallelism:*i completions:*i activeDeadlineSeconds:*l podFailurePolicy:*PodFailurePolicy successPolicy:*SuccessPolicy backoffLimit:*i backoffLimitPerIndex:*i maxFailedIndexes:*i selector:*LabelSelector manualSelector:*b template:PodTemplateSpec^ ttlSecondsAfterFinished:*i completionMode:*s=CompletionMode suspend:*b podReplacementPolicy:*s=PodReplacementPolicy managedBy:*s scheduling:*JobSchedulingConfiguration
JobStatus conditions:[JobCondition] startTime:*t completionTime:*t active:i succeeded:i failed:i terminating:*i completedIndexes:s failedIndexes:*s uncountedTerminatedPods:*UncountedTerminatedPods ready:*i
JobTemplateSpec metadata:ObjectMeta spec:JobSpec
PodFailurePolicy rules:[PodFailurePolicyRule]!^
PodFailurePolicyOnExitCodesRequirement containerName:*s operator:s=PodFailurePolicyOnExitCodesOperator!^ values:[i]!^
PodFailurePolicyOnPodConditionsPattern type:s=PodConditionType!^ status:s=ConditionStatus!
PodFailurePolicyRule action:s=PodFailurePolicyAction!^ onExitCodes:*PodFailurePolicyOnExitCodesRequirement onPodConditions:[PodFailurePolicyOnPodConditionsPattern]
SuccessPolicy rules:[SuccessPolicyRule]!^
SuccessPolicyRule succeededIndexes:*s succeededCount:*i
UncountedTerminatedPods succeeded:[s=types.UID] failed:[s=types.UID]
v1alpha3.TopologyConstraint key:s!^
v1alpha3.WorkloadPodGroupAllDisruptionMode
v1alpha3.WorkloadPodGroupBasicSchedulingPolicy
v1alpha3.WorkloadPodGroupDisruptionMode all:*v1alpha3.WorkloadPodGroupAllDisruptionMode single:*v1alpha3.WorkloadPodGroupSingleDisruptionMode
v1alpha3.WorkloadPodGroupGangSchedulingPolicy minCount:*i^
v1alpha3.WorkloadPodGroupResourceClaim name:s!^ resourceClaimName:*s resourceClaimTemplateName:*s
v1alpha3.WorkloadPodGroupSchedulingConstraints topology:[v1alpha3.TopologyConstraint]
v1alpha3.WorkloadPodGroupSchedulingPolicy basic:*v1alpha3.WorkloadPodGroupBasicSchedulingPolicy gang:*v1alpha3.WorkloadPodGroupGangSchedulingPolicy
v1alpha3.WorkloadPodGroupSingleDisruptionMode
`;
