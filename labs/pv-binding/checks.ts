import { every, some } from '../kit/cluster-lab/judgements.ts';
import { phaseOf, shortName } from '../kit/cluster-lab/object-words.ts';
import type { PersistentVolume, PersistentVolumeClaim } from '../engine/api/cluster-kinds.ts';
import { getKind } from '../engine/api/kinds.ts';
import { entriesAfter } from '../engine/loop/cluster-log.ts';
import { subjectOf } from '../engine/loop/cluster.ts';
import { classNameOf, waitsForConsumer } from '../engine/volumes/storage-class.ts';
import { bySize, capacityOf, requestOf } from '../engine/volumes/volume-size.ts';
import { isPodReady, podPhase } from '../kit/cluster-lab/pod-phase.ts';
import type { Check } from '../lab.ts';
import { claimsOf, matchingOf, podsOf, volumesOf } from './matching.ts';

import type { State } from './state.ts';

const volumeOf = (state: State, { spec }: PersistentVolumeClaim): PersistentVolume | undefined =>
  spec.volumeName === undefined ? undefined : getKind(state.cluster.store, 'PersistentVolume', spec.volumeName);
const isBound = (claim: PersistentVolumeClaim): boolean => phaseOf(claim) === 'Bound';
const bondInWords = (claim: PersistentVolumeClaim): string => `${shortName(claim)} is bound to ${claim.spec.volumeName ?? ''}`;

/** Volumes that were deleted during the run, by name. */
function deletedVolumes({ cluster, logBegin }: State): readonly string[] {
  return entriesAfter(cluster.log, logBegin).flatMap(({ change, subject }) =>
    change === 'DELETED' && subject?.startsWith('PersistentVolume/') === true ? [subject.slice(17)] : [],
  );
}

/** The first question that each pending claim's nearest volume fails, each reason once. */
function reasonsFor(state: State): ReadonlySet<string> {
  const pending = claimsOf(state).filter((claim) => phaseOf(claim) === 'Pending');
  return new Set(
    pending.flatMap((claim) =>
      matchingOf(state, claim)
        .matches.flatMap(({ checks }) => [...checks.values()].filter(({ met }) => !met).slice(0, 1))
        .map(({ rule }) => rule),
    ),
  );
}

/** The goals that scenarios may set. */
export const checks = {
  'claims-bound': (state: State) =>
    every(claimsOf(state), isBound, { yes: 'every claim is bound', no: (claim) => `${shortName(claim)} is ${phaseOf(claim)}`, none: 'there is no claim' }),
  'no-claim-bound': (state: State) =>
    every(claimsOf(state), (claim) => !isBound(claim), { yes: 'no claim is bound', no: bondInWords, none: 'there is no claim' }),
  'one-left-out': (state: State): Check => {
    const bound = claimsOf(state).filter(isBound).length;
    return { met: bound === 1 && claimsOf(state).length > 1, because: `${bound} of ${claimsOf(state).length} claims ${bound === 1 ? 'is' : 'are'} bound` };
  },
  'bound-to-larger': (state: State) =>
    some(
      claimsOf(state),
      (claim) => {
        const volume = volumeOf(state, claim);
        return isBound(claim) && volume !== undefined && bySize(capacityOf(volume), requestOf(claim)) > 0;
      },
      (claim) => `${shortName(claim)} asked for ${claim.spec.resources.requests.storage} and has ${claim.status?.capacity?.storage ?? ''}`,
      'no claim has more than it asked for',
    ),
  'bound-across-classes': (state: State) =>
    some(
      claimsOf(state),
      (claim) => {
        const volume = volumeOf(state, claim);
        return isBound(claim) && volume !== undefined && classNameOf(volume) !== classNameOf(claim);
      },
      bondInWords,
      'every bound claim has a volume of its own class',
    ),
  'six-reasons': (state: State): Check => {
    const reasons = reasonsFor(state);
    // Before the controller has looked, nobody has been refused.
    const heard = new Set(entriesAfter(state.cluster.log, state.logBegin).flatMap(({ event, subject }) => (event === undefined ? [] : [subject])));
    const isAnswered = claimsOf(state).some((claim) => heard.has(subjectOf(claim)));
    return { met: reasons.size >= 6 && isAnswered, because: `${reasons.size} different reasons keep claims Pending` };
  },
  'pods-running': (state: State) =>
    every(podsOf(state), (pod) => podPhase(pod).word === 'Running' && isPodReady(pod), {
      yes: 'every pod runs',
      no: (pod) => `${shortName(pod)} is ${podPhase(pod).word}`,
      none: 'there is no pod',
    }),
  'no-pod': (state: State): Check => ({
    met: podsOf(state).length === 0,
    because: podsOf(state).length === 0 ? 'there is no pod' : `${podsOf(state).length} pods are there`,
  }),
  'no-claim': (state: State): Check => ({
    met: claimsOf(state).length === 0,
    because: claimsOf(state).length === 0 ? 'there is no claim' : `${claimsOf(state).length} claims are there`,
  }),
  'volume-released': (state: State) =>
    some(
      volumesOf(state),
      (volume) => phaseOf(volume) === 'Released',
      ({ metadata }) => `${metadata.name} is Released`,
      'no volume is Released',
    ),
  'volume-made': (state: State) =>
    some(
      volumesOf(state),
      ({ metadata }) => metadata.annotations?.['pv.kubernetes.io/provisioned-by'] !== undefined,
      ({ metadata }) => `${metadata.name} was made for a claim`,
      'no volume was made for a claim',
    ),
  'volume-deleted': (state: State): Check => {
    const [first] = deletedVolumes(state);
    return { met: first !== undefined, because: first === undefined ? 'no volume has been deleted' : `${first} has been deleted` };
  },
  'data-kept': (state: State): Check => {
    const [first] = deletedVolumes(state);
    return { met: first === undefined, because: first === undefined ? 'no volume has been deleted' : `${first} has been deleted, and what was on it` };
  },
  'claim-held': (state: State) =>
    some(
      claimsOf(state),
      (claim) => phaseOf(claim) === 'Terminating',
      (claim) => `${shortName(claim)} is marked as deleted and still there`,
      'no claim is being deleted',
    ),
  'nothing-terminating': (state: State) =>
    every([...claimsOf(state), ...volumesOf(state), ...podsOf(state)], (object) => phaseOf(object) !== 'Terminating', {
      yes: 'nothing is being deleted',
      no: ({ kind, metadata }) => `${kind} ${metadata.name} is Terminating`,
      none: 'nothing is being deleted',
    }),
  'claim-lost': (state: State) =>
    some(
      claimsOf(state),
      (claim) => phaseOf(claim) === 'Lost',
      (claim) => `${shortName(claim)} is Lost`,
      'no claim is Lost',
    ),
  'claim-grown': ({ cluster, logBegin }: State): Check => {
    const grown = entriesAfter(cluster.log, logBegin).find(({ event }) => event?.reason === 'FileSystemResizeSuccessful');
    return { met: grown !== undefined, because: grown === undefined ? 'no file system has grown' : 'a file system has grown' };
  },
  'waits-for-pod': (state: State) =>
    some(
      claimsOf(state),
      (claim) => phaseOf(claim) === 'Pending' && waitsForConsumer(state.cluster.store, claim),
      (claim) => `${shortName(claim)} waits for a pod`,
      'no claim waits for a pod',
    ),
  'class-filled-in': (state: State) =>
    some(
      claimsOf(state),
      (claim) => !appliedWithClass(claim) && (claim.spec.storageClassName ?? '') !== '',
      (claim) => `${shortName(claim)} named no class and has ${claim.spec.storageClassName ?? ''} now`,
      'no claim was given a class',
    ),
} satisfies Record<string, (state: State) => Check>;

export type CheckId = keyof typeof checks;

/** Whether the manifest that was applied named a class. */
function appliedWithClass({ metadata: { annotations = {} } }: PersistentVolumeClaim): boolean {
  return (annotations['kubectl.kubernetes.io/last-applied-configuration'] ?? '').includes('"storageClassName"');
}
