import { getKind, listKind, type PersistentVolume, type PersistentVolumeClaim, type PodObject } from '../engine/api/cluster-kinds.ts';
import { volumeVerdicts, type VolumeCheck, type VolumeChoice, type VolumeRule } from '../engine/volumes/match-volume.ts';
import type { State } from './state.ts';

/** How one volume stands to a claim, for the picture: every question is answered, also after the first no. */
export interface Match {
  readonly volume: PersistentVolume;
  readonly checks: ReadonlyMap<VolumeRule, VolumeCheck>;
  /** The claim has it. */
  readonly isOwn: boolean;
  readonly isChosen: boolean;
  readonly fits: boolean;
  /** One sentence: taken, why not, or what is better. */
  readonly so: string;
}

/** A claim against every volume. */
export interface Matching {
  readonly claim: PersistentVolumeClaim;
  readonly matches: readonly Match[];
  readonly choice: VolumeChoice;
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

const known = new WeakMap<State['cluster']['store'], Map<string, Matching>>();

/** How a claim stands to every volume now. */
export function matchingOf({ cluster: { store } }: State, claim: PersistentVolumeClaim): Matching {
  const ofStore = known.get(store) ?? new Map<string, Matching>();
  known.set(store, ofStore);
  const { uid } = claim.metadata;
  const before = ofStore.get(uid);
  if (before !== undefined) return before;
  const choice = volumeVerdicts(store, claim, { every: true });
  const matches = listKind(store, 'PersistentVolume').map((volume): Match => {
    const { name } = volume.metadata;
    const verdict = choice.verdicts.find((each) => each.volume === name);
    const isOwn = claim.spec.volumeName === name && volume.spec.claimRef?.uid === uid;
    const isChosen = !isOwn && (claim.spec.volumeName ?? '') === '' && choice.chosen === name;
    // Who has a volume does not wait for one.
    const checks = (verdict?.checks ?? []).filter(({ rule }) => rule !== 'waits-for-pod' || (claim.spec.volumeName ?? '') === '');
    return {
      volume,
      checks: new Map(checks.map((check) => [check.rule, check])),
      isOwn,
      isChosen,
      fits: verdict?.fits === true,
      so: soOf(checks, { isOwn, isChosen, claim, choice }),
    };
  });
  const matching = { claim, matches, choice };
  ofStore.set(uid, matching);
  return matching;
}

interface Standing {
  readonly isOwn: boolean;
  readonly isChosen: boolean;
  readonly claim: PersistentVolumeClaim;
  readonly choice: VolumeChoice;
}

function soOf(checks: readonly VolumeCheck[], { isOwn, isChosen, claim, choice }: Standing): string {
  if (isOwn) return 'Bound to this claim';
  const wrong = checks.filter(({ met }) => !met);
  const [first] = wrong;
  if (first !== undefined)
    return wrong.length === 1 ? capital(first.because) : `${wrong.length === 2 ? 'Two' : String(wrong.length)} reasons; the first: ${first.because}`;
  if ((claim.spec.volumeName ?? '') !== '') return `It would fit, but the claim names ${claim.spec.volumeName ?? ''}`;
  if (isChosen) return `Will be taken: ${choice.because}`;
  return choice.chosen === undefined ? 'It would fit' : `It would fit, but ${choice.chosen} is preferred: ${choice.because}`;
}

/** A sentence with a capital. */
export const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);
