import type { AdmissionPlugin } from './admission-plugin.ts';
import { defaultStorageClassAdmission } from './admission/default-storage-class.ts';
import { defaultTolerationSeconds } from './admission/default-toleration-seconds.ts';
import { limitRanger } from './admission/limit-ranger.ts';
import { namespaceLifecycle } from './admission/namespace-lifecycle.ts';
import { persistentVolumeClaimResize } from './admission/persistent-volume-claim-resize.ts';
import { priorityAdmission } from './admission/priority.ts';
import { resourceQuota } from './admission/resource-quota.ts';
import { serviceAccountAdmission } from './admission/service-account.ts';
import { storageObjectInUseProtection } from './admission/storage-object-in-use-protection.ts';
import { taintNodesByCondition } from './admission/taint-nodes-by-condition.ts';
import type { KindRules } from './kind-rules.ts';
import { configMapRules, serviceAccountRules } from './kinds/config-map.ts';
import { csiDriverRules } from './kinds/csi-driver.ts';
import { csiNodeRules } from './kinds/csi-node.ts';
import { deploymentRules } from './kinds/deployment.ts';
import { limitRangeRules } from './kinds/limit-range.ts';
import { namespaceRules } from './kinds/namespace.ts';
import { nodeRules } from './kinds/node.ts';
import { persistentVolumeClaimRules } from './kinds/persistent-volume-claim.ts';
import { persistentVolumeRules } from './kinds/persistent-volume.ts';
import { podRules } from './kinds/pod.ts';
import { priorityClassRules } from './kinds/priority-class.ts';
import { replicaSetRules } from './kinds/replica-set.ts';
import { resourceQuotaRules } from './kinds/resource-quota.ts';
import { serviceRules } from './kinds/service.ts';
import { statefulSetRules } from './kinds/stateful-set.ts';
import { storageClassRules } from './kinds/storage-class.ts';
import { volumeAttachmentRules } from './kinds/volume-attachment.ts';

/** Rules of all kinds that have some. For tests and the playground; a lab names what it needs. */
export const allKinds: readonly KindRules[] = [
  ...[podRules, serviceRules, nodeRules, namespaceRules, deploymentRules, replicaSetRules, statefulSetRules, priorityClassRules],
  ...[limitRangeRules, resourceQuotaRules, configMapRules, serviceAccountRules],
  ...[persistentVolumeRules, persistentVolumeClaimRules, storageClassRules, volumeAttachmentRules, csiDriverRules, csiNodeRules],
];

/** All admission plugins, in the API server's order. Models pkg/kubeapiserver/options/plugins.go AllOrderedPlugins. */
export const allAdmission: readonly AdmissionPlugin[] = [
  ...[namespaceLifecycle, limitRanger, serviceAccountAdmission, taintNodesByCondition, priorityAdmission, defaultTolerationSeconds],
  ...[defaultStorageClassAdmission, storageObjectInUseProtection, persistentVolumeClaimResize, resourceQuota],
];
