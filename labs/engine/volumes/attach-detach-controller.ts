import type { NodeObject, PersistentVolume, PodObject, VolumeAttachment } from '../api/cluster-kinds.ts';
import { isKind, listKind, getKind } from '../api/kinds.ts';
import { keyHash } from '../key-hash.ts';
import { nothing, type Controller, type PlannedStep, type Reconciliation, type View } from '../loop/controller.ts';
import { sameJson, type JsonObject } from '../patch/json.ts';
import type { Store } from '../store/store.ts';
import { keyOf } from '../store/stored-object.ts';
import { attachmentsOf, claimKeysOf, hasEnded, podsUsing } from './volume-indexes.ts';
import { attacherOf, isForOneNode } from './csi-driver.ts';
import { keeping, keptValue } from './kept-values.ts';
import { usesClaims } from './pod-volumes.ts';

/** A volume of a node that does not answer is taken away after so long. Models pkg/controller/volume/attachdetach maxWaitForUnmountDuration. */
const forceDetachMs = 360_000;
/** So long a driver may take to attach. Models pkg/volume/csi csiTimeout. */
const attachMsMax = 120_000;
/** What is kept of a node whose pods were told that the volume is there, or that another node has it. */
const isAttached = 'attached';
const isElsewhere = 'multi-attach';
const outOfService = 'node.kubernetes.io/out-of-service';

/**
 * Decides which volumes are attached to which nodes, and writes VolumeAttachments for it: a driver's attacher does the rest. A volume goes where pods on a
 * node need it, and leaves when the last of them is gone; while its node is not ready it stays for 6 minutes, unless the node is marked out-of-service.
 * Models pkg/controller/volume/attachdetach and its reconciler: of a volume for one node one operation at a time, in the order of pods' names, and nothing
 * is said while one is pending. Not modelled: giving up a detachment that takes over 2 minutes; `volumesAttached` and `volumesInUse` of nodes: a volume
 * is in use while a pod on the node needs it, and after that as long as the node is not ready.
 */
export const attachDetachController: Controller = {
  name: 'attachdetach-controller',
  watches: ['Pod', 'PersistentVolume', 'VolumeAttachment', 'Node', 'CSIDriver'],
  delayMs: 100,
  enqueue: (change, { store }) => {
    const { object, before, type } = change;
    if (isKind(object, 'VolumeAttachment')) return [{ key: object.spec.source.persistentVolumeName ?? '' }];
    // Whether a driver's volumes are attached at all stands in its object.
    if (isKind(object, 'CSIDriver')) return volumesOfDriver(store, object.metadata.name).map((key) => ({ key }));
    if (isKind(object, 'PersistentVolume')) return object.spec.csi === undefined || type === 'DELETED' ? [] : [{ key: object.metadata.name }];
    if (isKind(object, 'Pod')) return usesClaims(object) && (object.spec.nodeName ?? '') !== '' ? volumesOf(store, object).map((key) => ({ key })) : [];
    if (!isKind(object, 'Node')) return [];
    const sameHealth = before !== undefined && isHealthy(before) === isHealthy(object) && isOutOfService(before) === isOutOfService(object);
    return sameHealth
      ? []
      : listKind(store, 'VolumeAttachment')
          .filter(({ spec }) => spec.nodeName === object.metadata.name)
          .map(({ spec }) => ({ key: spec.source.persistentVolumeName ?? '' }));
  },
  reconcile: (key, view) => {
    const volume = getKind(view.store, 'PersistentVolume', key);
    return volume === undefined ? nothing : reconciled(volume, attacherOf(view.store, volume), view);
  },
};

function volumesOfDriver(store: Store, driver: string): readonly string[] {
  return listKind(store, 'PersistentVolume').flatMap(({ metadata: { name }, spec }) => (spec.csi?.driver === driver ? [name] : []));
}

function volumesOf(store: Store, pod: PodObject): readonly string[] {
  return claimKeysOf(pod).flatMap((key) => {
    const [namespace = '', name = ''] = key.split('/');
    const volume = getKind(store, 'PersistentVolumeClaim', name, namespace)?.spec.volumeName ?? '';
    return volume === '' ? [] : [volume];
  });
}

const isHealthy = ({ status }: NodeObject): boolean =>
  status?.conditions?.some((condition) => condition.type === 'Ready' && condition.status === 'True') ?? false;
const isOutOfService = ({ spec }: NodeObject): boolean => spec?.taints?.some(({ key }) => key === outOfService) ?? false;

/** What is kept for a volume, by node: since when no pod there needs it, since when it is asked for, and what its pods were told last. */
interface Kept extends JsonObject {
  readonly unneededSinceMs: Readonly<Record<string, number>>;
  readonly askedSinceMs: Readonly<Record<string, number>>;
  readonly told: Readonly<Record<string, string>>;
}

const noPods: ReadonlyMap<string, readonly PodObject[]> = new Map();
const nothingKept: Kept = { unneededSinceMs: {}, askedSinceMs: {}, told: {} };

function reconciled(volume: PersistentVolume, attacher: string | undefined, view: View): Reconciliation {
  const { name } = volume.metadata;
  const pods = attacher === undefined ? noPods : podsOf(view.store, volume);
  const here = attachmentsOf(view.store, name);
  const before = keptValue(view.memory, name) as Kept | undefined;
  const kept = before ?? nothingKept;
  const results = resultsFor({ volume, attacher: attacher ?? '', pods, here }, kept, view);
  const collected = <Value>(valueOf: (result: Result) => Value | undefined): Readonly<Record<string, Value>> =>
    Object.fromEntries(
      results.flatMap((result) => {
        const value = valueOf(result);
        return value === undefined ? [] : [[result.node, value] as const];
      }),
    );
  const after: Kept = {
    unneededSinceMs: collected(({ unneededSinceMs }) => unneededSinceMs),
    askedSinceMs: collected(({ askedSinceMs }) => askedSinceMs),
    told: collected(({ told }) => told),
  };
  const waits = results.flatMap(({ againMs }) => againMs ?? []);
  const isEmpty = sameJson(after, nothingKept);
  const isSame = isEmpty ? before === undefined : sameJson(after, kept);
  return {
    steps: results.flatMap(({ steps }) => steps),
    ...(!isSame && { memory: keeping(view.memory, name, isEmpty ? undefined : after) }),
    ...(waits.length > 0 && { requeueAfterMs: Math.min(...waits) }),
  };
}

/** A volume, who wants it where, and where it stands. */
interface Place {
  readonly volume: PersistentVolume;
  /** Empty: its driver needs no attaching. */
  readonly attacher: string;
  readonly pods: ReadonlyMap<string, readonly PodObject[]>;
  readonly here: readonly VolumeAttachment[];
}

/** Node by node: what is to be detached first, then what is to be attached. A look that begins an operation for a volume for one node ends with it. */
function resultsFor({ volume, attacher, pods, here }: Place, kept: Kept, view: View): readonly Result[] {
  const isAlone = isForOneNode(volume);
  const busy = new Set(here.filter((attachment) => isPending(attachment, kept, view)).map(({ spec }) => spec.nodeName));
  const results: Result[] = [];
  const add = (node: string, resultOf: (isBusy: boolean) => Result): void => {
    const result = resultOf(isAlone ? busy.size > 0 : busy.has(node));
    if (result.steps.some((step) => 'write' in step)) busy.add(node);
    results.push(result);
  };
  for (const attachment of here) {
    const { nodeName } = attachment.spec;
    if (!pods.has(nodeName))
      add(nodeName, (isBusy) => (isBusy ? waiting(nodeName, attachment, { kept, view }) : detach(attachment, { ...kept, isNeedless: attacher === '' }, view)));
  }
  for (const [node, users] of pods) {
    const attachment = here.find(({ spec }) => spec.nodeName === node);
    const others = here.filter((each) => each !== attachment && each.status?.attached === true);
    const wish = { volume, attacher, node, users, attachment, others, pods };
    add(node, (isBusy) => (isBusy ? waiting(node, attachment, { kept, view }) : attach(wish, kept)));
  }
  return results;
}

/** Whether an attachment is being made or taken away. It is given up if no attacher answers for 2 minutes. */
function isPending({ metadata, spec, status }: VolumeAttachment, { askedSinceMs }: Kept, { nowMs }: View): boolean {
  if (metadata.deletionTimestamp !== undefined) return true;
  if (status?.attached === true || status?.attachError !== undefined) return false;
  return nowMs < (askedSinceMs[spec.nodeName] ?? nowMs) + attachMsMax;
}

/** Nothing is done or said on a node: an operation is pending, there or elsewhere. */
function waiting(node: string, attachment: VolumeAttachment | undefined, { kept, view }: { readonly kept: Kept; readonly view: View }): Result {
  const unneededSinceMs = kept.unneededSinceMs[node];
  const isLeaving = attachment?.metadata.deletionTimestamp !== undefined;
  // Once it is detached, pods are told anew.
  const told = isLeaving ? undefined : kept.told[node];
  const isAsked = attachment !== undefined && !isLeaving && attachment.status?.attached !== true && attachment.status?.attachError === undefined;
  const askedSinceMs = isAsked ? (kept.askedSinceMs[node] ?? view.nowMs) : undefined;
  const leftMs = askedSinceMs === undefined ? 0 : askedSinceMs + attachMsMax - view.nowMs;
  return {
    node,
    steps: [],
    ...(unneededSinceMs !== undefined && { unneededSinceMs }),
    ...(told !== undefined && { told }),
    ...(askedSinceMs !== undefined && { askedSinceMs }),
    ...(leftMs > 0 && { againMs: leftMs }),
  };
}

/** The pods that need a volume, by node. A pod that is being deleted needs it until it is gone. */
function podsOf(store: Store, { metadata, spec: { claimRef } }: PersistentVolume): ReadonlyMap<string, readonly PodObject[]> {
  const byNode = new Map<string, readonly PodObject[]>();
  if (claimRef === undefined) return byNode;
  const claim = getKind(store, 'PersistentVolumeClaim', claimRef.name, claimRef.namespace ?? 'default');
  if (claim?.spec.volumeName !== metadata.name || claim.metadata.uid !== claimRef.uid) return byNode;
  for (const pod of podsUsing(store, `${claimRef.namespace ?? 'default'}/${claimRef.name}`)) {
    const node = pod.spec.nodeName ?? '';
    if (node !== '' && !hasEnded(pod)) byNode.set(node, [...(byNode.get(node) ?? []), pod]);
  }
  return byNode;
}

/** What comes of one volume on one node. */
interface Result {
  readonly node: string;
  readonly steps: readonly PlannedStep[];
  readonly againMs?: number;
  readonly unneededSinceMs?: number;
  readonly askedSinceMs?: number;
  readonly told?: string;
}

function detach(attachment: VolumeAttachment, kept: Kept & { readonly isNeedless: boolean }, view: View): Result {
  const { spec } = attachment;
  const { nodeName } = spec;
  const name = spec.source.persistentVolumeName ?? '';
  const node = getKind(view.store, 'Node', nodeName);
  const unneededSinceMs = kept.unneededSinceMs[nodeName] ?? view.nowMs;
  const leftMs = unneededSinceMs + forceDetachMs - view.nowMs;
  const isReady = node !== undefined && isHealthy(node);
  const isMarked = node !== undefined && isOutOfService(node);
  if (!isReady && !isMarked && leftMs > 0) return { node: nodeName, steps: [], againMs: leftMs, unneededSinceMs };
  const unneeded = kept.isNeedless ? 'its driver needs no attaching' : 'no pod there needs it any more';
  const because = isReady ? unneeded : isMarked ? 'the node is out of service' : 'the node has not answered for 6 minutes';
  return { node: nodeName, steps: [{ write: { verb: 'delete', key: keyOf(attachment) }, text: `detaches volume ${name} from node ${nodeName}`, because }] };
}

interface Wish {
  readonly volume: PersistentVolume;
  readonly attacher: string;
  readonly node: string;
  /** The pods on the node. */
  readonly users: readonly PodObject[];
  /** What stands for the volume on the node. */
  readonly attachment: VolumeAttachment | undefined;
  /** Where else the volume is. */
  readonly others: readonly VolumeAttachment[];
  readonly pods: ReadonlyMap<string, readonly PodObject[]>;
}

/** Asks for a volume on a node, or tells the pods there what came of it; no operation is pending. */
function attach(wish: Wish, kept: Kept): Result {
  const { volume, attacher, node, users, attachment, others } = wish;
  const { name } = volume.metadata;
  const told = kept.told[node];
  const tell = (fact: string, reason: string, message: (pod: PodObject) => string): Result => {
    const type = reason === 'SuccessfulAttachVolume' ? 'Normal' : 'Warning';
    return { node, steps: told === fact ? [] : users.map((about) => ({ about, type, reason, message: message(about) })), told: fact };
  };
  // Each is told once, to the pods of that moment. The text of a success ends in a space, as the real one does.
  if (attachment?.status?.attached === true) return tell(isAttached, 'SuccessfulAttachVolume', () => `AttachVolume.Attach succeeded for volume "${name}" `);
  if (others.length > 0 && isForOneNode(volume)) return tell(isElsewhere, 'FailedAttachVolume', (pod) => multiAttachMessage(wish, pod));
  if (attachment === undefined) {
    const object = {
      apiVersion: 'storage.k8s.io/v1',
      kind: 'VolumeAttachment',
      metadata: { name: attachmentName(volume, attacher, node) },
      spec: { attacher, nodeName: node, source: { persistentVolumeName: name } },
    };
    const because = `pod ${users[0]?.metadata.name ?? ''} needs it there`;
    return { node, steps: [{ write: { verb: 'create', object }, text: `asks ${attacher} to attach volume ${name} to node ${node}`, because }] };
  }
  const askedSinceMs = kept.askedSinceMs[node];
  const error =
    attachment.status?.attachError?.message ??
    `timed out waiting for external-attacher of ${attacher} CSI driver to attach volume ${volume.spec.csi?.volumeHandle ?? ''}`;
  return {
    ...tell(error, 'FailedAttachVolume', () => `AttachVolume.Attach failed for volume "${name}" : ${error}`),
    ...(askedSinceMs !== undefined && attachment.status?.attachError === undefined && { askedSinceMs }),
  };
}

/** A pod is told of pods in its own namespace by name, of others only how many there are. */
function multiAttachMessage({ volume, others, pods }: Wish, { metadata: { namespace } }: PodObject): string {
  const holders = others.flatMap(({ spec }) => pods.get(spec.nodeName) ?? []);
  const names = holders.filter(({ metadata }) => metadata.namespace === namespace).map(({ metadata }) => metadata.name);
  const hidden = holders.length - names.length;
  const strangers = `${hidden} pod(s) in different namespaces`;
  const said = names.length === 0 ? strangers : `pod(s) ${names.join(', ')}${hidden > 0 ? ` and ${strangers}` : ''}`;
  const why =
    holders.length === 0 ? "Volume is already exclusively attached to one node and can't be attached to another" : `Volume is already used by ${said}`;
  return `Multi-Attach error for volume "${volume.metadata.name}" ${why}`;
}

/** `csi-` and 64 hexadecimal digits that follow from the volume, the driver and the node, as the real one's SHA-256 does. */
function attachmentName({ spec: { csi } }: PersistentVolume, attacher: string, node: string): string {
  const digits = Array.from({ length: 8 }, (_, index) =>
    keyHash(`${index}${csi?.volumeHandle ?? ''}${attacher}${node}`)
      .toString(16)
      .padStart(8, '0'),
  );
  return `csi-${digits.join('')}`;
}
