import type { PersistentVolume, PersistentVolumeClaim, StorageClass } from '../api/cluster-kinds.ts';
import { getKind } from '../api/kinds.ts';
import { subjectOf } from '../loop/cluster.ts';
import type { PlannedStep, View } from '../loop/controller.ts';
import { generatedUid } from '../store/generated-name.ts';
import { betaStorageProvisioner, boundByController, inTreeDeletion, provisionedBy, selectedNode, storageProvisioner, yes } from './annotations.ts';
import { refusalOf } from './csi-driver.ts';
import { classNameOf, classOf } from './storage-class.ts';
import { provisionerOf } from './volume-plugins.ts';
import { claimText, patchOf } from './volume-steps.ts';

/** Settings of the controller manager. */
export interface ProvisioningOptions {
  /** `--enable-hostpath-provisioner`: off unless somebody switched it on, for tests on one node. */
  readonly hostPathProvisioning: boolean;
}

/** The name of the volume that is made for a claim: the same at every attempt. */
export function provisionedName({ metadata: { uid } }: PersistentVolumeClaim): string {
  return `pvc-${uid}`;
}

/** Has a volume made for a claim, or says why that is impossible. Models pv_controller.go provisionClaim. */
export function provisionFor(claim: PersistentVolumeClaim, view: View, options: ProvisioningOptions): readonly PlannedStep[] {
  const storageClass = classOf(view.store, claim);
  if (storageClass === undefined) return [failed(claim, `storageclass.storage.k8s.io "${classNameOf(claim)}" not found`)];
  const provisioner = provisionerOf(storageClass.provisioner);
  if ('error' in provisioner) return [failed(claim, provisioner.error)];
  const { by, name } = provisioner;
  if (by === 'plugin') return byPlugin({ claim, storageClass, plugin: name }, view, options);
  const message =
    `Waiting for a volume to be created either by the external provisioner '${name}' or manually by the system administrator. ` +
    'If volume creation is delayed, please verify that the provisioner is running and correctly registered.';
  return [...asksFor(claim, name), { about: claim, type: 'Normal', reason: 'ExternalProvisioning', message }];
}

/** Writes on the claim who is to make its volume: that is how external provisioners hear of it. */
function asksFor(claim: PersistentVolumeClaim, provisioner: string): readonly PlannedStep[] {
  if (claim.metadata.annotations?.[storageProvisioner] === provisioner) return [];
  const annotations = { [betaStorageProvisioner]: provisioner, [storageProvisioner]: provisioner };
  return [patchOf(claim, { metadata: { annotations } }, { text: `asks ${provisioner} for a volume for claim ${claimText(claim)}`, because: 'no volume fits' })];
}

interface Order {
  readonly claim: PersistentVolumeClaim;
  readonly storageClass: StorageClass;
  readonly plugin: string;
}

function byPlugin({ claim, storageClass, plugin }: Order, view: View, options: ProvisioningOptions): readonly PlannedStep[] {
  if (claim.spec.dataSource !== undefined) {
    return [failed(claim, `plugin "${plugin}" is not a CSI plugin. Only CSI plugin can provision a claim with a datasource`)];
  }
  const asked = asksFor(claim, plugin);
  const name = provisionedName(claim);
  if (getKind(view.store, 'PersistentVolume', name) !== undefined) return asked;
  const { mountOptions = [], metadata } = storageClass;
  const refusal = (message: string): readonly PlannedStep[] => [...asked, failed(claim, message)];
  if (mountOptions.length > 0) {
    return refusal(`Mount options are not supported by the provisioner but StorageClass "${metadata.name}" has mount options [${mountOptions.join(' ')}]`);
  }
  if (!options.hostPathProvisioning) return refusal(`Failed to create provisioner: provisioning in volume plugin "${plugin}" is disabled`);
  const node = claim.metadata.annotations?.[selectedNode];
  if (node !== undefined && getKind(view.store, 'Node', node) === undefined) return refusal(`Failed to get target node: node "${node}" not found`);
  const problem = claim.spec.volumeMode === 'Block' ? `${plugin} does not support block volume provisioning` : refusalOf(view, 'provisioner', plugin);
  if (problem !== undefined) {
    const message = `Failed to provision volume with StorageClass "${metadata.name}": ${problem}`;
    return [...asked, ...asksAgain(claim), failed(claim, message)];
  }
  const made: PlannedStep = {
    write: { verb: 'create', object: hostPathVolume({ claim, storageClass, plugin }, view) },
    text: `creates volume ${name} for claim ${claimText(claim)}`,
    because: `class ${metadata.name} provisions with ${plugin}`,
    tone: 'good',
  };
  return [
    ...asked,
    made,
    { about: claim, type: 'Normal', reason: 'ProvisioningSucceeded', message: `Successfully provisioned volume ${name} using ${plugin}` },
  ];
}

/** Takes the chosen node off a claim, so that the scheduler chooses again. Models pv_controller.go rescheduleProvisioning. */
function asksAgain(claim: PersistentVolumeClaim): readonly PlannedStep[] {
  if (claim.metadata.annotations?.[selectedNode] === undefined) return [];
  const words = { text: `lets the scheduler choose again for claim ${claimText(claim)}`, because: 'no volume could be made for the chosen node' };
  return [patchOf(claim, { metadata: { annotations: { [selectedNode]: null } } }, words)];
}

/** Models pkg/volume/hostpath Provision: an empty directory of a random name; the claim's selector is not looked at. */
function hostPathVolume({ claim, storageClass, plugin }: Order, { store }: View) {
  const { name, namespace = 'default', uid, resourceVersion } = claim.metadata;
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: {
      name: provisionedName(claim),
      annotations: { 'kubernetes.io/createdby': 'hostpath-dynamic-provisioner', [boundByController]: yes, [provisionedBy]: plugin },
      ...(storageClass.reclaimPolicy === 'Delete' && { finalizers: [inTreeDeletion] }),
    },
    spec: {
      accessModes: claim.spec.accessModes,
      capacity: { storage: claim.spec.resources.requests.storage },
      claimRef: { apiVersion: 'v1', kind: 'PersistentVolumeClaim', name, namespace, uid, resourceVersion },
      hostPath: { path: `/tmp/hostpath_pv/${generatedUid([store.seed, subjectOf(claim), uid].join('/'))}` },
      persistentVolumeReclaimPolicy: storageClass.reclaimPolicy,
      storageClassName: classNameOf(claim),
    },
  };
}

function failed(claim: PersistentVolumeClaim, message: string): PlannedStep {
  return { about: claim, type: 'Warning', reason: 'ProvisioningFailed', message };
}

/** The claim of a volume by its reference; undefined if it is gone or another of the same name. */
export function ownerOf({ store }: View, { spec: { claimRef } }: PersistentVolume): PersistentVolumeClaim | undefined {
  if (claimRef === undefined) return undefined;
  const claim = getKind(store, 'PersistentVolumeClaim', claimRef.name, claimRef.namespace ?? 'default');
  return claim?.metadata.uid === claimRef.uid ? claim : undefined;
}
