import type { PodAffinityTerm, PodAffinityTerms, PodObject } from '../../api/cluster-kinds.ts';
import { isKind } from '../../api/kinds.ts';
import type { NodeInfo } from '../node-info.ts';
import type { Cycle, Rejection, SchedulerPlugin } from '../plugin.ts';
import { isPicked, isPickedByAll, type Picking } from './affinity-term.ts';
import { changedNode, podArriving, podLeaving } from './changes.ts';

type Counts = ReadonlyMap<string, number>;

const rejections = {
  affinity: { reasons: ["node(s) didn't match pod affinity rules"], canPreempt: false },
  antiAffinity: { reasons: ["node(s) didn't match pod anti-affinity rules"], canPreempt: true },
  existing: { reasons: ["node(s) didn't satisfy existing pods anti-affinity rules"], canPreempt: true },
} as const satisfies Readonly<Record<string, Rejection>>;

const required = (terms: PodAffinityTerms | undefined): readonly PodAffinityTerm[] => terms?.requiredDuringSchedulingIgnoredDuringExecution ?? [];
const preferred = (terms: PodAffinityTerms | undefined) => terms?.preferredDuringSchedulingIgnoredDuringExecution ?? [];
const place = (topologyKey: string, value: string): string => `${topologyKey}=${value}`;

function placeOf({ labels }: NodeInfo, { topologyKey }: PodAffinityTerm): string | undefined {
  const value = Object.hasOwn(labels, topologyKey) ? labels[topologyKey] : undefined;
  return value === undefined ? undefined : place(topologyKey, value);
}

/** Counts by place; a new map is filled by `fill` only. */
function counted(fill: (add: (info: NodeInfo, term: PodAffinityTerm, amount: number) => void) => void): Counts {
  const counts = new Map<string, number>();
  fill((info, term, amount) => {
    const where = placeOf(info, term);
    if (where !== undefined) counts.set(where, (counts.get(where) ?? 0) + amount);
  });
  return counts;
}

function existingAntiAffinity({ store, pod, snapshot }: Cycle): Counts {
  return counted((add) => {
    for (const info of snapshot.infos) {
      for (const owner of info.carriers) {
        for (const term of required(owner.spec.affinity?.podAntiAffinity)) if (isPicked(store, { term, owner }, pod)) add(info, term, 1);
      }
    }
  });
}

/** Models the filter of plugins/interpodaffinity. */
function filterFor(cycle: Cycle) {
  const { store, pod, snapshot } = cycle;
  const [near, far] = [required(pod.spec.affinity?.podAffinity), required(pod.spec.affinity?.podAntiAffinity)];
  const existing = existingAntiAffinity(cycle);
  if (near.length === 0 && far.length === 0 && existing.size === 0) return undefined;
  const all = { terms: near, owner: pod };
  // A pod counts only if it is what all terms want.
  const wanted = counted((add) => {
    if (near.length === 0) return;
    for (const info of snapshot.infos) for (const other of info.pods) if (isPickedByAll(store, all, other)) for (const term of near) add(info, term, 1);
  });
  const unwanted = counted((add) => {
    if (far.length === 0) return;
    for (const info of snapshot.infos) {
      for (const other of info.pods) for (const term of far) if (isPicked(store, { term, owner: pod }, other)) add(info, term, 1);
    }
  });
  const isCounted = (counts: Counts, info: NodeInfo) => (term: PodAffinityTerm) => (counts.get(placeOf(info, term) ?? '') ?? 0) > 0;
  const hasCompany = (info: NodeInfo): boolean => {
    if (!near.every((term) => placeOf(info, term) !== undefined)) return false;
    // The first of pods that want to be together has nobody to go to.
    return near.every(isCounted(wanted, info)) || (wanted.size === 0 && isPickedByAll(store, all, pod));
  };
  return {
    check: (info: NodeInfo): Rejection | undefined => {
      if (near.length > 0 && !hasCompany(info)) return rejections.affinity;
      if (far.some(isCounted(unwanted, info))) return rejections.antiAffinity;
      const isAvoided = existing.size > 0 && Object.entries(info.labels).some(([key, value]) => (existing.get(place(key, value)) ?? 0) > 0);
      return isAvoided ? rejections.existing : undefined;
    },
  };
}

/** Points by place: of what the pod would like, and of what pods there would like; a required term of theirs counts 1. */
function pointsFor({ store, pod, snapshot }: Cycle): Counts {
  const { podAffinity, podAntiAffinity } = pod.spec.affinity ?? {};
  const hasTerms = podAffinity !== undefined || podAntiAffinity !== undefined;
  return counted((add) => {
    for (const info of snapshot.infos) {
      const score = (picking: Picking, candidate: PodObject, points: number): void => {
        if (isPicked(store, picking, candidate)) add(info, picking.term, points);
      };
      for (const other of hasTerms ? info.pods : info.carriers) {
        for (const { weight, podAffinityTerm: term } of preferred(podAffinity)) score({ term, owner: pod }, other, weight);
        for (const { weight, podAffinityTerm: term } of preferred(podAntiAffinity)) score({ term, owner: pod }, other, -weight);
        const { podAffinity: theirs, podAntiAffinity: theirDislikes } = other.spec.affinity ?? {};
        for (const term of required(theirs)) score({ term, owner: other }, pod, 1);
        for (const { weight, podAffinityTerm: term } of preferred(theirs)) score({ term, owner: other }, pod, weight);
        for (const { weight, podAffinityTerm: term } of preferred(theirDislikes)) score({ term, owner: other }, pod, -weight);
      }
    }
  });
}

function normalised(scores: readonly number[]): readonly number[] {
  const [least, most] = [Math.min(...scores), Math.max(...scores)];
  return scores.map((score) => (most === least ? 0 : Math.trunc(100 * ((score - least) / (most - least)))));
}

/** Pods that want to be near each other, or apart, wherever nodes share the value of a label. Models plugins/interpodaffinity. */
export const interPodAffinity: SchedulerPlugin = {
  name: 'InterPodAffinity',
  weight: 2,
  filter: filterFor,
  scorer: (cycle) => {
    const points = pointsFor(cycle);
    if (points.size === 0) return undefined;
    const score = ({ labels }: NodeInfo): number => Object.entries(labels).reduce((total, [key, value]) => total + (points.get(place(key, value)) ?? 0), 0);
    return { score, normalised };
  },
  wakes: (change, pod, store) => {
    const { podAffinity, podAntiAffinity } = pod.spec.affinity ?? {};
    const leaving = podLeaving(change);
    if (leaving !== undefined) {
      const isFreed = required(podAntiAffinity).some((term) => isPicked(store, { term, owner: pod }, leaving));
      return isFreed || required(leaving.spec.affinity?.podAntiAffinity).some((term) => isPicked(store, { term, owner: leaving }, pod));
    }
    const arriving = podArriving(change);
    if (arriving !== undefined) {
      const { before } = change;
      const wasInTheWay =
        before !== undefined && isKind(before, 'Pod') && required(podAntiAffinity).some((term) => isPicked(store, { term, owner: pod }, before));
      return wasInTheWay || isPickedByAll(store, { terms: required(podAffinity), owner: pod }, arriving);
    }
    return changedNode(change, ({ metadata }) => metadata.labels ?? {}) !== undefined;
  },
};
