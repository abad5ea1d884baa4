import { isComplete } from '../engine/controllers/deployment-status.ts';
import { attachmentsOf } from '../engine/volumes/volume-indexes.ts';
import { isOutOfService, strategyOf } from './acts.ts';
import { checks } from './checks.ts';
import { allLinks, claimsOf, deploymentsOf, isKeptAway, isUp, nodesOf, podsOf, volumesOf } from './scene.ts';
import type { State } from './state.ts';

const isMultiAttach = (state: State): boolean => allLinks(state).some(({ word }) => word === 'Multi-Attach error');

/** A pod that is being deleted, on a node that cannot answer. */
const hangs = (state: State): boolean =>
  podsOf(state).some(({ metadata, spec }) => metadata.deletionTimestamp !== undefined && !isUp(state, spec.nodeName ?? ''));

/** A volume stands on a silent node where no pod needs it any more, and nobody said that the node is off. */
const waitsOutTheTime = (state: State): boolean =>
  nodesOf(state).some(
    (node) =>
      !isUp(state, node.metadata.name) &&
      !isOutOfService(node) &&
      volumesOf(state).some(({ metadata }) => attachmentsOf(state.cluster.store, metadata.name).some(({ spec }) => spec.nodeName === node.metadata.name)) &&
      podsOf(state).every(({ spec }) => spec.nodeName !== node.metadata.name),
  );

/** Feedback on a state, with the words that the learner sees. */
export const diagnoses = {
  'rollout-waits-for-itself': {
    when: (state: State) =>
      isMultiAttach(state) &&
      !hangs(state) &&
      deploymentsOf(state).some((each) => strategyOf(each) === 'RollingUpdate' && !isComplete(each, each.status ?? {})),
    text: 'The rollout waits for itself: the new pod waits for the disk, and the old pod, which has the disk, stays until the new one is ready. RollingUpdate starts the new pod first.',
  },
  'held-elsewhere': {
    when: (state: State) => isMultiAttach(state) && deploymentsOf(state).every((each) => isComplete(each, each.status ?? {})),
    text: 'A pod on another node has the disk. ReadWriteOnce counts nodes: put the pods on one node, let one of them go, or use storage that many nodes can have.',
  },
  'replicas-too-far': {
    when: (state: State) => isMultiAttach(state) && deploymentsOf(state).some(({ spec }) => (spec.replicas ?? 1) > 1),
    text: 'Several replicas name one claim, and the scheduler spread them over nodes. A disk for one node serves those on that node only.',
  },
  'terminating-keeps-disk': {
    when: (state: State) => hangs(state),
    text: 'The old pod is Terminating, but its kubelet is silent, so nobody confirms that it ended. As long as the API has the pod, its volume stays attached to the dead node, however long you wait.',
  },
  'six-minutes': {
    when: waitsOutTheTime,
    text: 'No pod needs the disk on the dead node any more, but the node has not said that it let go. After 6 minutes the attach controller takes the disk away. The out-of-service taint makes it do so at once.',
  },
  'still-alive': {
    when: (state: State) => nodesOf(state).some((node) => isOutOfService(node) && isUp(state, node.metadata.name)),
    text: 'This node is marked out of service and has power. The taint is a promise that nothing runs there: on a live machine a process may go on writing while its disk is given away.',
  },
  'can-still-write': {
    when: (state: State) => allLinks(state).some(({ mounts }) => mounts.some(({ state: standing, isReadOnly }) => standing === 'mounted' && !isReadOnly)),
    text: 'Some pod can write. ReadOnlyMany says what the storage is meant for; it makes no mount read-only. Say readOnly: true in the pod.',
  },
  'not-capable': {
    when: (state: State) => allLinks(state).some(({ word }) => word === 'refused by the driver'),
    text: 'The volume lists a mode that its driver cannot do. Binding only compared two lists; the driver was asked when the disk was to be attached.',
  },
  'no-such-volume': {
    when: (state: State) => claimsOf(state).some(({ status, metadata }) => status?.phase !== 'Bound' && metadata.deletionTimestamp === undefined),
    text: 'A claim has no volume. If its class makes volumes, read the Events of the claim: a driver that cannot do a mode makes none.',
  },
  'one-pod-only': {
    when: (state: State) => podsOf(state).some(isKeptAway),
    text: 'ReadWriteOncePod gives the claim to one pod in the whole cluster. The scheduler holds every other pod back, on the same node too.',
  },
  'data-lost': {
    when: (state: State) => !checks['data-kept'](state).met,
    text: 'A volume was deleted with its claim, and what was on it. Step back in time and look at its reclaim policy first.',
  },
} satisfies Record<string, { readonly when: (state: State) => boolean; readonly text: string }>;
