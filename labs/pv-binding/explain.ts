import { explainFromLog, historyOf } from '../kit/cluster-lab/object-history.ts';
import { capital, modesInWords, phaseOf, shortName } from '../kit/cluster-lab/object-words.ts';
import type { NodeObject, PersistentVolume, PersistentVolumeClaim, PodObject, StorageClass } from '../engine/api/cluster-kinds.ts';
import { isKind, getKind } from '../engine/api/kinds.ts';
import { podPhase } from '../kit/cluster-lab/pod-phase.ts';
import { nameInWords, objectOfSubject } from '../kit/cluster-lab/object-key.ts';
import type { Explanation } from '../lab.ts';
import { defaultClass } from './acts.ts';
import { claimOf, claimsOf, matchingOf, podsOf } from './matching.ts';
import { classInWords, reachInWords, troubleOf, wishInWords } from './words.ts';
import type { State } from './state.ts';

const linesMax = 8;
const docs = 'https://kubernetes.io/docs/concepts/storage/persistent-volumes/';

/** "Why?" for every object, every pair of claim and volume, and every fact of the world. */
export function explain(state: State, subject: string): Explanation | undefined {
  if (subject.startsWith('match/')) return explainMatch(state, subject);
  const object = objectOfSubject(state.cluster.store, subject);
  if (object === undefined) return explainFromLog(state, subject);
  const { cause } = historyOf(state, subject);
  const explained = explanationOf(state, object) ?? {
    title: nameInWords(object),
    because: historyOf(state, subject).lines.at(-1) ?? 'It was there when the run began.',
  };
  return { ...explained, ...(cause !== undefined && { cause }) };
}

function explanationOf(state: State, object: NonNullable<ReturnType<typeof objectOfSubject>>): Explanation | undefined {
  if (isKind(object, 'PersistentVolumeClaim')) return explainClaim(state, object);
  if (isKind(object, 'PersistentVolume')) return explainVolume(state, object);
  if (isKind(object, 'Pod')) return explainPod(state, object);
  if (isKind(object, 'StorageClass')) return explainClass(state, object);
  if (isKind(object, 'Node')) return explainNode(state, object);
  return undefined;
}

function explainClaim(state: State, claim: PersistentVolumeClaim): Explanation {
  const { spec, status, metadata } = claim;
  const name = shortName(claim);
  const wants = wishInWords(claim);
  const { because: reason, matches } = matchingOf(state, claim);
  const [title, because] =
    metadata.deletionTimestamp !== undefined
      ? [
          `Why does claim ${name} not go?`,
          `It is marked as deleted and waits for its finalizers: ${(metadata.finalizers ?? []).join(', ')}. The protection goes when no pod uses the claim.`,
        ]
      : status?.phase === 'Bound'
        ? [
            `Why has claim ${name} this volume?`,
            `It asked for ${wants} and is bound to ${spec.volumeName ?? ''}. The bond stands on both sides: volumeName here, claimRef there.`,
          ]
        : status?.phase === 'Lost'
          ? [`Why is claim ${name} Lost?`, `It is bound to ${spec.volumeName ?? ''}, and that volume does not exist any more.`]
          : [`Why is claim ${name} Pending?`, `It asks for ${wants}; ${reason}.`];
  const steps = matches.slice(0, linesMax).map(({ volume, so }) => `${volume.metadata.name}: ${so}`);
  const events = historyOf(state, `PersistentVolumeClaim/${metadata.namespace ?? ''}/${metadata.name}`).lines;
  return { title, because, steps: status?.phase === 'Bound' ? events : [...steps, ...events.slice(-2)], source: docs };
}

function explainMatch(state: State, subject: string): Explanation | undefined {
  const [, namespace = '', name = '', volumeName = ''] = subject.split('/');
  const claim = claimOf(state, `PersistentVolumeClaim/${namespace}/${name}`);
  const match = claim === undefined ? undefined : matchingOf(state, claim).matches.find(({ volume }) => volume.metadata.name === volumeName);
  if (claim === undefined || match === undefined) return { title: 'This pair is gone', because: 'The claim or the volume does not exist any more.' };
  const steps = [...match.checks.values()].map(({ met, because }) => `${met ? '✓' : '✗'} ${capital(because)}`);
  const isFromBefore = match.isOwn && phaseOf(match.volume) === 'Bound' && match.checks.get('phase')?.met === true;
  const when = isFromBefore ? ' The answers below are from the moment of the choice, when it was still free.' : '';
  return { title: `Claim ${shortName(claim)} and volume ${volumeName}`, because: `${match.so}.${when}`, steps, source: `${docs}#binding` };
}

const phaseMeaning: Readonly<Record<string, string>> = {
  Pending: 'The PV controller has not looked at it yet.',
  Available: 'No claim has it: it is free.',
  Released: 'Its claim is gone, and claimRef still names it. Nobody else gets this volume until somebody decides about the data.',
  Failed: 'Its claim is gone, and reclaiming it did not work.',
};

function explainVolume(state: State, volume: PersistentVolume): Explanation {
  const { spec, status, metadata } = volume;
  const { claimRef } = spec;
  const phase = phaseOf(volume);
  const because =
    phase === 'Terminating'
      ? `It is marked as deleted and waits for its finalizers: ${(metadata.finalizers ?? []).join(', ')}. A bound volume is protected.`
      : phase === 'Bound'
        ? `It belongs to claim ${claimRef?.namespace ?? ''}/${claimRef?.name ?? ''}, and to no other, however much room is left.`
        : [phaseMeaning[phase] ?? '', status?.message ?? ''].filter((text) => text !== '').join(' ');
  const reach = reachInWords(volume);
  const facts = `${spec.capacity.storage}, ${modesInWords(spec.accessModes)}, ${classInWords(volume)}, ${spec.volumeMode}, policy ${spec.persistentVolumeReclaimPolicy}${reach === undefined ? '' : `, ${reach}`}`;
  const pending = claimsOf(state).filter((claim) => claim.status?.phase !== 'Bound');
  const answers = pending.slice(0, 4).map((claim) => {
    const match = matchingOf(state, claim).matches.find((each) => each.volume.metadata.name === metadata.name);
    return `For claim ${shortName(claim)}: ${match?.so ?? 'not looked at'}`;
  });
  return {
    title: `Why is volume ${metadata.name} ${phase}?`,
    because,
    steps: [facts, ...answers, ...historyOf(state, `PersistentVolume/${metadata.name}`).lines.slice(-3)],
    source: docs,
  };
}

function explainPod(state: State, pod: PodObject): Explanation {
  const name = shortName(pod);
  const { word, because } = podPhase(pod);
  const claims = (pod.spec.volumes ?? []).flatMap(({ persistentVolumeClaim }) =>
    persistentVolumeClaim === undefined ? [] : [persistentVolumeClaim.claimName],
  );
  const steps = claims.slice(0, linesMax).map((claimName) => {
    const claim = getKind(state.cluster.store, 'PersistentVolumeClaim', claimName, pod.metadata.namespace ?? 'default');
    return claim === undefined
      ? `Claim ${claimName} does not exist`
      : `Claim ${claimName} is ${phaseOf(claim)}${claim.spec.volumeName === undefined ? '' : ` (${claim.spec.volumeName})`}`;
  });
  const lines = historyOf(state, `Pod/${pod.metadata.namespace ?? ''}/${pod.metadata.name}`).lines.slice(-3);
  const node = getKind(state.cluster.store, 'Node', pod.spec.nodeName ?? '');
  const trouble = node === undefined ? undefined : troubleOf(state, node);
  const place = trouble === undefined ? [] : [`Node ${pod.spec.nodeName ?? ''}: ${trouble}. Its kubelet can do nothing for the pod meanwhile.`];
  return { title: `Why is pod ${name} ${word}?`, because, steps: [...place, ...steps, ...lines] };
}

function explainClass(state: State, each: StorageClass): Explanation {
  const { name, annotations } = each.metadata;
  const later = each.volumeBindingMode === 'WaitForFirstConsumer';
  const because = later
    ? 'WaitForFirstConsumer: a volume is chosen or made once a pod that uses the claim is scheduled, so that both can be in one place.'
    : 'Immediate: a volume is chosen or made as soon as the claim exists, wherever pods may run later.';
  const isDefault =
    annotations?.[defaultClass] === 'true' ? 'Claims that name no class get this one.' : 'It is not the default: only claims that name it get it.';
  const users = claimsOf(state).filter((claim) => classInWords(claim) === `class ${name}`);
  return {
    title: `Class ${name}`,
    because,
    steps: [
      `Provisioner ${each.provisioner}; volumes it makes have policy ${each.reclaimPolicy}.`,
      isDefault,
      `${users.length} of ${claimsOf(state).length} claims name it.`,
    ],
    source: 'https://kubernetes.io/docs/concepts/storage/storage-classes/',
  };
}

function explainNode(state: State, node: NodeObject): Explanation {
  const { name, labels = {} } = node.metadata;
  const ready = node.status?.conditions?.find(({ type }) => type === 'Ready')?.status ?? 'Unknown';
  const pods = podsOf(state).filter(({ spec }) => spec.nodeName === name);
  const taints = (node.spec?.taints ?? []).map(({ key, effect }) => `Taint ${key}: ${effect}`);
  return {
    title: `Node ${name}`,
    because: ready === 'True' ? 'It is Ready.' : `Its condition Ready is ${ready}.`,
    steps: [
      `Labels: ${Object.entries(labels)
        .map(([key, value]) => `${key}=${value}`)
        .join(', ')}`,
      ...taints.slice(0, 3),
      `${pods.length} ${pods.length === 1 ? 'pod runs' : 'pods run'} here.`,
    ],
  };
}
