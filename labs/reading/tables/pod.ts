// Written by src/cli/field-tables.ts from the Go types of Kubernetes v1.36.4, with the changes up to v1.37 in field-tables-changes.ts. Not to be edited.
/** Fields of Pod, PodTemplate and what they hold. */
export const podTypes = `
=AppArmorProfileType Localhost RuntimeDefault Unconfined
=AzureDataDiskCachingMode None ReadOnly ReadWrite
=AzureDataDiskKind Dedicated Managed Shared
=DNSPolicy ClusterFirst ClusterFirstWithHostNet Default None
=HostPathType  BlockDevice CharDevice Directory DirectoryOrCreate File FileOrCreate Socket
=MountPropagationMode Bidirectional HostToContainer None
=NodeInclusionPolicy Honor Ignore
=PersistentVolumeMode Block Filesystem
=PodFSGroupChangePolicy Always OnRootMismatch
=PodPhase Failed Pending Running Succeeded Unknown
=PodQOSClass BestEffort Burstable Guaranteed
=PreemptionPolicy Never PreemptLowerPriority
=ProcMountType Default Unmasked
=PullPolicy Always IfNotPresent Never
=RestartPolicy Always Never OnFailure
=SeccompProfileType Localhost RuntimeDefault Unconfined
=Signal SIGABRT SIGALRM SIGBUS SIGCHLD SIGCLD SIGCONT SIGFPE SIGHUP SIGILL SIGINT SIGIO SIGIOT SIGKILL SIGPIPE SIGPOLL SIGPROF SIGPWR SIGQUIT SIGRTMAX SIGRTMAX-1 SIGRTMAX-10 SIGRTMAX-11 SIGRTMAX-12 SIGRTMAX-13 SIGRTMAX-14 SIGRTMAX-2 SIGRTMAX-3 SIGRTMAX-4 SIGRTMAX-5 SIGRTMAX-6 SIGRTMAX-7 SIGRTMAX-8 SIGRTMAX-9 SIGRTMIN SIGRTMIN+1 SIGRTMIN+10 SIGRTMIN+11 SIGRTMIN+12 SIGRTMIN+13 SIGRTMIN+14 SIGRTMIN+15 SIGRTMIN+2 SIGRTMIN+3 SIGRTMIN+4 SIGRTMIN+5 SIGRTMIN+6 SIGRTMIN+7 SIGRTMIN+8 SIGRTMIN+9 SIGSEGV SIGSTKFLT SIGSTOP SIGSYS SIGTERM SIGTRAP SIGTSTP SIGTTIN SIGTTOU SIGURG SIGUSR1 SIGUSR2 SIGVTALRM SIGWINCH SIGXCPU SIGXFSZ
=SupplementalGroupsPolicy Merge Strict
=TaintEffect NoExecute NoSchedule PreferNoSchedule
=TerminationMessagePolicy FallbackToLogsOnError File
=TolerationOperator Equal Exists Gt Lt
=URIScheme HTTP HTTPS
=UnsatisfiableConstraintAction DoNotSchedule ScheduleAnyway
AWSElasticBlockStoreVolumeSource volumeID:s!^ fsType:s partition:i readOnly:b
Affinity nodeAffinity:*NodeAffinity podAffinity:*PodAffinity podAntiAffinity:*PodAntiAffinity
AppArmorProfile type:s=AppArmorProfileType!^ localhostProfile:*s
AzureDiskVolumeSource diskName:s!^ diskURI:s!^ cachingMode:*s=AzureDataDiskCachingMode fsType:*s readOnly:*b kind:*s=AzureDataDiskKind
AzureFileVolumeSource secretName:s!^ shareName:s!^ readOnly:b
CSIVolumeSource driver:s!^ readOnly:*b fsType:*s volumeAttributes:{s} nodePublishSecretRef:*LocalObjectReference
Capabilities add:[s=Capability] drop:[s=Capability]
CephFSVolumeSource monitors:[s]!^ path:s user:s secretFile:s secretRef:*LocalObjectReference readOnly:b
CinderVolumeSource volumeID:s!^ fsType:s readOnly:b secretRef:*LocalObjectReference
ClusterTrustBundleProjection name:*s signerName:*s labelSelector:*LabelSelector optional:*b path:s!^ user:*l
ConfigMapEnvSource name:s optional:*b
ConfigMapKeySelector name:s key:s!^ optional:*b
ConfigMapProjection name:s items:[KeyToPath] optional:*b
ConfigMapVolumeSource name:s items:[KeyToPath] defaultMode:*i optional:*b defaultUser:*l
Container name:s!^ image:s command:[s] args:[s] workingDir:s ports:[ContainerPort] envFrom:[EnvFromSource] env:[EnvVar] resources:ResourceRequirements resizePolicy:[ContainerResizePolicy] restartPolicy:*s=ContainerRestartPolicy restartPolicyRules:[ContainerRestartRule] volumeMounts:[VolumeMount] volumeDevices:[VolumeDevice] livenessProbe:*Probe readinessProbe:*Probe startupProbe:*Probe lifecycle:*Lifecycle terminationMessagePath:s terminationMessagePolicy:s=TerminationMessagePolicy imagePullPolicy:s=PullPolicy securityContext:*SecurityContext stdin:b stdinOnce:b tty:b
ContainerExtendedResourceRequest containerName:s!^ resourceName:s!^ requestName:s!^
ContainerPort name:s hostPort:i containerPort:i!^ protocol:s=Protocol hostIP:s
ContainerResizePolicy resourceName:s=ResourceName!^ restartPolicy:s=ResourceResizeRestartPolicy!^
ContainerRestartRule action:s=ContainerRestartRuleAction^ exitCodes:*ContainerRestartRuleOnExitCodes
ContainerRestartRuleOnExitCodes operator:s=ContainerRestartRuleOnExitCodesOperator^ values:[i]
ContainerState waiting:*ContainerStateWaiting running:*ContainerStateRunning terminated:*ContainerStateTerminated
ContainerStateRunning startedAt:t
ContainerStateTerminated exitCode:i!^ signal:i reason:s message:s startedAt:t finishedAt:t containerID:s
ContainerStateWaiting reason:s message:s
ContainerStatus name:s!^ state:ContainerState lastState:ContainerState ready:b!^ restartCount:i!^ image:s!^ imageID:s!^ containerID:s started:*b allocatedResources:{q}=ResourceList resources:*ResourceRequirements volumeMounts:[VolumeMountStatus] user:*ContainerUser allocatedResourcesStatus:[ResourceStatus] stopSignal:*s=Signal
ContainerUser linux:*LinuxContainerUser
DownwardAPIProjection items:[DownwardAPIVolumeFile]
DownwardAPIVolumeFile path:s!^ fieldRef:*ObjectFieldSelector resourceFieldRef:*ResourceFieldSelector mode:*i user:*l
DownwardAPIVolumeSource items:[DownwardAPIVolumeFile] defaultMode:*i defaultUser:*l
EmptyDirVolumeSource medium:s=StorageMedium sizeLimit:*q mode:*i
EnvFromSource prefix:s configMapRef:*ConfigMapEnvSource secretRef:*SecretEnvSource
EnvVar name:s!^ value:s valueFrom:*EnvVarSource
EnvVarSource fieldRef:*ObjectFieldSelector resourceFieldRef:*ResourceFieldSelector configMapKeyRef:*ConfigMapKeySelector secretKeyRef:*SecretKeySelector fileKeyRef:*FileKeySelector
EphemeralContainer name:s!^ image:s command:[s] args:[s] workingDir:s ports:[ContainerPort] envFrom:[EnvFromSource] env:[EnvVar] resources:ResourceRequirements resizePolicy:[ContainerResizePolicy] restartPolicy:*s=ContainerRestartPolicy restartPolicyRules:[ContainerRestartRule] volumeMounts:[VolumeMount] volumeDevices:[VolumeDevice] livenessProbe:*Probe readinessProbe:*Probe startupProbe:*Probe lifecycle:*Lifecycle terminationMessagePath:s terminationMessagePolicy:s=TerminationMessagePolicy imagePullPolicy:s=PullPolicy securityContext:*SecurityContext stdin:b stdinOnce:b tty:b targetContainerName:s
EphemeralVolumeSource volumeClaimTemplate:*PersistentVolumeClaimTemplate
EvictionResponder name:s!^ priority:*i^
ExecAction command:[s]
FCVolumeSource targetWWNs:[s] lun:*i fsType:s readOnly:b wwids:[s]
FileKeySelector volumeName:s!^ path:s!^ key:s!^ optional:*b
FlexVolumeSource driver:s!^ fsType:s secretRef:*LocalObjectReference readOnly:b options:{s}
FlockerVolumeSource datasetName:s datasetUUID:s
GCEPersistentDiskVolumeSource pdName:s!^ fsType:s partition:i readOnly:b
GRPCAction port:i!^ service:*s mode:*s
GitRepoVolumeSource repository:s!^ revision:s directory:s
GlusterfsVolumeSource endpoints:s!^ path:s!^ readOnly:b
HTTPGetAction path:s port:x!^ host:s scheme:s=URIScheme httpHeaders:[HTTPHeader] protocol:*s=HTTPProbeProtocol
HTTPHeader name:s!^ value:s!^
HostAlias ip:s!^ hostnames:[s]
HostIP ip:s!^
HostPathVolumeSource path:s!^ type:*s=HostPathType
ISCSIVolumeSource targetPortal:s!^ iqn:s!^ lun:i!^ iscsiInterface:s fsType:s readOnly:b portals:[s] chapAuthDiscovery:b chapAuthSession:b secretRef:*LocalObjectReference initiatorName:*s
ImageVolumeSource reference:s pullPolicy:s=PullPolicy
ImageVolumeStatus imageRef:s^
KeyToPath key:s!^ path:s!^ mode:*i user:*l
Lifecycle postStart:*LifecycleHandler preStop:*LifecycleHandler stopSignal:*s=Signal
LifecycleHandler exec:*ExecAction httpGet:*HTTPGetAction tcpSocket:*TCPSocketAction sleep:*SleepAction
LinuxContainerUser uid:l!^ gid:l!^ supplementalGroups:[l]
LocalObjectReference name:s
NFSVolumeSource server:s!^ path:s!^ readOnly:b
NodeAffinity requiredDuringSchedulingIgnoredDuringExecution:*NodeSelector preferredDuringSchedulingIgnoredDuringExecution:[PreferredSchedulingTerm]
NodeAllocatableResourceClaimStatus resourceClaimName:s!^ containers:[s] resources:{q}=map[v1.ResourceName]resource.Quantity!^
ObjectFieldSelector apiVersion:s fieldPath:s!^
PersistentVolumeClaimSpec accessModes:[s=PersistentVolumeAccessMode] selector:*LabelSelector resources:VolumeResourceRequirements volumeName:s storageClassName:*s volumeMode:*s=PersistentVolumeMode dataSource:*TypedLocalObjectReference dataSourceRef:*TypedObjectReference volumeAttributesClassName:*s
PersistentVolumeClaimTemplate metadata:ObjectMeta spec:PersistentVolumeClaimSpec^
PersistentVolumeClaimVolumeSource claimName:s!^ readOnly:b
PhotonPersistentDiskVolumeSource pdID:s!^ fsType:s
Pod kind:s apiVersion:s metadata:ObjectMeta spec:PodSpec status:PodStatus
PodAffinity requiredDuringSchedulingIgnoredDuringExecution:[PodAffinityTerm] preferredDuringSchedulingIgnoredDuringExecution:[WeightedPodAffinityTerm]
PodAffinityTerm labelSelector:*LabelSelector namespaces:[s] topologyKey:s!^ namespaceSelector:*LabelSelector matchLabelKeys:[s] mismatchLabelKeys:[s]
PodAntiAffinity requiredDuringSchedulingIgnoredDuringExecution:[PodAffinityTerm] preferredDuringSchedulingIgnoredDuringExecution:[WeightedPodAffinityTerm]
PodCertificateProjection signerName:s^ keyType:s^ maxExpirationSeconds:*i credentialBundlePath:s keyPath:s certificateChainPath:s userAnnotations:{s} user:*l
PodCondition type:s=PodConditionType!^ observedGeneration:l status:s=ConditionStatus!^ lastProbeTime:t lastTransitionTime:t reason:s message:s
PodDNSConfig nameservers:[s] searches:[s] options:[PodDNSConfigOption]
PodDNSConfigOption name:s value:*s
PodExtendedResourceClaimStatus requestMappings:[ContainerExtendedResourceRequest]!^ resourceClaimName:s!^
PodIP ip:s!^
PodOS name:s=OSName!^
PodReadinessGate conditionType:s=PodConditionType!^
PodResourceClaim name:s!^ resourceClaimName:*s resourceClaimTemplateName:*s
PodResourceClaimStatus name:s!^ resourceClaimName:*s
PodSchedulingGate name:s!^
PodSchedulingGroup podGroupName:*s
PodSecurityContext seLinuxOptions:*SELinuxOptions windowsOptions:*WindowsSecurityContextOptions runAsUser:*l runAsGroup:*l runAsNonRoot:*b supplementalGroups:[l] supplementalGroupsPolicy:*s=SupplementalGroupsPolicy fsGroup:*l sysctls:[Sysctl] fsGroupChangePolicy:*s=PodFSGroupChangePolicy seccompProfile:*SeccompProfile appArmorProfile:*AppArmorProfile seLinuxChangePolicy:*s=PodSELinuxChangePolicy
PodSpec volumes:[Volume] initContainers:[Container] containers:[Container]!^ ephemeralContainers:[EphemeralContainer] restartPolicy:s=RestartPolicy terminationGracePeriodSeconds:*l activeDeadlineSeconds:*l dnsPolicy:s=DNSPolicy nodeSelector:{s} serviceAccountName:s serviceAccount:s automountServiceAccountToken:*b nodeName:s hostNetwork:b hostPID:b hostIPC:b shareProcessNamespace:*b securityContext:*PodSecurityContext imagePullSecrets:[LocalObjectReference] hostname:s subdomain:s affinity:*Affinity schedulerName:s tolerations:[Toleration] hostAliases:[HostAlias] priorityClassName:s priority:*i dnsConfig:*PodDNSConfig readinessGates:[PodReadinessGate] runtimeClassName:*s enableServiceLinks:*b preemptionPolicy:*s=PreemptionPolicy overhead:{q}=ResourceList topologySpreadConstraints:[TopologySpreadConstraint] setHostnameAsFQDN:*b os:*PodOS hostUsers:*b schedulingGates:[PodSchedulingGate] resourceClaims:[PodResourceClaim] resources:*ResourceRequirements hostnameOverride:*s schedulingGroup:*PodSchedulingGroup evictionResponders:[EvictionResponder]
PodStatus observedGeneration:l phase:s=PodPhase conditions:[PodCondition] message:s reason:s nominatedNodeName:s hostIP:s hostIPs:[HostIP] podIP:s podIPs:[PodIP] startTime:*t initContainerStatuses:[ContainerStatus] containerStatuses:[ContainerStatus] qosClass:s=PodQOSClass ephemeralContainerStatuses:[ContainerStatus] resize:s=PodResizeStatus resourceClaimStatuses:[PodResourceClaimStatus] extendedResourceClaimStatus:*PodExtendedResourceClaimStatus allocatedResources:{q}=ResourceList resources:*ResourceRequirements nodeAllocatableResourceClaimStatuses:[NodeAllocatableResourceClaimStatus] volumeHealth:[PodVolumeHealth]
PodTemplate kind:s apiVersion:s metadata:ObjectMeta template:PodTemplateSpec
PodTemplateSpec metadata:ObjectMeta spec:PodSpec
PodVolumeHealth name:s!^ healthConditions:[VolumeHealthCondition] lastTransitionTime:t
PortworxVolumeSource volumeID:s!^ fsType:s readOnly:b
PreferredSchedulingTerm weight:i!^ preference:NodeSelectorTerm^
Probe exec:*ExecAction httpGet:*HTTPGetAction tcpSocket:*TCPSocketAction grpc:*GRPCAction initialDelaySeconds:i timeoutSeconds:i periodSeconds:i successThreshold:i failureThreshold:i terminationGracePeriodSeconds:*l
ProjectedVolumeSource sources:[VolumeProjection]! defaultMode:*i defaultUser:*l
QuobyteVolumeSource registry:s!^ volume:s!^ readOnly:b user:s group:s tenant:s
RBDVolumeSource monitors:[s]!^ image:s!^ fsType:s pool:s user:s keyring:s secretRef:*LocalObjectReference readOnly:b
ResourceClaim/core name:s!^ request:s
ResourceFieldSelector containerName:s resource:s!^ divisor:q
ResourceHealth resourceID:s=ResourceID!^ health:s=ResourceHealthStatus message:*s
ResourceRequirements limits:{q}=ResourceList requests:{q}=ResourceList claims:[ResourceClaim/core]
ResourceStatus name:s=ResourceName!^ resources:[ResourceHealth]
SELinuxOptions user:s role:s type:s level:s
ScaleIOVolumeSource gateway:s!^ system:s!^ secretRef:*LocalObjectReference^ sslEnabled:b protectionDomain:s storagePool:s storageMode:s volumeName:s fsType:s readOnly:b
SeccompProfile type:s=SeccompProfileType!^ localhostProfile:*s
SecretEnvSource name:s optional:*b
SecretKeySelector name:s key:s!^ optional:*b
SecretProjection name:s items:[KeyToPath] optional:*b
SecretVolumeSource secretName:s items:[KeyToPath] defaultMode:*i optional:*b defaultUser:*l
SecurityContext capabilities:*Capabilities privileged:*b seLinuxOptions:*SELinuxOptions windowsOptions:*WindowsSecurityContextOptions runAsUser:*l runAsGroup:*l runAsNonRoot:*b readOnlyRootFilesystem:*b allowPrivilegeEscalation:*b procMount:*s=ProcMountType seccompProfile:*SeccompProfile appArmorProfile:*AppArmorProfile
ServiceAccountTokenProjection audience:s expirationSeconds:*l path:s!^ user:*l
SleepAction seconds:l!^
StorageOSVolumeSource volumeName:s volumeNamespace:s fsType:s readOnly:b secretRef:*LocalObjectReference
Sysctl name:s!^ value:s!^
TCPSocketAction port:x!^ host:s
Toleration key:s operator:s=TolerationOperator value:s effect:s=TaintEffect tolerationSeconds:*l
TopologySpreadConstraint maxSkew:i!^ topologyKey:s!^ whenUnsatisfiable:s=UnsatisfiableConstraintAction!^ labelSelector:*LabelSelector minDomains:*i nodeAffinityPolicy:*s=NodeInclusionPolicy nodeTaintsPolicy:*s=NodeInclusionPolicy matchLabelKeys:[s]
TypedObjectReference apiGroup:*s kind:s!^ name:s!^ namespace:*s
Volume name:s!^ hostPath:*HostPathVolumeSource emptyDir:*EmptyDirVolumeSource gcePersistentDisk:*GCEPersistentDiskVolumeSource awsElasticBlockStore:*AWSElasticBlockStoreVolumeSource gitRepo:*GitRepoVolumeSource secret:*SecretVolumeSource nfs:*NFSVolumeSource iscsi:*ISCSIVolumeSource glusterfs:*GlusterfsVolumeSource persistentVolumeClaim:*PersistentVolumeClaimVolumeSource rbd:*RBDVolumeSource flexVolume:*FlexVolumeSource cinder:*CinderVolumeSource cephfs:*CephFSVolumeSource flocker:*FlockerVolumeSource downwardAPI:*DownwardAPIVolumeSource fc:*FCVolumeSource azureFile:*AzureFileVolumeSource configMap:*ConfigMapVolumeSource vsphereVolume:*VsphereVirtualDiskVolumeSource quobyte:*QuobyteVolumeSource azureDisk:*AzureDiskVolumeSource photonPersistentDisk:*PhotonPersistentDiskVolumeSource projected:*ProjectedVolumeSource portworxVolume:*PortworxVolumeSource scaleIO:*ScaleIOVolumeSource storageos:*StorageOSVolumeSource csi:*CSIVolumeSource ephemeral:*EphemeralVolumeSource image:*ImageVolumeSource
VolumeDevice name:s!^ devicePath:s!^
VolumeHealthCondition status:s!^ reason:s message:s
VolumeMount name:s!^ readOnly:b recursiveReadOnly:*s=RecursiveReadOnlyMode mountPath:s!^ subPath:s mountPropagation:*s=MountPropagationMode subPathExpr:s bindMountOptions:[s]
VolumeMountStatus name:s!^ mountPath:s!^ readOnly:b recursiveReadOnly:*s=RecursiveReadOnlyMode volumeStatus:*VolumeStatus
VolumeProjection secret:*SecretProjection downwardAPI:*DownwardAPIProjection configMap:*ConfigMapProjection serviceAccountToken:*ServiceAccountTokenProjection clusterTrustBundle:*ClusterTrustBundleProjection podCertificate:*PodCertificateProjection
VolumeResourceRequirements limits:{q}=ResourceList requests:{q}=ResourceList
VolumeStatus image:*ImageVolumeStatus
VsphereVirtualDiskVolumeSource volumePath:s!^ fsType:s storagePolicyName:s storagePolicyID:s
WeightedPodAffinityTerm weight:i!^ podAffinityTerm:PodAffinityTerm^
WindowsSecurityContextOptions gmsaCredentialSpecName:*s gmsaCredentialSpec:*s runAsUserName:*s hostProcess:*b
`;
