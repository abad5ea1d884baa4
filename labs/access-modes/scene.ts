import type { AccessMode, NodeObject, PersistentVolume, PersistentVolumeClaim, PodObject } from '../engine/api/cluster-kinds.ts';
import { listKind, getKind } from '../engine/api/kinds.ts';
import type { Deployment } from '../engine/api/workload-kinds.ts';
import { isNodeUp } from '../engine/kubelet/node-report.ts';
import { fieldOf, isObject } from '../engine/patch/json.ts';
import { attacherOf, isForOneNode, modesOf } from '../engine/volumes/csi-driver.ts';
import { claimNameOf } from '../engine/volumes/pod-volumes.ts';
import { attachmentsOf, hasEnded } from '../engine/volumes/volume-indexes.ts';
import { drivers } from '../kit/cluster-lab/cluster-engine.ts';
import type { State } from './state.ts';

export const claimsOf = ({ cluster }: State): readonly PersistentVolumeClaim[] => listKind(cluster.store, 'PersistentVolumeClaim');
export const volumesOf = ({ cluster }: State): readonly PersistentVolume[] => listKind(cluster.store, 'PersistentVolume');
export const podsOf = ({ cluster }: State): readonly PodObject[] => listKind(cluster.store, 'Pod');
export const nodesOf = ({ cluster }: State): readonly NodeObject[] => listKind(cluster.store, 'Node');
export const deploymentsOf = ({ cluster }: State): readonly Deployment[] => listKind(cluster.store, 'Deployment');

const short: Readonly<Record<AccessMode, string>> = { ReadWriteOnce: 'RWO', ReadOnlyMany: 'ROX', ReadWriteMany: 'RWX', ReadWriteOncePod: 'RWOP' };

/** `RWO, ROX`, as kubectl shortens access modes. */
export const modesInWords = (modes: readonly AccessMode[]): string => modes.map((mode) => short[mode]).join(', ');

/** The name of a volume in a sentence: one that was made for a claim is named after that, not by its long uid. */
export const volumeInWords = ({ metadata: { name }, spec: { claimRef } }: PersistentVolume): string =>
  claimRef !== undefined && name.startsWith('pvc-') ? `the volume of ${claimRef.name}` : `volume ${name}`;

/** How a volume stands to a node. `open`: volumes of this kind are never attached, so every node gets at them. */
export type LinkState = 'attached' | 'coming' | 'leaving' | 'refused' | 'open';

/** How a pod stands to a volume that it names. `silent`: it had it when its node was last heard of. */
export type MountState = 'mounted' | 'waits' | 'refused' | 'silent';

export interface Mount {
  readonly pod: PodObject;
  readonly state: MountState;
  /** No container of the pod can write. */
  readonly isReadOnly: boolean;
}

/** A line of the picture: from a volume to a node, or to the pods that are on none (`node` is empty). */
export interface Link {
  readonly volume: PersistentVolume;
  readonly node: string;
  readonly state: LinkState;
  /** What stands beside the line. */
  readonly word: string;
  readonly mounts: readonly Mount[];
}

export interface Place {
  /** Undefined: pods that are on no node. */
  readonly node: NodeObject | undefined;
  readonly links: readonly Link[];
  /** Pods without a bound volume. */
  readonly others: readonly PodObject[];
}

export interface Scene {
  readonly volumes: readonly PersistentVolume[];
  /** Claims that have no volume. */
  readonly waiting: readonly PersistentVolumeClaim[];
  readonly places: readonly Place[];
}

/** The claim that a volume is bound to. */
export function claimOfVolume({ cluster: { store } }: State, { metadata, spec: { claimRef } }: PersistentVolume): PersistentVolumeClaim | undefined {
  const claim = claimRef === undefined ? undefined : getKind(store, 'PersistentVolumeClaim', claimRef.name, claimRef.namespace ?? 'default');
  return claim?.spec.volumeName === metadata.name && claim.metadata.uid === claimRef?.uid ? claim : undefined;
}

/** Whether a node can be heard: it has power and its kubelet works. */
export const isUp = ({ cluster }: State, node: string): boolean =>
  isNodeUp({ store: cluster.store, nowMs: cluster.clockMs, world: cluster.world, memory: null }, node);

const hasRunning = ({ status }: PodObject): boolean =>
  (status?.containerStatuses ?? []).some((container) => {
    const held = fieldOf(container, 'state');
    return isObject(held) && fieldOf(held, 'running') !== undefined;
  });

/** Whether no container of a pod can write to a volume: by the pod's claim, by each mount, or by the volume's mount options. */
function isReadOnly(pod: PodObject, claim: PersistentVolumeClaim, { spec: { mountOptions = [] } }: PersistentVolume): boolean {
  const used = (pod.spec.volumes ?? []).filter((volume) => claimNameOf(pod, volume) === claim.metadata.name);
  const writable = used.filter(({ persistentVolumeClaim }) => persistentVolumeClaim?.readOnly !== true).map(({ name }) => name);
  const mounts = [...(pod.spec.initContainers ?? []), ...pod.spec.containers].flatMap(({ volumeMounts = [] }) => volumeMounts);
  return mountOptions.includes('ro') || mounts.filter(({ name }) => writable.includes(name)).every(({ readOnly }) => readOnly === true);
}

/** Where a volume is attached or wanted, by node. */
function linksOf(state: State, volume: PersistentVolume): readonly Link[] {
  const { store } = state.cluster;
  const claim = claimOfVolume(state, volume);
  const users = claim === undefined ? [] : podsOf(state).filter((pod) => !hasEnded(pod) && usesClaim(pod, claim));
  const attachments = attachmentsOf(store, volume.metadata.name);
  const names = new Set([...attachments.map(({ spec }) => spec.nodeName), ...users.map(({ spec }) => spec.nodeName ?? '')]);
  return [...names].map((node): Link => {
    const here = users.filter(({ spec }) => (spec.nodeName ?? '') === node);
    const { state: linkState, word } = standing(state, volume, { node, here });
    const mounts = here.map((pod): Mount => {
      const isMounted = hasRunning(pod);
      const mountState = isMounted ? (isUp(state, node) ? 'mounted' : 'silent') : linkState === 'refused' ? 'refused' : 'waits';
      return { pod, state: mountState, isReadOnly: claim !== undefined && isReadOnly(pod, claim, volume) };
    });
    return { volume, node, state: linkState, word, mounts };
  });
}

export const usesClaim = (pod: PodObject, { metadata }: PersistentVolumeClaim): boolean =>
  pod.metadata.namespace === metadata.namespace && (pod.spec.volumes ?? []).some((volume) => claimNameOf(pod, volume) === metadata.name);

interface Wish {
  readonly node: string;
  readonly here: readonly PodObject[];
}

/** Whether the scheduler keeps a pod away because another has its claim for itself. */
export const isKeptAway = ({ spec, status }: PodObject): boolean =>
  (spec.nodeName ?? '') === '' &&
  (status?.conditions?.some(({ type, message = '' }) => type === 'PodScheduled' && message.includes('ReadWriteOncePod')) ?? false);

function standing({ cluster: { store } }: State, volume: PersistentVolume, { node, here }: Wish): { readonly state: LinkState; readonly word: string } {
  if (node === '') return here.some(isKeptAway) ? { state: 'refused', word: 'one pod only' } : { state: 'coming', word: 'no node yet' };
  if (attacherOf(store, volume) === undefined) return { state: 'open', word: 'mounted directly' };
  const attachments = attachmentsOf(store, volume.metadata.name);
  const attachment = attachments.find(({ spec }) => spec.nodeName === node);
  // The attach controller says nothing while the volume is on its way, to a node or from one.
  const isHeld = attachments.some(({ metadata, status }) => status?.attached === true && metadata.deletionTimestamp === undefined);
  if (attachment === undefined)
    return isHeld && isForOneNode(volume) ? { state: 'refused', word: 'Multi-Attach error' } : { state: 'coming', word: 'to be attached' };
  if (attachment.metadata.deletionTimestamp !== undefined) return { state: 'leaving', word: 'being detached' };
  if (attachment.status?.attached === true) return { state: 'attached', word: here.length > 0 ? 'attached' : 'still attached' };
  return attachment.status?.attachError === undefined ? { state: 'coming', word: 'being attached' } : { state: 'refused', word: 'refused by the driver' };
}

const known = new WeakMap<State['cluster'], Scene>();

/** The picture: which volume is where, and who gets at it. */
export function sceneOf(state: State): Scene {
  const before = known.get(state.cluster);
  if (before !== undefined) return before;
  const volumes = volumesOf(state);
  const links = volumes.flatMap((volume) => linksOf(state, volume));
  const shown = new Set(links.flatMap(({ mounts }) => mounts.map(({ pod }) => pod.metadata.uid)));
  const place = (node: NodeObject | undefined): Place => {
    const name = node?.metadata.name ?? '';
    const others = podsOf(state).filter((pod) => (pod.spec.nodeName ?? '') === name && !shown.has(pod.metadata.uid));
    return { node, links: links.filter((link) => link.node === name), others };
  };
  const nowhere = place(undefined);
  const isEmpty = nowhere.links.length + nowhere.others.length === 0;
  const places = [...nodesOf(state).map(place), ...(isEmpty ? [] : [nowhere])];
  const waiting = claimsOf(state).filter((claim) => claim.status?.phase !== 'Bound');
  const scene = { volumes, waiting, places };
  known.set(state.cluster, scene);
  return scene;
}

/** All lines. */
export const allLinks = (state: State): readonly Link[] => sceneOf(state).places.flatMap(({ links }) => links);

/** What stands behind a volume, and what that can do: `disk.csi.example.com can do RWO, RWOP`. */
export function backendInWords(volume: PersistentVolume): string {
  const { csi, nfs, hostPath, local } = volume.spec;
  const driver = drivers.find(({ name }) => name === csi?.driver);
  if (csi !== undefined) return driver === undefined ? `${csi.driver}, which is not installed` : `${driver.name} can do ${modesInWords(modesOf(driver))}`;
  if (nfs !== undefined) return 'NFS, which many nodes can mount';
  return hostPath !== undefined || local !== undefined ? 'a directory of a node' : 'another kind of volume';
}

const meanings: Readonly<Record<AccessMode, string>> = {
  ReadWriteOnce: 'one node at a time, any number of pods on it',
  ReadOnlyMany: 'many nodes, meant for reading',
  ReadWriteMany: 'many nodes, all may write',
  ReadWriteOncePod: 'one pod in the whole cluster',
};

/** What the modes of a volume come to: the widest counts. */
export function meaningOf(modes: readonly AccessMode[]): string {
  const widest = (['ReadWriteMany', 'ReadOnlyMany', 'ReadWriteOnce', 'ReadWriteOncePod'] as const).find((mode) => modes.includes(mode));
  return widest === undefined ? 'no mode' : meanings[widest];
}
