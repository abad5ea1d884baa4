// Written by src/cli/field-tables.ts from the Go types of Kubernetes v1.36.4, with the changes up to v1.37 in field-tables-changes.ts. Not to be edited.
/** Fields of HorizontalPodAutoscaler, HorizontalPodAutoscaler, PodDisruptionBudget and what they hold. */
export const scalingTypes = `
=UnhealthyPodEvictionPolicyType AlwaysAllow IfHealthyBudget
CrossVersionObjectReference kind:s!^ name:s!^ apiVersion:s
HorizontalPodAutoscaler kind:s apiVersion:s metadata:ObjectMeta spec:HorizontalPodAutoscalerSpec^ status:HorizontalPodAutoscalerStatus
HorizontalPodAutoscalerSpec scaleTargetRef:CrossVersionObjectReference^ minReplicas:*i maxReplicas:i!^ targetCPUUtilizationPercentage:*i
HorizontalPodAutoscalerStatus observedGeneration:*l lastScaleTime:*t currentReplicas:i!^ desiredReplicas:i!^ currentCPUUtilizationPercentage:*i
PodDisruptionBudget kind:s apiVersion:s metadata:ObjectMeta spec:PodDisruptionBudgetSpec status:PodDisruptionBudgetStatus
PodDisruptionBudgetSpec minAvailable:*x selector:*LabelSelector maxUnavailable:*x unhealthyPodEvictionPolicy:*s=UnhealthyPodEvictionPolicyType
PodDisruptionBudgetStatus observedGeneration:l disruptedPods:{t} disruptionsAllowed:i! currentHealthy:i! desiredHealthy:i! expectedPods:i! conditions:[Condition]
v2.ContainerResourceMetricSource name:s=ResourceName!^ target:v2.MetricTarget!^ container:s!^
v2.ContainerResourceMetricStatus name:s=ResourceName!^ current:v2.MetricValueStatus!^ container:s!^
v2.CrossVersionObjectReference kind:s!^ name:s!^ apiVersion:s
v2.ExternalMetricSource metric:v2.MetricIdentifier!^ target:v2.MetricTarget!^
v2.ExternalMetricStatus metric:v2.MetricIdentifier!^ current:v2.MetricValueStatus!^
v2.HPAScalingPolicy type:s=v2.HPAScalingPolicyType!^ value:i!^ periodSeconds:i!^
v2.HPAScalingRules stabilizationWindowSeconds:*i selectPolicy:*s=v2.ScalingPolicySelect policies:[v2.HPAScalingPolicy] tolerance:*q
v2.HorizontalPodAutoscaler kind:s apiVersion:s metadata:ObjectMeta spec:v2.HorizontalPodAutoscalerSpec^ status:v2.HorizontalPodAutoscalerStatus
v2.HorizontalPodAutoscalerBehavior scaleUp:*v2.HPAScalingRules scaleDown:*v2.HPAScalingRules
v2.HorizontalPodAutoscalerCondition type:s=v2.HorizontalPodAutoscalerConditionType!^ status:s=ConditionStatus!^ lastTransitionTime:t reason:s message:s observedGeneration:l
v2.HorizontalPodAutoscalerSpec scaleTargetRef:v2.CrossVersionObjectReference!^ minReplicas:*i maxReplicas:i!^ metrics:[v2.MetricSpec] behavior:*v2.HorizontalPodAutoscalerBehavior
v2.HorizontalPodAutoscalerStatus observedGeneration:*l lastScaleTime:*t currentReplicas:i desiredReplicas:i!^ currentMetrics:[v2.MetricStatus]! conditions:[v2.HorizontalPodAutoscalerCondition]
v2.MetricIdentifier name:s!^ selector:*LabelSelector
v2.MetricSpec type:s=v2.MetricSourceType!^ object:*v2.ObjectMetricSource pods:*v2.PodsMetricSource resource:*v2.ResourceMetricSource containerResource:*v2.ContainerResourceMetricSource external:*v2.ExternalMetricSource
v2.MetricStatus type:s=v2.MetricSourceType!^ object:*v2.ObjectMetricStatus pods:*v2.PodsMetricStatus resource:*v2.ResourceMetricStatus containerResource:*v2.ContainerResourceMetricStatus external:*v2.ExternalMetricStatus
v2.MetricTarget type:s=v2.MetricTargetType!^ value:*q averageValue:*q averageUtilization:*i
v2.MetricValueStatus value:*q averageValue:*q averageUtilization:*i
v2.ObjectMetricSource describedObject:v2.CrossVersionObjectReference!^ target:v2.MetricTarget!^ metric:v2.MetricIdentifier!^
v2.ObjectMetricStatus metric:v2.MetricIdentifier!^ current:v2.MetricValueStatus!^ describedObject:v2.CrossVersionObjectReference!^
v2.PodsMetricSource metric:v2.MetricIdentifier!^ target:v2.MetricTarget!^
v2.PodsMetricStatus metric:v2.MetricIdentifier!^ current:v2.MetricValueStatus!^
v2.ResourceMetricSource name:s=ResourceName!^ target:v2.MetricTarget!^
v2.ResourceMetricStatus name:s=ResourceName!^ current:v2.MetricValueStatus!^
`;
