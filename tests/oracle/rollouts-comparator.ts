import type { Condition } from '../../labs/engine/api/cluster-kinds.ts';
import type { Deployment, ReplicaSet } from '../../labs/engine/api/workload-kinds.ts';
import { deploymentController } from '../../labs/engine/controllers/deployment-controller.ts';
import { garbageCollector } from '../../labs/engine/controllers/garbage-collector.ts';
import { replicaSetController } from '../../labs/engine/controllers/replica-set-controller.ts';
import type { ComparedCase, Comparator } from './comparator.ts';
import { freshEvents } from './workloads-events.ts';
import { takeStep } from './workloads-actions.ts';
import { subjectName, WorkloadsPlayer, type RecordedStep } from './workloads-player.ts';

interface RecordedState {
  readonly deployment?: { readonly conditions: readonly Condition[] } | null;
  readonly replicaSets: readonly { readonly id: number }[];
  readonly pods: number;
}

interface RecordedRollout {
  readonly id: string;
  readonly steps: readonly (RecordedStep & { readonly state?: RecordedState; readonly events?: Parameters<typeof freshEvents>[0] })[];
}

interface Recording {
  readonly scenarios: readonly RecordedRollout[];
}

const isObjectLike = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null;

/** Scenarios some of whose steps show the ReplicaSets of a Deployment. */
function isRecording(content: unknown): content is Recording {
  if (!isObjectLike(content) || !Array.isArray(content.scenarios)) return false;
  return (content.scenarios as readonly Partial<RecordedRollout>[]).some(
    ({ steps }) => Array.isArray(steps) && (steps as RecordedRollout['steps']).some(({ state }) => isObjectLike(state) && Array.isArray(state.replicaSets)),
  );
}

/** `rollouts.json`: Deployments and their ReplicaSets after each step. */
export const rolloutsComparator: Comparator = {
  shape: 'rollouts',
  recognises: isRecording,
  compare: (content) => (isRecording(content) ? content.scenarios.map((scenario) => compared(scenario)) : []),
};

function compared(scenario: RecordedRollout): ComparedCase {
  const subject = 'rollouts';
  const expected = { ...scenario, steps: scenario.steps.map((step) => expectedStep(step)) };
  try {
    return { id: scenario.id, subject, expected, got: { steps: played(scenario) } };
  } catch (error) {
    // A scenario with a step that cannot be played disagrees; the others are compared all the same.
    return { id: scenario.id, subject, expected, got: { unplayable: error instanceof Error ? error.message : String(error) } };
  }
}

function expectedStep({ state, events, ...step }: RecordedRollout['steps'][number]): unknown {
  if (state === undefined) return { ...step };
  const { deployment, replicaSets, ...rest } = state;
  return {
    ...step,
    ...(events !== undefined && { events: freshEvents(events) }),
    state: {
      ...rest,
      ...(deployment !== undefined && deployment !== null && { deployment: { ...deployment, conditions: conditionsOf(deployment.conditions) } }),
      replicaSets: Object.fromEntries(replicaSets.map(({ id, ...set }) => [id, set])),
    },
  };
}

/** By type. Whether, a moment after a change of template, the reason still reads NewReplicaSetCreated is chance, says the README of the recordings. */
function conditionsOf(conditions: readonly Condition[]): unknown {
  const settled = conditions.map(({ type, status, reason, message = '' }) =>
    reason === 'NewReplicaSetCreated'
      ? { type, status, reason: 'ReplicaSetUpdated', message: message.replace(/^Created new replica set (".*")$/u, 'ReplicaSet $1 is progressing.') }
      : { type, status, reason, message },
  );
  return Object.fromEntries(settled.map(({ type, ...condition }) => [type, condition]));
}

/** The recorder's names: ReplicaSets are numbered as they come. */
class Names {
  readonly #ids = new Map<string, number>();

  meet(sets: readonly ReplicaSet[]): void {
    const byAge = sets.toSorted((one, other) => idOf(one) - idOf(other));
    for (const { metadata } of byAge) if (!this.#ids.has(metadata.name)) this.#ids.set(metadata.name, this.#ids.size + 1);
  }

  of(set: string): number {
    return this.#ids.get(set) ?? 0;
  }

  hide(text: string): string {
    return [...this.#ids].reduce((hidden, [name, id]) => hidden.replaceAll(new RegExp(`${name}(-[a-z0-9]{5})?(?![a-z0-9])`, 'gu'), shown(id)), text);
  }
}

const shown =
  (id: number) =>
  (_: string, pod?: string): string =>
    `<rs${id}>${pod === undefined ? '' : '-<pod>'}`;
/** Revisions only grow: of ReplicaSets that are met in the same step the lower one is older. */
const idOf = ({ metadata }: ReplicaSet): number => Number(metadata.annotations?.['deployment.kubernetes.io/revision'] ?? 0);

function played({ steps }: RecordedRollout): unknown {
  const player = new WorkloadsPlayer([deploymentController, replicaSetController, garbageCollector], {
    kind: 'Deployment',
    name: subjectName(steps, 'Deployment'),
  });
  const names = new Names();
  return steps.map((step) => {
    const before = player.play.list('v1', 'Event');
    const outcome = takeStep(player, step);
    names.meet(player.play.list('apps/v1', 'ReplicaSet') as readonly ReplicaSet[]);
    if (step.state === undefined) return outcome;
    const hidden = JSON.parse(names.hide(JSON.stringify(player.play.list('v1', 'Event')))) as typeof before;
    const beforeHidden = JSON.parse(names.hide(JSON.stringify(before))) as typeof before;
    return {
      ...outcome,
      ...(step.events !== undefined && { events: freshEvents(hidden, beforeHidden) }),
      state: JSON.parse(JSON.stringify(stateOf(player, names))) as unknown,
    };
  });
}

const note = 'deployment.kubernetes.io/';

function stateOf(player: WorkloadsPlayer, names: Names): unknown {
  const deployment = player.subject as Deployment | undefined;
  const sets = player.play.list('apps/v1', 'ReplicaSet') as readonly ReplicaSet[];
  return {
    ...(deployment !== undefined && { deployment: deploymentWords(deployment, names) }),
    replicaSets: Object.fromEntries(sets.map((set) => [names.of(set.metadata.name), setWords(set)])),
    pods: player.play.pods.filter(({ metadata }) => metadata.deletionTimestamp === undefined).length,
  };
}

function deploymentWords({ metadata, spec, status = {} }: Deployment, names: Names): unknown {
  const { conditions = [], ...counts } = status;
  return {
    generation: metadata.generation,
    revision: metadata.annotations?.[`${note}revision`] ?? null,
    specReplicas: spec.replicas,
    ...counts,
    conditions: conditionsOf(conditions.map((condition) => ({ ...condition, message: names.hide(condition.message ?? '') }))),
  };
}

function setWords({ metadata: { annotations = {}, ownerReferences = [] }, spec, status }: ReplicaSet): unknown {
  return {
    revision: annotations[`${note}revision`] ?? null,
    revisionHistory: annotations[`${note}revision-history`] ?? null,
    desired: annotations[`${note}desired-replicas`] ?? null,
    max: annotations[`${note}max-replicas`] ?? null,
    image: spec.template.spec.containers[0]?.image,
    spec: spec.replicas,
    replicas: status?.replicas ?? 0,
    ready: status?.readyReplicas ?? 0,
    available: status?.availableReplicas ?? 0,
    owned: ownerReferences.length > 0,
  };
}
