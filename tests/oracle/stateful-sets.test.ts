import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { PodObject } from '../../labs/engine/api/cluster-kinds.ts';
import type { StatefulSet } from '../../labs/engine/api/workload-kinds.ts';
import { garbageCollector } from '../../labs/engine/controllers/garbage-collector.ts';
import { statefulSetController } from '../../labs/engine/controllers/stateful-set-controller.ts';
import { isPodReady } from '../../labs/engine/kubelet/pod-status.ts';
import { claimProtectionController } from '../../labs/engine/volumes/volume-protection.ts';
import type { JsonObject } from '../../labs/engine/patch/json.ts';
import { WorkloadsPlayer, type RecordedStep } from './workloads-player.ts';

/** StatefulSets recorded from v1.36: after each step the pods, the status, the claims and the new Events. */

interface RecordedPod {
  readonly name: string;
  readonly phase: string;
  readonly ready: boolean;
  readonly image: string;
}

interface Recorded {
  readonly id: string;
  readonly title: string;
  readonly steps: readonly (RecordedStep & {
    readonly pods: readonly RecordedPod[];
    readonly status: JsonObject | null;
    readonly claims?: readonly { readonly name: string; readonly owned: boolean }[];
    readonly events: readonly { readonly reason: string; readonly message: string }[];
  })[];
}

const { statefulset } = JSON.parse(readFileSync(new URL('recorded/workloads/stateful-sets.json', import.meta.url), 'utf8')) as {
  readonly statefulset: readonly Recorded[];
};

const podWords = ({ metadata, status, spec }: PodObject): RecordedPod & { readonly order?: never } => ({
  name: metadata.name,
  phase: status?.phase ?? 'Pending',
  ready: status?.conditions !== undefined && isPodReady({ metadata, status, spec } as PodObject),
  image: spec.containers[0]?.image ?? '',
});

function statusWords(set: StatefulSet | undefined): JsonObject | null {
  if (set === undefined) return null;
  const { replicas = 0, readyReplicas, currentReplicas, updatedReplicas, availableReplicas = 0, currentRevision, updateRevision } = set.status ?? {};
  const counts = { readyReplicas, currentReplicas, updatedReplicas };
  const held = Object.fromEntries(Object.entries(counts).flatMap(([name, count]) => (count === undefined ? [] : [[name, count]])));
  return { replicas, ...held, availableReplicas, updating: currentRevision !== updateRevision };
}

/** Counts of Events by what they say: a repeated one is new again. */
function counted(player: WorkloadsPlayer): ReadonlyMap<string, number> {
  const events = player.play.list('v1', 'Event').filter(({ involvedObject }) => (involvedObject as JsonObject).kind === 'StatefulSet');
  return new Map(events.map(({ metadata, reason, message, count }) => [`${metadata.name} ${reason as string}: ${message as string}`, Number(count)]));
}

describe('StatefulSets go as recorded', () => {
  test.each(statefulset)('$id: $title', ({ steps }) => {
    const player = new WorkloadsPlayer([statefulSetController, claimProtectionController, garbageCollector], { kind: 'StatefulSet', name: 'db' });
    let before = counted(player);
    for (const step of steps) {
      expect(player.take(step), `the action is known: ${step.action}`).toBe(true);
      expect(player.play.pods.map(podWords), step.action).toEqual(step.pods.map(({ name, phase, ready, image }) => ({ name, phase, ready, image })));
      expect(statusWords(player.subject as StatefulSet | undefined), step.action).toEqual(step.status);
      if (step.claims !== undefined) {
        const claims = player.play
          .list('v1', 'PersistentVolumeClaim')
          .map(({ metadata }) => ({ name: metadata.name, owned: (metadata.ownerReferences ?? []).length > 0 }));
        expect(claims, step.action).toEqual(step.claims);
      }
      const now = counted(player);
      const fresh = [...now].filter(([event, count]) => before.get(event) !== count).map(([event]) => event.slice(event.indexOf(' ') + 1));
      expect(fresh.toSorted(), step.action).toEqual(step.events.map(({ reason, message }) => `${reason}: ${message}`).toSorted());
      before = now;
    }
  });
});
