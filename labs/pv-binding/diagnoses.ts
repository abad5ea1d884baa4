import { phaseOf } from '../kit/cluster-lab/object-words.ts';
import { waitsForConsumer } from '../engine/volumes/storage-class.ts';
import type { VolumeRule } from '../engine/volumes/match-volume.ts';
import { podPhase } from '../kit/cluster-lab/pod-phase.ts';
import { checks } from './checks.ts';
import { claimsOf, matchingOf, podsOf } from './matching.ts';

import type { State } from './state.ts';

/** Some claim is Pending and every volume says no to it, one of them only because of `rule`. */
const onlyBecauseOf =
  (rule: VolumeRule) =>
  (state: State): boolean =>
    claimsOf(state).some((claim) => {
      if (phaseOf(claim) !== 'Pending') return false;
      const { matches, isOpen } = matchingOf(state, claim);
      return (
        !isOpen &&
        !matches.some(({ fits }) => fits) &&
        matches.some(({ checks: answers }) => {
          const wrong = [...answers.values()].filter(({ met }) => !met);
          return wrong.length === 1 && wrong[0]?.rule === rule;
        })
      );
    });

/** A volume is Released or Failed, and a pending claim is refused by it only because the old claim still has it. */
const isStillReserved = (state: State): boolean =>
  claimsOf(state).some(
    (claim) =>
      phaseOf(claim) === 'Pending' &&
      matchingOf(state, claim).matches.some(
        ({ volume, checks: answers }) =>
          phaseOf(volume) === 'Released' &&
          answers.size > 0 &&
          [...answers.values()].every(({ met, rule }) => met || rule === 'reserved-for-another-claim' || rule === 'phase'),
      ),
  );

/** Feedback on a state, with the words that the learner sees. */
export const diagnoses = {
  'class-differs': {
    when: onlyBecauseOf('class'),
    text: 'One volume would fit if the classes were the same. "" and no class named at all are two things: the first asks for a volume without a class, the second for the default class.',
  },
  'modes-missing': {
    when: onlyBecauseOf('access-modes'),
    text: 'One volume would fit if it offered every access mode that the claim asks for. A volume may offer more, never less.',
  },
  'selector-misses': { when: onlyBecauseOf('selector'), text: 'One volume would fit if its labels matched the selector of the claim, key and value.' },
  'too-small': {
    when: onlyBecauseOf('size'),
    text: 'Every other question is answered well: only the size is too small. A claim never gets less than it asks for.',
  },
  'other-volume-mode': {
    when: onlyBecauseOf('volume-mode'),
    text: 'One volume would fit, but one side says Block and the other Filesystem. Filesystem is what you get if you say nothing.',
  },
  'still-reserved': {
    when: isStillReserved,
    text: 'A Released volume would fit, but its claimRef still names the claim that is gone, by uid: a new claim of the same name is another claim.',
  },
  'volume-gone': {
    when: (state: State) => checks['volume-deleted'](state).met,
    text: 'A volume has been deleted, and what was on it. Step back in time and look at its reclaim policy before the claim goes.',
  },
  'held-by-pod': {
    when: (state: State) => checks['claim-held'](state).met && podsOf(state).length > 0,
    text: 'The claim is marked as deleted, but a pod uses it, so its protection holds it. Look for the pod.',
  },
  'waits-for-pod': {
    when: (state: State) =>
      claimsOf(state).some((claim) => phaseOf(claim) === 'Pending' && waitsForConsumer(state.cluster.store, claim)) && podsOf(state).length === 0,
    text: 'The class says WaitForFirstConsumer, and no pod uses the claim. Nothing is chosen before one does.',
  },
  'other-zone': {
    when: (state: State) => podsOf(state).some((pod) => /PersistentVolume's node affinity|available persistent volumes to bind/u.test(podPhase(pod).because)),
    text: 'The pod and its volume cannot be in one place: read the node affinity of the volume beside where the pod may run.',
  },
} satisfies Record<string, { readonly when: (state: State) => boolean; readonly text: string }>;
