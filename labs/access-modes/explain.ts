import type { NodeObject, PersistentVolume, PersistentVolumeClaim, PodObject } from '../engine/api/cluster-kinds.ts';
import { isKind } from '../engine/api/kinds.ts';
import type { Deployment } from '../engine/api/workload-kinds.ts';
import type { StoredObject } from '../engine/store/stored-object.ts';
import { accessAtMount } from '../engine/volumes/access-at-mount.ts';
import { lastEntry } from '../kit/cluster-lab/cluster-words.ts';
import { nameInWords, objectOfSubject } from '../kit/cluster-lab/object-key.ts';
import { explainFromLog, historyOf } from '../kit/cluster-lab/object-history.ts';
import { capital, phaseOf, shortName } from '../kit/cluster-lab/object-words.ts';
import { podPhase } from '../kit/cluster-lab/pod-phase.ts';
import type { Explanation } from '../lab.ts';
import { isOutOfService, strategyOf } from './acts.ts';
import { allLinks, backendInWords, claimOfVolume, isUp, meaningOf, modesInWords, podsOf, usesClaim, volumeInWords, type Link, type Mount } from './scene.ts';
import type { State } from './state.ts';

const docs = 'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#access-modes';
const shutdownDocs = 'https://kubernetes.io/docs/concepts/cluster-administration/node-shutdown/';

/** "Why?" for every object, every line of the picture, and every fact of the world. */
export function explain(state: State, subject: string): Explanation | undefined {
  const [kind, ...path] = subject.split('/');
  if (kind === 'link') return explainLink(state, path[0] ?? '', path.slice(1).join('/'));
  if (kind === 'mount') return explainMount(state, path);
  const object = objectOfSubject(state.cluster.store, subject);
  if (object === undefined) return explainFromLog(state, subject);
  const { cause, lines } = historyOf(state, subject);
  const explained = explanationOf(state, object) ?? { title: capital(nameInWords(object)), because: lines.at(-1) ?? 'It was there when the run began.' };
  const steps = [...(explained.steps ?? []), ...lines.slice(-3)];
  return { ...explained, steps, ...(cause !== undefined && cause <= lastEntry(state) && { cause }) };
}

function explanationOf(state: State, object: StoredObject): Explanation | undefined {
  if (isKind(object, 'PersistentVolume')) return explainVolume(state, object);
  if (isKind(object, 'PersistentVolumeClaim')) return explainClaim(state, object);
  if (isKind(object, 'Pod')) return explainPod(state, object);
  if (isKind(object, 'Node')) return explainNode(state, object);
  if (isKind(object, 'Deployment')) return explainDeployment(object);
  return undefined;
}

const linkReasons: Readonly<Record<Link['state'], string>> = {
  attached: 'The disk is attached to this node: all pods here can have it.',
  coming:
    'A pod here needs it. The attach controller asks, and the attacher of the driver does the work. While a disk for one node is on its way elsewhere, this waits.',
  leaving: 'No pod here needs it any more: it is being detached.',
  refused: '',
  open: 'This kind of storage is mounted over the network and never attached. Nobody counts its nodes, whatever mode the volume has.',
};

/** Why a line is broken. */
function refusalOf(state: State, { volume, node, word, mounts }: Link): string {
  const name = volumeInWords(volume);
  const [first] = mounts;
  if (word === 'one pod only') return `The claim says ReadWriteOncePod, and a pod has it. ${first === undefined ? '' : podPhase(first.pod).because}`;
  if (word === 'refused by the driver')
    return `${capital(name)} lists ${modesInWords(volume.spec.accessModes)}; ${backendInWords(volume)}. Nobody compared the two before the attach to ${node}.`;
  const holder = allLinks(state).find((link) => link.volume === volume && (link.state === 'attached' || link.state === 'leaving'));
  const words = modesInWords(volume.spec.accessModes);
  return `${capital(name)} says ${words}: one node at a time. ${holder === undefined ? 'Another node' : `Node ${holder.node}`} has it, so the attach controller does not even ask the driver.`;
}

function explainLink(state: State, volumeName: string, node: string): Explanation {
  const link = allLinks(state).find((each) => each.volume.metadata.name === volumeName && each.node === node);
  if (link === undefined)
    return { title: `Volume ${volumeName} and ${node === '' ? 'pods without a node' : `node ${node}`}`, because: 'There is no line between them any more.' };
  const { volume, mounts } = link;
  const still =
    link.state === 'attached' && mounts.length === 0
      ? ' No pod here needs it; on a node that is not ready it stays for 6 minutes, unless the node is marked out of service.'
      : '';
  const because =
    link.state === 'refused'
      ? refusalOf(state, link)
      : node === ''
        ? 'A pod that is on no node needs nothing attached yet.'
        : `${linkReasons[link.state]}${still}`;
  const events = historyOf(state, `Pod/${mounts[0]?.pod.metadata.namespace ?? ''}/${mounts[0]?.pod.metadata.name ?? ''}`).lines.filter((line) =>
    line.includes('Volume'),
  );
  return {
    title: `${capital(volumeInWords(volume))}, ${node === '' ? 'no node' : `node ${node}`}: ${link.word}`,
    because,
    steps: [
      `The volume says ${modesInWords(volume.spec.accessModes)}: ${meaningOf(volume.spec.accessModes)}.`,
      `Behind it: ${backendInWords(volume)}.`,
      ...events.slice(-2),
    ],
    source: docs,
  };
}

function explainMount(state: State, [namespace = '', podName = '', volumeName = '']: readonly string[]): Explanation {
  const found = allLinks(state)
    .flatMap((link) => link.mounts.map((mount) => ({ link, mount })))
    .find(({ link, mount: { pod } }) => link.volume.metadata.name === volumeName && pod.metadata.name === podName && pod.metadata.namespace === namespace);
  const claim = found && claimOfVolume(state, found.link.volume);
  if (found === undefined || claim === undefined)
    return { title: `Pod ${podName} and volume ${volumeName}`, because: 'The pod does not use this volume any more.' };
  const { link, mount } = found;
  const { because, enforcedBy } = accessAtMount(state.cluster.store, claim, { pod: mount.pod, node: link.node });
  const guard =
    enforcedBy === 'nobody' ? 'Nobody enforces it here.' : `This is enforced by the ${enforcedBy === 'scheduler' ? 'scheduler' : 'attach controller'}.`;
  const permission = mount.isReadOnly
    ? 'Every mount of this volume in the pod is read-only: readOnly in the pod says so, or a mount option of the volume.'
    : 'Nothing in the pod says readOnly, so its containers may write. The access mode is no permission: it decides who gets at the volume, not what he may do with it.';
  const reasons: Readonly<Record<Mount['state'], string>> = {
    mounted: permission,
    refused: refusalOf(state, link),
    waits: `The volume is not mounted yet. ${link.node === '' ? podPhase(mount.pod).because : linkReasons[link.state]}`,
    silent: `Node ${link.node} is silent. The pod had the volume when its kubelet was last heard of, and nobody can say that it let go.`,
  };
  return {
    title: `Pod ${podName}: ${accessInWords(mount)}`,
    because: reasons[mount.state],
    steps: [`${capital(because)}.`, guard, mount.state === 'mounted' ? `The line to the node: ${link.word}.` : permission],
    source: docs,
  };
}

/** What a pod can do with a volume, or why it has none. */
export function accessInWords({ state, isReadOnly }: Mount): string {
  const may = isReadOnly ? 'reads only' : 'reads and writes';
  if (state === 'mounted') return may;
  if (state === 'silent') return 'not heard of';
  return state === 'refused' ? 'gets no volume' : 'waits for it';
}

function explainVolume(state: State, volume: PersistentVolume): Explanation {
  const { spec } = volume;
  const claim = claimOfVolume(state, volume);
  const lines = allLinks(state).filter((link) => link.volume === volume);
  return {
    title: `${capital(volumeInWords(volume))}: ${modesInWords(spec.accessModes)}`,
    because: `It says ${modesInWords(spec.accessModes)}: ${meaningOf(spec.accessModes)}. ${capital(backendInWords(volume))}.`,
    steps: [
      claim === undefined ? `It is ${phaseOf(volume)}.` : `It belongs to claim ${shortName(claim)}, whoever uses that.`,
      ...lines.slice(0, 6).map(({ node, word }) => `${node === '' ? 'Pods on no node' : `Node ${node}`}: ${word}`),
    ],
    source: docs,
  };
}

function explainClaim(state: State, claim: PersistentVolumeClaim): Explanation {
  const { spec } = claim;
  const users = podsOf(state).filter((pod) => usesClaim(pod, claim));
  const asked = `It asks for ${modesInWords(spec.accessModes)}: ${meaningOf(spec.accessModes)}.`;
  const bond = phaseOf(claim) === 'Bound' ? `It is bound to ${spec.volumeName ?? ''}.` : `It is ${phaseOf(claim)}.`;
  return {
    title: `Claim ${shortName(claim)}`,
    because: `${asked} ${bond}`,
    steps: [
      users.length === 0 ? 'No pod uses it.' : `Used by ${users.map(shortName).join(', ')}.`,
      'The mode helps to find a volume, and cannot be changed afterwards. A claim with another mode is another claim.',
    ],
    source: docs,
  };
}

function explainPod(state: State, pod: PodObject): Explanation {
  const { word, because } = podPhase(pod);
  const lines = allLinks(state).flatMap((link) =>
    link.mounts.filter((mount) => mount.pod === pod).map((mount) => `${capital(volumeInWords(link.volume))}: ${link.word}, ${accessInWords(mount)}`),
  );
  const dark =
    (pod.spec.nodeName ?? '') !== '' && !isUp(state, pod.spec.nodeName ?? '')
      ? ` Nothing has been heard of ${pod.spec.nodeName ?? ''} since it lost its power.`
      : '';
  return { title: `Why is pod ${shortName(pod)} ${word}?`, because: `${because}${dark}`, steps: lines.slice(0, 4) };
}

function explainNode(state: State, node: NodeObject): Explanation {
  const { name } = node.metadata;
  const ready = node.status?.conditions?.find(({ type }) => type === 'Ready')?.status ?? 'Unknown';
  const power = isUp(state, name) ? 'It has power.' : 'It has no power; the cluster only notices that it is silent.';
  const attached = allLinks(state).filter((link) => link.node === name && (link.state === 'attached' || link.state === 'leaving'));
  return {
    title: `Node ${name}`,
    because: `${power} ${ready === 'True' ? 'It is Ready.' : `Its condition Ready is ${ready}.`}${isOutOfService(node) ? ' Somebody promised that it is out of service.' : ''}`,
    steps: [
      ...(node.spec?.taints ?? []).slice(0, 4).map(({ key, effect }) => `Taint ${key}: ${effect}`),
      attached.length === 0 ? 'No volume is attached to it.' : `Attached: ${attached.map(({ volume }) => volumeInWords(volume)).join(', ')}.`,
    ],
    source: shutdownDocs,
  };
}

function explainDeployment(deployment: Deployment): Explanation {
  const { spec, status } = deployment;
  return {
    title: `Deployment ${shortName(deployment)}`,
    because:
      strategyOf(deployment) === 'Recreate'
        ? 'Recreate: all old pods go first, then the new ones come. A short break, and never two versions at once.'
        : 'RollingUpdate: a new pod is started and must be ready before an old one goes. For a moment there are two.',
    steps: [`${status?.updatedReplicas ?? 0} of ${spec.replicas ?? 1} are of the newest template, ${status?.availableReplicas ?? 0} are available.`],
    source: 'https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#strategy',
  };
}
