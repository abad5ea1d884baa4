import { entriesAfter, lengthOf, type ClusterEntry } from '../../engine/loop/cluster-log.ts';
import type { LogEntry } from '../../lab.ts';
import type { ClusterState } from './cluster-state.ts';
import { keyOfSubject, nameInWords } from './object-key.ts';

/** Who acts, as sentences name them. A name that is missing here stands as Events write it. */
const actors: Readonly<Record<string, string>> = {
  'persistentvolume-controller': 'The PV controller',
  'pvc-protection-controller': 'The claim protection',
  'pv-protection-controller': 'The volume protection',
  'attachdetach-controller': 'The attach controller',
  volume_expand: 'The expand controller',
  ephemeral_volume: 'The ephemeral volume controller',
  'external-provisioner': 'The provisioner',
  'external-attacher': 'The attacher',
  'external-resizer': 'The resizer',
  'default-scheduler': 'The scheduler',
  'node-controller': 'The node controller',
  'node-lifecycle-controller': 'The node lifecycle controller',
  'node-ipam-controller': 'The node address controller',
  'taint-eviction-controller': 'The taint eviction controller',
  'pod-garbage-collector': 'The pod garbage collector',
  'garbage-collector-controller': 'The garbage collector',
  'namespace-controller': 'The namespace controller',
  'deployment-controller': 'The Deployment controller',
  'replicaset-controller': 'The ReplicaSet controller',
  'statefulset-controller': 'The StatefulSet controller',
  kubelet: 'The kubelet',
};

/** The name of an actor in a sentence. */
export function actorInWords(name: string): string {
  // The programs beside a CSI driver sign Events with the driver's name.
  return actors[name] ?? (name.includes('.') ? `The driver ${name}` : `The ${name}`);
}

/** Entries of the cluster's log as the lab shows them: from the beginning of the run, numbered from 1. */
export function logOf({ cluster, logBegin, beginMs }: ClusterState, after: number): readonly LogEntry[] {
  return entriesAfter(cluster.log, logBegin + after).map((entry) => shown(entry, logBegin, beginMs));
}

/** Number of the last entry of the lab's log. */
export function lastEntry({ cluster, logBegin }: ClusterState): number {
  return lengthOf(cluster.log) - logBegin;
}

function shown({ id, atMs, by, text, because, cause, subject, tone, event }: ClusterEntry, logBegin: number, beginMs: number): LogEntry {
  const isOutside = by === 'start' || by === 'learner';
  // What was set off before the run began has the beginning as its cause.
  const causeId = cause === undefined ? undefined : Math.max(1, cause - logBegin);
  return {
    id: id - logBegin,
    atMs: atMs - beginMs,
    by: isOutside ? by : 'lab',
    text: isOutside
      ? text
      : event === undefined
        ? `${actorInWords(by)} ${text}`
        : eventInWords(event.reason, { by, text, ...(subject !== undefined && { subject }) }),
    ...(causeId !== undefined && causeId < id - logBegin && { cause: causeId }),
    ...(because !== undefined && { because }),
    ...(subject !== undefined && { subject }),
    ...(tone !== undefined && { tone }),
  };
}

/** `The scheduler reports FailedScheduling for pod web: 0/1 nodes are available`: an Event says neither who wrote it nor what it is about. */
function eventInWords(reason: string, { by, text, subject }: Pick<ClusterEntry, 'by' | 'text' | 'subject'>): string {
  const key = subject === undefined ? undefined : keyOfSubject(subject);
  const about = key === undefined ? '' : ` for ${nameInWords({ kind: key.kind, metadata: key })}`;
  return `${actorInWords(by)} reports ${reason}${about}${text.slice(reason.length)}`;
}
