import type { PodObject } from '../engine/api/cluster-kinds.ts';
import type { Deployment } from '../engine/api/workload-kinds.ts';
import { isComplete } from '../engine/controllers/deployment-status.ts';
import { entriesAfter, type ClusterEntry } from '../engine/loop/cluster-log.ts';
import { isPodReady, podPhase } from '../kit/cluster-lab/pod-phase.ts';
import { every, some } from '../kit/cluster-lab/judgements.ts';
import { shortName } from '../kit/cluster-lab/object-words.ts';
import type { Check } from '../lab.ts';
import { allLinks, deploymentsOf, isUp, nodesOf, podsOf, sceneOf, volumeInWords, type Link } from './scene.ts';
import type { State } from './state.ts';

/** What happened during the run. */
const entriesOf = ({ cluster, logBegin }: State): readonly ClusterEntry[] => entriesAfter(cluster.log, logBegin);

/** Pods that nobody deletes. */
const living = (state: State): readonly PodObject[] => podsOf(state).filter(({ metadata }) => metadata.deletionTimestamp === undefined);
const runs = (state: State, pod: PodObject): boolean => podPhase(pod).word === 'Running' && isPodReady(pod) && isUp(state, pod.spec.nodeName ?? '');

/** The volumes that are mounted now, each with its lines to nodes where a pod has it. */
function inUse(state: State): readonly (readonly Link[])[] {
  const lines = allLinks(state).map((link) => ({ ...link, mounts: link.mounts.filter((mount) => mount.state === 'mounted') }));
  const groups = Map.groupBy(
    lines.filter(({ mounts }) => mounts.length > 0),
    ({ volume }) => volume.metadata.name,
  );
  return [...groups.values()];
}

const namesOf = (links: readonly Link[]): string => links.flatMap(({ mounts }) => mounts.map(({ pod }) => shortName(pod))).join(', ');
const volumeName = ([first]: readonly Link[]): string => (first === undefined ? '' : volumeInWords(first.volume));

/** Whether another version of a Deployment's image ran before in this run. */
function wasReleased(state: State, { spec }: Deployment): boolean {
  const { image = '' } = spec.template.spec.containers[0] ?? {};
  const [name = ''] = image.split(':');
  const pulled = entriesOf(state).flatMap(({ event, text }) => (event?.reason === 'Pulled' ? (/image "([^"]+)"/u.exec(text)?.[1] ?? []) : []));
  return pulled.some((each) => each.startsWith(`${name}:`) && each !== image);
}

/** Names of the nodes without power. */
const darkNodes = (state: State): readonly string[] => nodesOf(state).flatMap(({ metadata: { name } }) => (isUp(state, name) ? [] : [name]));

/** The goals that scenarios may set. */
export const checks = {
  'pods-running': (state: State) =>
    every(living(state), (pod) => runs(state, pod), {
      yes: 'every pod runs',
      no: (pod) => `${shortName(pod)} is ${isUp(state, pod.spec.nodeName ?? '') ? podPhase(pod).word : 'on a node without power'}`,
      none: 'there is no pod',
    }),
  'several-pods': (state: State): Check => ({
    met: living(state).length > 1,
    because: `there ${living(state).length === 1 ? 'is 1 pod' : `are ${living(state).length} pods`}`,
  }),
  'shared-on-one-node': (state: State) =>
    some(
      inUse(state),
      (links) => links.some(({ mounts }) => mounts.length > 1),
      (links) => `${namesOf(links)} have ${volumeName(links)} on one node`,
      'no two pods have one volume on one node',
    ),
  'on-several-nodes': (state: State) =>
    some(
      inUse(state),
      (links) => links.length > 1,
      (links) => `${volumeName(links)} is in use on ${links.map(({ node }) => node).join(', ')}`,
      'no volume is in use on more than one node',
    ),
  'written-from-several-nodes': (state: State) =>
    some(
      inUse(state),
      (links) => links.filter(({ mounts }) => mounts.some((mount) => !mount.isReadOnly)).length > 1,
      (links) => `pods on ${links.map(({ node }) => node).join(', ')} can write to ${volumeName(links)}`,
      'no volume can be written from more than one node',
    ),
  'two-containers-share': (state: State) =>
    some(
      inUse(state),
      (links) =>
        links.flatMap(({ mounts }) => mounts.flatMap(({ pod }) => pod.spec.containers.filter(({ volumeMounts = [] }) => volumeMounts.length > 0))).length > 1,
      (links) => `at least two containers have ${volumeName(links)}: in ${namesOf(links)}`,
      'no volume is mounted by two running containers',
    ),
  'all-read-only': (state: State) =>
    every(inUse(state).flat(), ({ mounts }) => mounts.every(({ isReadOnly }) => isReadOnly), {
      yes: 'no pod can write',
      no: ({ mounts }) => `${shortName(mounts.find(({ isReadOnly }) => !isReadOnly)?.pod ?? { metadata: { name: '' } })} can write`,
      none: 'no volume is mounted',
    }),
  'own-volumes': (state: State) =>
    every(inUse(state), (links) => links.flatMap(({ mounts }) => mounts).length === 1, {
      yes: 'every pod has a volume of its own',
      no: (links) => `${namesOf(links)} share ${volumeName(links)}`,
      none: 'no volume is mounted',
    }),
  'multi-attach': (state: State) =>
    some(
      entriesOf(state),
      ({ event, text }) => event?.reason === 'FailedAttachVolume' && text.includes('Multi-Attach error'),
      () => 'a Multi-Attach error was reported',
      'no Multi-Attach error was reported',
    ),
  'driver-refused': (state: State) =>
    some(
      entriesOf(state),
      ({ event, text }) => event?.reason === 'FailedAttachVolume' && text.includes('AttachVolume.Attach failed'),
      () => 'the driver refused to attach a volume',
      'no driver has refused to attach a volume',
    ),
  'kept-away': (state: State) =>
    some(
      entriesOf(state),
      ({ event, text }) => event?.reason === 'FailedScheduling' && text.includes('ReadWriteOncePod'),
      () => 'the scheduler kept a pod away from a claim for one pod',
      'the scheduler has kept no pod away from a claim for one pod',
    ),
  'claims-bound': (state: State): Check => {
    const [first] = sceneOf(state).waiting;
    return { met: first === undefined, because: first === undefined ? 'every claim is bound' : `${shortName(first)} has no volume` };
  },
  'release-done': (state: State) =>
    every(deploymentsOf(state), (deployment) => isComplete(deployment, deployment.status ?? {}) && wasReleased(state, deployment), {
      yes: 'every Deployment runs its new version, and nothing else',
      no: ({ metadata, status }) => `${metadata.name} is not through: ${status?.updatedReplicas ?? 0} updated, ${status?.availableReplicas ?? 0} available`,
      none: 'there is no Deployment',
    }),
  'node-is-off': (state: State): Check => {
    const [first] = darkNodes(state);
    return { met: first !== undefined, because: first === undefined ? 'every node has power' : `${first} has no power` };
  },
  'moved-off': (state: State): Check => {
    const dark = darkNodes(state);
    const moved = inUse(state).flat();
    const met = dark.length > 0 && moved.length > 0;
    const [first] = moved;
    return { met, because: first === undefined ? 'no volume is in use on a node with power' : `${volumeInWords(first.volume)} is in use on ${first.node}` };
  },
  'detached-by-force': (state: State) =>
    some(
      entriesOf(state),
      ({ by, because }) =>
        by === 'attachdetach-controller' && (because === 'the node is out of service' || because === 'the node has not answered for 6 minutes'),
      ({ text, because }) => `the attach controller ${text}: ${because ?? ''}`,
      'no volume was detached by force',
    ),
  'data-kept': (state: State): Check => {
    const gone = entriesOf(state).find(({ change, subject }) => change === 'DELETED' && subject?.startsWith('PersistentVolume/') === true);
    return {
      met: gone === undefined,
      because: gone === undefined ? 'no volume has been deleted' : `${gone.subject?.slice(17) ?? ''} has been deleted, and what was on it`,
    };
  },
} satisfies Record<string, (state: State) => Check>;

export type CheckId = keyof typeof checks;
