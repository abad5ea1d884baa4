// Written by src/cli/field-tables.ts from the Go types of Kubernetes v1.36.4, with the changes up to v1.37 in field-tables-changes.ts. Not to be edited.
/** Fields of PersistentVolume, PersistentVolumeClaim, StorageClass, VolumeAttachment, CSIDriver, CSINode, CSIStorageCapacity, VolumeAttributesClass and what they hold. */
export const volumeTypes = `
=PersistentVolumePhase Available Bound Failed Pending Released
=PersistentVolumeReclaimPolicy Delete Recycle Retain
=VolumeBindingMode Immediate WaitForFirstConsumer
AzureFilePersistentVolumeSource secretName:s!^ shareName:s!^ readOnly:b secretNamespace:*s
CSIDriver kind:s apiVersion:s metadata:ObjectMeta spec:CSIDriverSpec^
CSIDriverSpec attachRequired:*b podInfoOnMount:*b volumeLifecycleModes:[s=VolumeLifecycleMode] storageCapacity:*b fsGroupPolicy:*s=FSGroupPolicy tokenRequests:[TokenRequest] requiresRepublish:*b seLinuxMount:*b nodeAllocatableUpdatePeriodSeconds:*l serviceAccountTokenInSecrets:*b preventPodSchedulingIfMissing:*b
CSINode kind:s apiVersion:s metadata:ObjectMeta spec:CSINodeSpec^ status:*CSINodeStatus
CSINodeDriver name:s!^ nodeID:s!^ topologyKeys:[s]! allocatable:*VolumeNodeResources
CSINodeSpec drivers:[CSINodeDriver]!^
CSINodeStatus storageHealth:[StorageHealth]
CSIPersistentVolumeSource driver:s!^ volumeHandle:s!^ readOnly:b fsType:s volumeAttributes:{s} controllerPublishSecretRef:*SecretReference nodeStageSecretRef:*SecretReference nodePublishSecretRef:*SecretReference controllerExpandSecretRef:*SecretReference nodeExpandSecretRef:*SecretReference
CSIStorageCapacity kind:s apiVersion:s metadata:ObjectMeta nodeTopology:*LabelSelector storageClassName:s!^ capacity:*q maximumVolumeSize:*q
CephFSPersistentVolumeSource monitors:[s]!^ path:s user:s secretFile:s secretRef:*SecretReference readOnly:b
CinderPersistentVolumeSource volumeID:s!^ fsType:s readOnly:b secretRef:*SecretReference
FlexPersistentVolumeSource driver:s!^ fsType:s secretRef:*SecretReference readOnly:b options:{s}
GlusterfsPersistentVolumeSource endpoints:s!^ path:s!^ readOnly:b endpointsNamespace:*s
ISCSIPersistentVolumeSource targetPortal:s!^ iqn:s!^ lun:i!^ iscsiInterface:s fsType:s readOnly:b portals:[s] chapAuthDiscovery:b chapAuthSession:b secretRef:*SecretReference initiatorName:*s
LocalVolumeSource path:s!^ fsType:*s
PersistentVolume kind:s apiVersion:s metadata:ObjectMeta spec:PersistentVolumeSpec status:PersistentVolumeStatus
PersistentVolumeSpec capacity:{q}=ResourceList gcePersistentDisk:*GCEPersistentDiskVolumeSource awsElasticBlockStore:*AWSElasticBlockStoreVolumeSource hostPath:*HostPathVolumeSource glusterfs:*GlusterfsPersistentVolumeSource nfs:*NFSVolumeSource rbd:*RBDPersistentVolumeSource iscsi:*ISCSIPersistentVolumeSource cinder:*CinderPersistentVolumeSource cephfs:*CephFSPersistentVolumeSource fc:*FCVolumeSource flocker:*FlockerVolumeSource flexVolume:*FlexPersistentVolumeSource azureFile:*AzureFilePersistentVolumeSource vsphereVolume:*VsphereVirtualDiskVolumeSource quobyte:*QuobyteVolumeSource azureDisk:*AzureDiskVolumeSource photonPersistentDisk:*PhotonPersistentDiskVolumeSource portworxVolume:*PortworxVolumeSource scaleIO:*ScaleIOPersistentVolumeSource local:*LocalVolumeSource storageos:*StorageOSPersistentVolumeSource csi:*CSIPersistentVolumeSource accessModes:[s=PersistentVolumeAccessMode] claimRef:*ObjectReference persistentVolumeReclaimPolicy:s=PersistentVolumeReclaimPolicy storageClassName:s mountOptions:[s] volumeMode:*s=PersistentVolumeMode nodeAffinity:*VolumeNodeAffinity volumeAttributesClassName:*s
PersistentVolumeStatus phase:s=PersistentVolumePhase message:s reason:s lastPhaseTransitionTime:*t
RBDPersistentVolumeSource monitors:[s]!^ image:s!^ fsType:s pool:s user:s keyring:s secretRef:*SecretReference readOnly:b
ScaleIOPersistentVolumeSource gateway:s!^ system:s!^ secretRef:*SecretReference^ sslEnabled:b protectionDomain:s storagePool:s storageMode:s volumeName:s fsType:s readOnly:b
SecretReference name:s namespace:s
StorageClass kind:s apiVersion:s metadata:ObjectMeta provisioner:s!^ parameters:{s} reclaimPolicy:*s=PersistentVolumeReclaimPolicy mountOptions:[s] allowVolumeExpansion:*b volumeBindingMode:*s=VolumeBindingMode allowedTopologies:[TopologySelectorTerm]
StorageHealth name:s!^ healthConditions:[StorageHealthCondition]
StorageHealthCondition status:s!^ reason:s message:s accessMode:s volumeMode:s lastTransitionTime:t
StorageOSPersistentVolumeSource volumeName:s volumeNamespace:s fsType:s readOnly:b secretRef:*ObjectReference
TokenRequest audience:s!^ expirationSeconds:*l
TopologySelectorLabelRequirement key:s!^ values:[s]!^
TopologySelectorTerm matchLabelExpressions:[TopologySelectorLabelRequirement]
VolumeAttachment kind:s apiVersion:s metadata:ObjectMeta spec:VolumeAttachmentSpec^ status:VolumeAttachmentStatus
VolumeAttachmentSource persistentVolumeName:*s inlineVolumeSpec:*PersistentVolumeSpec
VolumeAttachmentSpec attacher:s!^ source:VolumeAttachmentSource^ nodeName:s!^
VolumeAttachmentStatus attached:b!^ attachmentMetadata:{s} attachError:*VolumeError detachError:*VolumeError
VolumeAttributesClass kind:s apiVersion:s metadata:ObjectMeta driverName:s!^ parameters:{s}
VolumeError time:t message:s errorCode:*i
VolumeNodeAffinity required:*NodeSelector
VolumeNodeResources count:*i
`;
