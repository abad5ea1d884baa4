import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Condition } from '../../labs/engine/api/cluster-kinds.ts';
import type { Deployment, ReplicaSet } from '../../labs/engine/api/workload-kinds.ts';
import { deploymentController } from '../../labs/engine/controllers/deployment-controller.ts';
import { garbageCollector } from '../../labs/engine/controllers/garbage-collector.ts';
import { replicaSetController } from '../../labs/engine/controllers/replica-set-controller.ts';
import { WorkloadsPlayer, type RecordedStep } from './workloads-player.ts';

/** Rollouts recorded from v1.36: after each step the Deployment's counts and conditions, its ReplicaSets, the number of pods. */

interface RecordedState {
  readonly deployment?: (Readonly<Record<string, number | string | undefined>> & { readonly conditions: readonly Condition[] }) | null;
  readonly replicaSets: readonly (Readonly<Record<string, number | string | null>> & { readonly owned: boolean })[];
  readonly pods: number;
}

interface Recorded {
  readonly id: string;
  readonly title: string;
  readonly steps: readonly (RecordedStep & { readonly state?: RecordedState })[];
}

const { scenarios } = JSON.parse(readFileSync(new URL('recorded/workloads/rollouts.json', import.meta.url), 'utf8')) as {
  readonly scenarios: readonly Recorded[];
};

/** Not compared, and why. */
const leftOut: Readonly<Record<string, string>> = { quota: 'ResourceQuota is not among the admission plugins yet' };

const prefix = 'deployment.kubernetes.io/';

function words(conditions: readonly Condition[]): readonly string[] {
  // Whether a moment after a change of template the reason still reads NewReplicaSetCreated is chance (README of the recordings).
  return conditions.map(({ type, status, reason = '' }) => `${type}=${status}:${reason.replace('NewReplicaSetCreated', 'ReplicaSetUpdated')}`).toSorted();
}

function wantedState({ deployment, replicaSets, pods }: RecordedState): unknown {
  const counts = [
    'revision',
    'specReplicas',
    'replicas',
    'updatedReplicas',
    'readyReplicas',
    'availableReplicas',
    'unavailableReplicas',
    'terminatingReplicas',
  ];
  return {
    deployment: deployment === null || deployment === undefined ? null : [...counts.map((count) => deployment[count] ?? null), words(deployment.conditions)],
    sets: replicaSets
      .map(
        (set) =>
          ['revision', 'revisionHistory', 'desired', 'max', 'image', 'spec', 'replicas', 'ready', 'available']
            .map((field) => String(set[field] ?? ''))
            .join(' ') + String(set.owned),
      )
      .toSorted(),
    pods,
  };
}

function playedState(player: WorkloadsPlayer): unknown {
  const deployment = player.subject as Deployment | undefined;
  const { status } = deployment ?? {};
  const sets = player.play.list('apps/v1', 'ReplicaSet') as readonly ReplicaSet[];
  return {
    deployment:
      deployment === undefined
        ? null
        : [
            deployment.metadata.annotations?.[`${prefix}revision`] ?? null,
            deployment.spec.replicas ?? null,
            ...[status?.replicas, status?.updatedReplicas, status?.readyReplicas, status?.availableReplicas, status?.unavailableReplicas].map(
              (count) => count ?? null,
            ),
            status?.terminatingReplicas ?? null,
            words(status?.conditions ?? []),
          ],
    sets: sets.map(setWords).toSorted(),
    pods: player.play.pods.filter(({ metadata }) => metadata.deletionTimestamp === undefined).length,
  };
}

function setWords({ metadata: { annotations = {}, ownerReferences = [] }, spec, status }: ReplicaSet): string {
  const notes = ['revision', 'revision-history', 'desired-replicas', 'max-replicas'].map((name) => annotations[prefix + name] ?? '');
  const counts = [spec.replicas, status?.replicas ?? 0, status?.readyReplicas ?? 0, status?.availableReplicas ?? 0];
  return [...notes, spec.template.spec.containers[0]?.image ?? '', ...counts].join(' ') + String(ownerReferences.length > 0);
}

describe('rollouts go as recorded', () => {
  test.each(scenarios.filter(({ id }) => leftOut[id] === undefined))('$id: $title', ({ steps }) => {
    const player = new WorkloadsPlayer([deploymentController, replicaSetController, garbageCollector], { kind: 'Deployment', name: 'web' });
    for (const step of steps) {
      expect(player.take(step), `the action is known: ${step.action}`).toBe(true);
      if (step.state !== undefined) expect(playedState(player), step.action).toEqual(wantedState(step.state));
    }
  });
});
