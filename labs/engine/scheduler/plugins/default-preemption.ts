import { matchesLabels, type LabelSelector } from '../../api/selectors.ts';
import type { PodObject } from '../../api/cluster-kinds.ts';
import { listObjects, type Store } from '../../store/store.ts';
import type { StoredObject } from '../../store/stored-object.ts';
import { fitMessage } from '../failed-scheduling.ts';
import { podKey, priorityOf, withPods, type NodeInfo } from '../node-info.ts';
import type { FailedCycle, Rejection, SchedulerPlugin } from '../plugin.ts';

interface Candidate {
  readonly node: string;
  /** Most important first. */
  readonly victims: readonly PodObject[];
  /** Victims whose PodDisruptionBudget is used up. */
  readonly violations: number;
}

type Budget = StoredObject & {
  readonly spec?: { readonly selector?: LabelSelector };
  readonly status?: { readonly disruptionsAllowed?: number; readonly disruptedPods?: Readonly<Record<string, string>> };
};

/** Of more nodes than these, a tenth is tried. Models DefaultPreemptionArgs. */
const candidatesMin = 100;
const notHelpful = 'Preemption is not helpful for scheduling';
const noVictims: Rejection = { reasons: ['No preemption victims found for incoming pod'], canPreempt: false };

const startOf = ({ status, metadata }: PodObject): string => status?.startTime ?? metadata.creationTimestamp;

/** Higher priority first, then the one that has run longer; equal ones by name (on the real thing in any order). Models pkg/scheduler/util MoreImportantPod. */
function byImportance(one: PodObject, other: PodObject): number {
  if (priorityOf(one) !== priorityOf(other)) return priorityOf(other) - priorityOf(one);
  if (startOf(one) !== startOf(other)) return startOf(one) < startOf(other) ? -1 : 1;
  return podKey(one) < podKey(other) ? -1 : 1;
}

/** Whether a pod goes because the scheduler made room. */
function isLeavingForOther({ metadata, status }: PodObject): boolean {
  const condition = status?.conditions?.find(({ type }) => type === 'DisruptionTarget');
  return metadata.deletionTimestamp !== undefined && condition?.status === 'True' && condition.reason === 'PreemptionByScheduler';
}

/** Why a pod may not preempt. Models PodEligibleToPreemptOthers. */
function obstacle({ pod, snapshot, rejections }: FailedCycle): string | undefined {
  if (pod.spec.preemptionPolicy === 'Never') return 'not eligible due to preemptionPolicy=Never.';
  const promised = snapshot.byName.get(pod.status?.nominatedNodeName ?? '');
  if (promised === undefined || rejections.get(promised.name)?.canPreempt === false) return undefined;
  const isWaiting = promised.pods.some((other) => priorityOf(other) < priorityOf(pod) && isLeavingForOther(other));
  return isWaiting ? 'not eligible due to a terminating pod on the nominated node.' : undefined;
}

/** The pods of a list whose budgets would be broken, if the others go too. Models filterPodsWithPDBViolation. */
function violating(store: Store, pods: readonly PodObject[]): ReadonlySet<PodObject> {
  const budgets = listObjects(store, { apiVersion: 'policy/v1', kind: 'PodDisruptionBudget' }) as readonly Budget[];
  const left = new Map(budgets.map((budget) => [budget, budget.status?.disruptionsAllowed ?? 0]));
  return new Set(
    pods.filter(({ metadata: { name, namespace, labels = {} } }) => {
      const own = budgets.filter(({ metadata, spec, status }) => {
        const selector = spec?.selector;
        const isEmpty = Object.keys(selector?.matchLabels ?? {}).length + (selector?.matchExpressions ?? []).length === 0;
        return metadata.namespace === namespace && !isEmpty && matchesLabels(selector, labels) && status?.disruptedPods?.[name] === undefined;
      });
      for (const budget of own) left.set(budget, (left.get(budget) ?? 0) - 1);
      return own.some((budget) => (left.get(budget) ?? 0) < 0);
    }),
  );
}

/** Takes all less important pods off a node, then gives back as many as still leave room, the most important first. Models SelectVictimsOnNode. */
function victimsOn({ store, pod, rejects }: FailedCycle, info: NodeInfo): Candidate | Rejection {
  const removable = info.pods.filter((other) => priorityOf(other) < priorityOf(pod)).toSorted(byImportance);
  if (removable.length === 0) return noVictims;
  let kept = info.pods.filter((other) => !removable.includes(other));
  const rejection = rejects(withPods(info, kept));
  if (rejection !== undefined) return rejection;
  const protectedPods = violating(store, removable);
  const inTurn = [...removable.filter((each) => protectedPods.has(each)), ...removable.filter((each) => !protectedPods.has(each))];
  const victims: PodObject[] = [];
  for (const each of inTurn) {
    if (rejects(withPods(info, [...kept, each])) === undefined) kept = [...kept, each];
    else victims.push(each);
  }
  const violations = victims.filter((victim) => protectedPods.has(victim)).length;
  return { node: info.name, victims: victims.toSorted(byImportance), violations };
}

/** Raises priorities above 0, so that many victims never look better than few. */
const priorityShift = 2 ** 31;

/** What makes a candidate better, the weightiest first; less is better. Models pickOneNodeForPreemption. */
const measures: readonly ((candidate: Candidate) => number | string)[] = [
  ({ violations }) => violations,
  ({ victims }) => Math.max(...victims.map(priorityOf)),
  ({ victims }) => victims.reduce((total, victim) => total + priorityOf(victim) + priorityShift, 0),
  ({ victims }) => victims.length,
];

function best(candidates: readonly Candidate[], breakTie: FailedCycle['breakTie']): Candidate | undefined {
  let left = candidates;
  for (const measure of measures) {
    const least = left.map(measure).reduce((one, other) => (other < one ? other : one));
    left = left.filter((candidate) => measure(candidate) === least);
    if (left.length === 1) return left[0];
  }
  // Then the one whose most important victims started last.
  const earliest = ({ victims }: Candidate): string => {
    const [first] = victims;
    const top = victims.filter((victim) => first !== undefined && priorityOf(victim) === priorityOf(first));
    return top.map(startOf).toSorted()[0] ?? '';
  };
  const latest = left.map(earliest).toSorted().at(-1);
  left = left.filter((candidate) => earliest(candidate) === latest);
  const node = left.length === 1 ? left[0]?.node : breakTie(left.map((candidate) => candidate.node));
  return left.find((candidate) => candidate.node === node);
}

/** Makes room for a pod by removing less important ones. Models plugins/defaultpreemption and framework/preemption. */
export const defaultPreemption: SchedulerPlugin = {
  name: 'DefaultPreemption',
  rescue: (failed) => {
    const reason = obstacle(failed);
    if (reason !== undefined) return { message: `preemption: ${reason}` };
    const { infos } = failed.snapshot;
    const helpable = infos.filter(({ name }) => failed.rejections.get(name)?.canPreempt === true);
    const tried = helpable.slice(0, Math.max(candidatesMin, Math.trunc(helpable.length / 10)));
    const candidates: Candidate[] = [];
    const reasons = new Map<string, readonly string[]>();
    for (const info of tried) {
      const outcome = victimsOn(failed, info);
      if ('victims' in outcome && outcome.victims.length > 0) candidates.push(outcome);
      else if ('reasons' in outcome) reasons.set(info.name, outcome.reasons);
    }
    const chosen = candidates.length === 0 ? undefined : best(candidates, failed.breakTie);
    if (chosen !== undefined) return { nomination: { node: chosen.node, victims: chosen.victims } };
    const all = infos.map(({ name }) => reasons.get(name) ?? [notHelpful]);
    return { message: `preemption: ${fitMessage(infos.length, { reasons: all })}`, clearsNomination: true };
  },
};
