import { podGracePeriodSeconds } from '../api/pod-deletion.ts';
import type { Condition, PodObject } from '../api/cluster-kinds.ts';
import type { PlannedStep, PlannedWrite } from '../loop/controller.ts';
import { sameJson, type JsonObject } from '../patch/json.ts';
import { keyOf } from '../store/stored-object.ts';
import { podKey, priorityOf, type Snapshot } from './node-info.ts';
import type { Nomination } from './plugin.ts';

type Untimed = Omit<Condition, 'lastTransitionTime'> & JsonObject;

/** The pod's conditions with one set; its time only changes with its status. Models pkg/api/v1/pod UpdatePodCondition. */
export function withCondition({ status }: PodObject, condition: Untimed, at: string): readonly JsonObject[] {
  const conditions = status?.conditions ?? [];
  const old = conditions.find(({ type }) => type === condition.type);
  const next = { ...condition, lastTransitionTime: old !== undefined && old.status === condition.status ? (old.lastTransitionTime ?? at) : at };
  return old === undefined ? [...conditions, next] : conditions.map((each) => (each === old ? next : each));
}

/** A write of a pod's status; none if nothing would change. */
export function statusWrite(pod: PodObject, status: JsonObject, words: Omit<PlannedWrite, 'write'>): readonly PlannedStep[] {
  const isSame = Object.entries(status).every(([field, value]) => sameJson(pod.status?.[field] ?? null, value));
  if (isSame) return [];
  return [{ write: { verb: 'patch', key: keyOf(pod), patchType: 'merge', patch: { status }, subresource: 'status' }, ...words }];
}

/** Binds a pod to a node. The API server sets the condition in the same write. Models plugins/defaultbinder and registry/core/pod BindingREST. */
export function bindSteps(pod: PodObject, node: string, { because, at }: { readonly because: string; readonly at: string }): readonly PlannedStep[] {
  const conditions = withCondition(pod, { type: 'PodScheduled', status: 'True' }, at);
  const cleared = pod.status?.nominatedNodeName === undefined ? {} : { nominatedNodeName: null };
  const patch = { spec: { nodeName: node }, status: { conditions, ...cleared } };
  return [
    {
      write: { verb: 'patch', key: keyOf(pod), patchType: 'merge', patch, subresource: 'binding' },
      text: `assigns pod ${podKey(pod)} to ${node}`,
      because,
      tone: 'good',
    },
    { about: pod, type: 'Normal', reason: 'Scheduled', message: `Successfully assigned ${podKey(pod)} to ${node}` },
  ];
}

/** Removes the victims, and takes back promises of that node to less important pods. Models framework/preemption prepareCandidate. */
export function preemptionSteps(pod: PodObject, nomination: Nomination, { snapshot, at }: { readonly snapshot: Snapshot; readonly at: string }) {
  const { node, victims } = nomination;
  const outdone = snapshot.nominated.filter((other) => other.status?.nominatedNodeName === node && priorityOf(other) < priorityOf(pod));
  return [
    ...outdone.flatMap((other) => {
      const words = { text: `takes back the place on ${node} promised to ${podKey(other)}`, because: `${podKey(pod)} has a higher priority` };
      return statusWrite(other, { nominatedNodeName: null }, words);
    }),
    ...victims.filter(({ metadata }) => metadata.deletionTimestamp === undefined).flatMap((victim) => victimSteps(pod, victim, { node, at })),
  ];
}

function victimSteps(pod: PodObject, victim: PodObject, { node, at }: { readonly node: string; readonly at: string }): readonly PlannedStep[] {
  const message = `${pod.spec.schedulerName ?? 'default-scheduler'}: preempting to accommodate a higher priority pod`;
  const conditions = withCondition(victim, { type: 'DisruptionTarget', status: 'True', reason: 'PreemptionByScheduler', message }, at);
  const because = `${podKey(pod)} needs its place on ${node} and has a higher priority`;
  return [
    ...statusWrite(victim, { conditions }, { text: `marks ${podKey(victim)} as a victim`, because }),
    {
      write: { verb: 'delete', key: keyOf(victim), gracePeriodSeconds: podGracePeriodSeconds(victim), preconditions: { uid: victim.metadata.uid } },
      text: `deletes ${podKey(victim)}`,
      because,
      tone: 'bad',
      // Somebody else was faster.
      refused: () => [],
    },
    { about: victim, type: 'Normal', reason: 'Preempted', message: `Preempted by pod ${pod.metadata.uid} on node ${node}` },
  ];
}
