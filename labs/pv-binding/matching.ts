import { capital } from '../kit/cluster-lab/object-words.ts';
import type { NodeObject, PersistentVolume, PersistentVolumeClaim, PodObject } from '../engine/api/cluster-kinds.ts';
import { listKind, getKind } from '../engine/api/kinds.ts';
import { valueOf } from '../engine/store/sorted-chunks.ts';
import type { Store } from '../engine/store/store.ts';
import { keyOf } from '../engine/store/stored-object.ts';
import { write } from '../engine/store/write.ts';
import { boundByController, hasAnnotation, provisionedBy } from '../engine/volumes/annotations.ts';
import { claimNameOf } from '../engine/volumes/pod-volumes.ts';
import { waitsForConsumer } from '../engine/volumes/storage-class.ts';
import { volumeVerdicts, type VolumeCheck, type VolumeChoice, type VolumeRule } from '../engine/volumes/match-volume.ts';
import type { State } from './state.ts';

/** Questions with one meaning: is the volume free? */
export const freedomRules: readonly VolumeRule[] = ['reserved-for-another-claim', 'being-deleted', 'phase', 'waits-for-pod'];

/** How one volume stands to a claim, for the picture: every question is answered, also after the first no. */
export interface Match {
  readonly volume: PersistentVolume;
  readonly checks: ReadonlyMap<VolumeRule, VolumeCheck>;
  /** The claim has it. */
  readonly isOwn: boolean;
  readonly fits: boolean;
  /** One sentence: taken, why not, or what is better. */
  readonly so: string;
}

/** A claim against every volume. */
export interface Matching {
  readonly claim: PersistentVolumeClaim;
  /** The PV controller has not looked at the claim yet: no question is answered. */
  readonly isOpen: boolean;
  readonly matches: readonly Match[];
  /** Why this volume, or why none. */
  readonly because: string;
}

/** All claims, by namespace and name. */
export const claimsOf = ({ cluster }: State): readonly PersistentVolumeClaim[] => listKind(cluster.store, 'PersistentVolumeClaim');
export const volumesOf = ({ cluster }: State): readonly PersistentVolume[] => listKind(cluster.store, 'PersistentVolume');
export const podsOf = ({ cluster }: State): readonly PodObject[] => listKind(cluster.store, 'Pod');

/** The claim of a subject such as `PersistentVolumeClaim/default/data`. */
export function claimOf({ cluster }: State, subject: string | undefined): PersistentVolumeClaim | undefined {
  const [kind, namespace = '', name = ''] = subject?.split('/') ?? [];
  return kind === 'PersistentVolumeClaim' ? getKind(cluster.store, 'PersistentVolumeClaim', name, namespace) : undefined;
}

/** The claim whose volumes are shown: the one that is asked about, else the first that has none, else the first. */
export function shownClaim(state: State, selected: string | undefined): PersistentVolumeClaim | undefined {
  const claims = claimsOf(state);
  const [kind, ...path] = selected?.split('/') ?? [];
  if (kind === 'match') return claimOf(state, `PersistentVolumeClaim/${path.slice(0, 2).join('/')}`);
  const ofVolume = kind === 'PersistentVolume' ? claims.find(({ spec }) => spec.volumeName === path[0]) : undefined;
  return claimOf(state, selected) ?? ofVolume ?? claims.find(({ status }) => status?.phase !== 'Bound') ?? claims[0];
}

/** The controller's first look at a claim comes so long after the claim was made; one that is due later is a look again. */
const firstLookMs = 10;

/** Whether the PV controller is still to look at a claim for the first time: until then nothing is judged, and the learner may guess. */
function isOpen({ cluster: { queue, clockMs } }: State, { metadata, status }: PersistentVolumeClaim): boolean {
  const place = valueOf(queue.places, `persistentvolume-controller claim/${metadata.namespace ?? 'default'}/${metadata.name}`);
  const item = place === undefined ? undefined : valueOf(queue.items, place);
  return status?.phase === 'Pending' && item !== undefined && item.dueMs - clockMs <= firstLookMs;
}

/**
 * The choice for a claim. Of a claim that has its volume: the choice as it would be made now if the volume were still free, so that the reason can be
 * told; with a class that waits for a pod, from the node of the pod. Only where the cluster chose.
 */
function choiceFor(store: Store, claim: PersistentVolumeClaim, own: PersistentVolume | undefined): VolumeChoice {
  if (own === undefined || !hasAnnotation(own, boundByController)) return volumeVerdicts(store, claim, { every: true });
  const key = keyOf(own);
  const freed = write(store, { verb: 'patch', key, patchType: 'merge', patch: { spec: { claimRef: null } }, atMs: 0 });
  const available = freed.ok
    ? write(freed.store, { verb: 'patch', key, patchType: 'merge', patch: { status: { phase: 'Available' } }, subresource: 'status', atMs: 0 })
    : freed;
  const before = available.ok ? available.store : store;
  const node = waitsForConsumer(store, claim) ? nodeOfConsumer(store, claim) : undefined;
  return volumeVerdicts(before, claim, { every: true, ...(node !== undefined && { node }) });
}

/** The node of a pod that uses a claim. */
function nodeOfConsumer(store: Store, { metadata }: PersistentVolumeClaim): NodeObject | undefined {
  const uses = (pod: PodObject): boolean => (pod.spec.volumes ?? []).some((volume) => claimNameOf(pod, volume) === metadata.name);
  const pod = listKind(store, 'Pod', metadata.namespace ?? 'default').find((each) => (each.spec.nodeName ?? '') !== '' && uses(each));
  return pod === undefined ? undefined : getKind(store, 'Node', pod.spec.nodeName ?? '');
}

const known = new WeakMap<State['cluster'], Map<string, Matching>>();

/** How a claim stands to every volume now. */
export function matchingOf(state: State, claim: PersistentVolumeClaim): Matching {
  const { cluster } = state;
  const ofCluster = known.get(cluster) ?? new Map<string, Matching>();
  known.set(cluster, ofCluster);
  const { uid } = claim.metadata;
  const before = ofCluster.get(uid);
  if (before !== undefined) return before;
  const matching = worked(state, claim);
  ofCluster.set(uid, matching);
  return matching;
}

function worked(state: State, claim: PersistentVolumeClaim): Matching {
  const { store } = state.cluster;
  const { volumeName = '' } = claim.spec;
  const volumes = listKind(store, 'PersistentVolume');
  const own = volumes.find(({ metadata, spec }) => metadata.name === volumeName && spec.claimRef?.uid === claim.metadata.uid);
  const choice = choiceFor(store, claim, own);
  const open = isOpen(state, claim);
  const matches = volumes.map((volume): Match => {
    const verdict = choice.verdicts.find((each) => each.volume === volume.metadata.name);
    const isOwn = volume === own;
    // Who has a volume does not wait for one.
    const checks = open ? [] : (verdict?.checks ?? []).filter(({ rule }) => rule !== 'waits-for-pod' || volumeName === '');
    const fits = checks.every(({ met }) => met);
    return {
      volume,
      checks: new Map(checks.map((check) => [check.rule, check])),
      isOwn,
      fits,
      so: open
        ? 'Not compared yet'
        : soOf(checks, { isOwn, isMade: isOwn && hasAnnotation(volume, provisionedBy), hasVolume: own !== undefined, volumeName, choice }),
    };
  });
  return { claim, isOpen: open, matches, because: open ? 'the PV controller has not looked yet' : choice.because };
}

interface Standing {
  readonly isOwn: boolean;
  /** A provisioner made it. */
  readonly isMade: boolean;
  readonly hasVolume: boolean;
  readonly volumeName: string;
  readonly choice: VolumeChoice;
}

function soOf(checks: readonly VolumeCheck[], { isOwn, isMade, hasVolume, volumeName, choice }: Standing): string {
  if (isOwn) return isMade ? 'Made for this claim' : choice.chosen === volumeName ? `Bound: ${choice.because}` : 'Bound to this claim';
  const failed = checks.filter(({ met }) => !met);
  // That a volume is taken shows in its phase and in its claimRef: one reason, not two.
  const wrong = failed.filter(({ rule }, index) => !isAboutFreedom(rule) || failed.findIndex((check) => isAboutFreedom(check.rule)) === index);
  const [first] = wrong;
  if (first !== undefined)
    return wrong.length === 1 ? capital(first.because) : `${wrong.length === 2 ? 'Two' : String(wrong.length)} reasons; the first: ${first.because}`;
  if (volumeName === '') return 'It fits';
  return choice.chosen === volumeName
    ? `It fits too, but ${volumeName} came first: ${choice.because}`
    : `It would fit, but the claim ${hasVolume ? 'has' : 'names'} ${volumeName}`;
}

const isAboutFreedom = (rule: VolumeRule): boolean => freedomRules.includes(rule);
