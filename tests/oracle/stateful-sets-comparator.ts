import type { PodObject } from '../../labs/engine/api/cluster-kinds.ts';
import type { StatefulSet } from '../../labs/engine/api/workload-kinds.ts';
import { garbageCollector } from '../../labs/engine/controllers/garbage-collector.ts';
import { statefulSetController } from '../../labs/engine/controllers/stateful-set-controller.ts';
import { isPodReady } from '../../labs/engine/kubelet/pod-status.ts';
import { claimProtectionController } from '../../labs/engine/volumes/volume-protection.ts';
import type { ComparedCase, Comparator } from './comparator.ts';
import { freshEvents } from './workloads-events.ts';
import { takeStep } from './workloads-actions.ts';
import { subjectName, WorkloadsPlayer, type RecordedStep } from './workloads-player.ts';

interface RecordedStatefulSet {
  readonly id: string;
  readonly steps: readonly (RecordedStep & {
    readonly pods: readonly { readonly name: string }[];
    readonly claims?: readonly { readonly name: string }[];
    readonly events: Parameters<typeof freshEvents>[0];
  })[];
}

interface Recording {
  readonly statefulset: readonly RecordedStatefulSet[];
}

const isRecording = (content: unknown): content is Recording =>
  typeof content === 'object' && content !== null && 'statefulset' in content && Array.isArray(content.statefulset);

/** `stateful-sets.json`: the pods, the status, the claims and the Events of StatefulSets after each step. */
export const statefulSetsComparator: Comparator = {
  shape: 'stateful-sets',
  recognises: isRecording,
  compare: (content) => (isRecording(content) ? content.statefulset.map((scenario) => compared(scenario)) : []),
};

function compared(scenario: RecordedStatefulSet): ComparedCase {
  const steps = scenario.steps.map(({ pods, claims, events, ...step }) => ({
    ...step,
    pods: byName(pods),
    ...(claims !== undefined && { claims: byName(claims) }),
    events: freshEvents(events),
  }));
  const both = { id: scenario.id, subject: 'stateful-sets', expected: { ...scenario, steps } };
  try {
    return { ...both, got: { steps: played(scenario) } };
  } catch (error) {
    // A scenario with a step that cannot be played disagrees; the others are compared all the same.
    return { ...both, got: { unplayable: error instanceof Error ? error.message : String(error) } };
  }
}

const byName = (listed: readonly { readonly name: string }[]): unknown => Object.fromEntries(listed.map(({ name, ...rest }) => [name, rest]));

function played({ steps }: RecordedStatefulSet): unknown {
  const player = new WorkloadsPlayer([statefulSetController, claimProtectionController, garbageCollector], {
    kind: 'StatefulSet',
    name: subjectName(steps, 'StatefulSet'),
  });
  return steps.map((step) => {
    const before = eventsOf(player);
    const outcome = takeStep(player, step);
    return {
      ...outcome,
      pods: byName(player.play.pods.map((pod) => podWords(pod))),
      status: statusWords(player.subject as StatefulSet | undefined),
      ...(step.claims !== undefined && { claims: byName(claimsOf(player)) }),
      events: freshEvents(eventsOf(player), before),
    };
  });
}

/** The recorder wrote down those of the StatefulSet itself. */
const eventsOf = ({ play }: WorkloadsPlayer) =>
  play.list('v1', 'Event').filter(({ involvedObject }) => (involvedObject as { readonly kind?: string } | undefined)?.kind === 'StatefulSet');

const podWords = (pod: PodObject) => ({
  name: pod.metadata.name,
  phase: pod.status?.phase ?? 'Pending',
  ready: pod.status?.conditions !== undefined && isPodReady(pod),
  image: pod.spec.containers[0]?.image,
});

function statusWords(set: StatefulSet | undefined): unknown {
  if (set === undefined) return null;
  const { replicas = 0, readyReplicas, currentReplicas, updatedReplicas, availableReplicas = 0, currentRevision, updateRevision } = set.status ?? {};
  return { replicas, readyReplicas, currentReplicas, updatedReplicas, availableReplicas, updating: currentRevision !== updateRevision };
}

const claimsOf = ({ play }: WorkloadsPlayer) =>
  play.list('v1', 'PersistentVolumeClaim').map(({ metadata }) => ({ name: metadata.name, owned: (metadata.ownerReferences ?? []).length > 0 }));
