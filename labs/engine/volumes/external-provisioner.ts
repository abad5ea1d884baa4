import type { NodeSelectorTerm, PersistentVolume, PersistentVolumeClaim, StorageClass } from '../api/cluster-kinds.ts';
import { isKind, listKind, getKind } from '../api/kinds.ts';
import { keyHash } from '../key-hash.ts';
import { nothing, type Controller, type PlannedStep, type Reconciliation, type View } from '../loop/controller.ts';
import type { JsonObject } from '../patch/json.ts';
import { keyOf } from '../store/stored-object.ts';
import { externalDeletion, provisionedBy, selectedNode, storageProvisioner } from './annotations.ts';
import { driverNamed, isDown, modesOf, provisionMsDefault, refusalOf, type CsiDriverSetup } from './csi-driver.ts';
import { keeping, keptValue } from './kept-values.ts';
import { provisionedName } from './provision-volume.ts';
import { classNameOf, classOf } from './storage-class.ts';
import { attachmentsOf } from './volume-indexes.ts';
import { claimText, patchOf } from './volume-steps.ts';

/**
 * The program beside a CSI driver that makes and deletes volumes for claims; one controller for all drivers of a lab, Events are told in the name of
 * the driver. Facts: `provisioner/<driver>` = `down` or `refuses: <message>`. Models sig-storage-lib-external-provisioner and
 * csi-provisioner; not modelled: snapshots and clones, retries that cannot end differently.
 */
export function createExternalProvisioner(drivers: readonly CsiDriverSetup[]): Controller {
  const driverOf = (name: string | undefined, { store }: View): CsiDriverSetup | undefined =>
    name === undefined ? undefined : driverNamed(drivers, store, name);
  return {
    name: 'external-provisioner',
    watches: ['PersistentVolumeClaim', 'PersistentVolume', 'VolumeAttachment'],
    delayMs: 50,
    enqueue: ({ type, object }) => {
      if (isKind(object, 'VolumeAttachment')) return type === 'DELETED' ? [{ key: `volume/${object.spec.source.persistentVolumeName ?? ''}` }] : [];
      if (type === 'DELETED') return [];
      if (isKind(object, 'PersistentVolumeClaim')) return orderOf(object) === undefined ? [] : [{ key: `claim/${claimText(object)}` }];
      return isKind(object, 'PersistentVolume') && object.metadata.annotations?.[provisionedBy] !== undefined
        ? [{ key: `volume/${object.metadata.name}` }]
        : [];
    },
    notice: (fact, { store }) => (fact.startsWith('provisioner/') ? allWork(store, fact.slice('provisioner/'.length)) : []),
    reconcile: (key, view) => {
      const [kind, first = '', second = ''] = key.split('/');
      if (kind === 'volume') {
        const volume = getKind(view.store, 'PersistentVolume', first);
        const driver = driverOf(volume?.metadata.annotations?.[provisionedBy], view);
        return volume === undefined || driver === undefined ? nothing : deleteVolume(volume, driver, view);
      }
      const claim = getKind(view.store, 'PersistentVolumeClaim', second, first);
      const driver = claim && driverOf(orderOf(claim), view);
      return claim === undefined || driver === undefined ? nothing : makeVolume(claim, driver, view);
    },
  };
}

/** The driver that a claim without a volume asks. */
function orderOf({ metadata, spec }: PersistentVolumeClaim): string | undefined {
  return (spec.volumeName ?? '') === '' ? metadata.annotations?.[storageProvisioner] : undefined;
}

function allWork(store: View['store'], driver: string): readonly { readonly key: string }[] {
  const claims = listKind(store, 'PersistentVolumeClaim').filter((claim) => orderOf(claim) === driver);
  const volumes = listKind(store, 'PersistentVolume').filter(({ metadata }) => metadata.annotations?.[provisionedBy] === driver);
  return [...claims.map((claim) => ({ key: `claim/${claimText(claim)}` })), ...volumes.map(({ metadata }) => ({ key: `volume/${metadata.name}` }))];
}

function makeVolume(claim: PersistentVolumeClaim, driver: CsiDriverSetup, view: View): Reconciliation {
  const storageClass = classOf(view.store, claim);
  const { uid, annotations = {} } = claim.metadata;
  const waits = storageClass?.volumeBindingMode === 'WaitForFirstConsumer' && (annotations[selectedNode] ?? '') === '';
  const isMade = getKind(view.store, 'PersistentVolume', provisionedName(claim)) !== undefined;
  if (storageClass === undefined || waits || isMade || isDown(view, 'provisioner', driver.name)) return nothing;
  const event = { about: claim, source: driver.name };
  const begunMs = keptValue(view.memory, uid) as number | undefined;
  if (begunMs === undefined) {
    const started: PlannedStep = {
      ...event,
      type: 'Normal',
      reason: 'Provisioning',
      message: `External provisioner is provisioning volume for claim "${claimText(claim)}"`,
    };
    return { steps: [started], requeueAfterMs: driver.provisionMs ?? provisionMsDefault, memory: keeping(view.memory, uid, view.nowMs) };
  }
  const readyMs = begunMs + (driver.provisionMs ?? provisionMsDefault);
  if (view.nowMs < readyMs) return { steps: [], requeueAfterMs: readyMs - view.nowMs };
  const memory = keeping(view.memory, uid, undefined);
  const problem = problemOf(claim, driver, view);
  if (problem !== undefined) {
    const message = `failed to provision volume with StorageClass "${storageClass.metadata.name}": ${problem}`;
    // Only a driver that has no room there lets the scheduler choose another node.
    const again = problem.includes('ResourceExhausted') && annotations[selectedNode] !== undefined;
    const words = { text: `lets the scheduler choose again for claim ${claimText(claim)}`, because: 'the chosen node has no room for the volume' };
    const freed = again ? [patchOf(claim, { metadata: { annotations: { [selectedNode]: null } } }, words)] : [];
    // What it began is not forgotten: it is tried again when something about the claim or the driver changes, not by itself.
    return { steps: [{ ...event, type: 'Warning', reason: 'ProvisioningFailed', message }, ...freed], memory };
  }
  const name = provisionedName(claim);
  const made: PlannedStep = {
    write: { verb: 'create', object: volumeFor({ claim, storageClass, driver }, view) },
    text: `creates volume ${name} for claim ${claimText(claim)}`,
    because: `${driver.name} made it, as class ${storageClass.metadata.name} says`,
    tone: 'good',
  };
  return { steps: [made, { ...event, type: 'Normal', reason: 'ProvisioningSucceeded', message: `Successfully provisioned volume ${name}` }], memory };
}

/** Access modes in the words of CSI. */
const csiModes = {
  ReadWriteOnce: 'SINGLE_NODE_WRITER',
  ReadWriteOncePod: 'SINGLE_NODE_SINGLE_WRITER',
  ReadOnlyMany: 'MULTI_NODE_READER_ONLY',
  ReadWriteMany: 'MULTI_NODE_MULTI_WRITER',
} as const;

/** Why a driver cannot make a volume; what is wrong with the request is told as drivers of disks do. */
function problemOf(claim: PersistentVolumeClaim, driver: CsiDriverSetup, view: View): string | undefined {
  if (claim.spec.selector !== undefined) return 'claim Selector is not supported';
  const modes = modesOf(driver);
  const unsupported = claim.spec.accessModes.filter((mode) => !modes.includes(mode));
  if (unsupported.length > 0) {
    const named = unsupported.map((mode) => csiModes[mode]).join(', ');
    return `rpc error: code = InvalidArgument desc = Volume capabilities ${named} not supported. Only AccessModes[${modes.join(', ')}] supported.`;
  }
  return refusalOf(view, 'provisioner', driver.name);
}

interface Order {
  readonly claim: PersistentVolumeClaim;
  readonly storageClass: StorageClass;
  readonly driver: CsiDriverSetup;
}

function volumeFor(order: Order, view: View): JsonObject {
  const { claim, storageClass, driver } = order;
  const { name, namespace = 'default', uid, resourceVersion } = claim.metadata;
  const topology = topologyFor(order, view);
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: {
      name: provisionedName(claim),
      annotations: {
        [provisionedBy]: driver.name,
        'volume.kubernetes.io/provisioner-deletion-secret-name': '',
        'volume.kubernetes.io/provisioner-deletion-secret-namespace': '',
      },
      ...(storageClass.reclaimPolicy === 'Delete' && { finalizers: [externalDeletion] }),
    },
    spec: {
      accessModes: claim.spec.accessModes,
      capacity: { storage: claim.spec.resources.requests.storage },
      claimRef: { apiVersion: 'v1', kind: 'PersistentVolumeClaim', name, namespace, uid, resourceVersion },
      csi: { driver: driver.name, volumeHandle: `vol-${keyHash(`${view.store.seed}/${uid}`).toString(16).padStart(8, '0')}` },
      ...(storageClass.mountOptions !== undefined && { mountOptions: storageClass.mountOptions }),
      ...(topology !== undefined && { nodeAffinity: { required: { nodeSelectorTerms: [topology] } } }),
      persistentVolumeReclaimPolicy: storageClass.reclaimPolicy,
      storageClassName: classNameOf(claim),
      volumeMode: claim.spec.volumeMode,
    },
  };
}

/** Where the volume can be used: the zone of the chosen node; if none was chosen, any zone that has nodes and that the class allows. */
function topologyFor({ claim, storageClass, driver: { topologyKey: key } }: Order, { store }: View): NodeSelectorTerm | undefined {
  if (key === undefined) return undefined;
  const chosen = getKind(store, 'Node', claim.metadata.annotations?.[selectedNode] ?? '')?.metadata.labels?.[key];
  const { allowedTopologies = [] } = storageClass;
  const allowed = allowedTopologies.flatMap(({ matchLabelExpressions = [] }) =>
    matchLabelExpressions.filter((each) => each.key === key).flatMap(({ values }) => values),
  );
  const offered = [...new Set(listKind(store, 'Node').flatMap(({ metadata }) => metadata.labels?.[key] ?? []))];
  const usable = allowed.length === 0 ? offered : allowed;
  const zone = chosen ?? usable[keyHash(`${store.seed}/${claim.metadata.uid}`) % Math.max(1, usable.length)];
  return zone === undefined ? undefined : { matchExpressions: [{ key, operator: 'In', values: [zone] }] };
}

/** Deletes what a released volume stands for, then the volume. */
function deleteVolume(volume: PersistentVolume, driver: CsiDriverSetup, view: View): Reconciliation {
  const { name, uid, finalizers = [], deletionTimestamp } = volume.metadata;
  const isReleased = volume.status?.phase === 'Released' || volume.status?.phase === 'Failed';
  const isDone = deletionTimestamp !== undefined && !finalizers.includes(externalDeletion);
  if (!isReleased || isDone || volume.spec.persistentVolumeReclaimPolicy !== 'Delete' || isDown(view, 'provisioner', driver.name)) return nothing;
  const failed = (message: string): Reconciliation => ({
    steps: [{ about: volume, source: driver.name, type: 'Warning', reason: 'VolumeFailedDelete', message }],
  });
  const [attached] = attachmentsOf(view.store, name);
  if (attached !== undefined) return failed(`persistentvolume ${name} is still attached to node ${attached.spec.nodeName}`);
  const refusal = refusalOf(view, 'provisioner', driver.name);
  if (refusal !== undefined) return failed(refusal);
  const begunMs = (keptValue(view.memory, uid) as number | undefined) ?? view.nowMs;
  const readyMs = begunMs + (driver.provisionMs ?? provisionMsDefault);
  if (view.nowMs < readyMs) return { steps: [], requeueAfterMs: readyMs - view.nowMs, memory: keeping(view.memory, uid, begunMs) };
  const key = keyOf(volume);
  const because = `${driver.name} deleted what it stands for`;
  return {
    steps: [
      { write: { verb: 'delete', key }, text: `deletes volume ${name}`, because },
      { write: { verb: 'unfinalize', key, finalizer: externalDeletion }, text: `lets volume ${name} go`, because, refused: () => [] },
    ],
    memory: keeping(view.memory, uid, undefined),
  };
}
