import type { NodeInfo } from '../node-info.ts';
import type { Cycle, NodeFilter, NodeScorer, Rejection, SchedulerPlugin } from '../plugin.ts';
import { changedNode, podArriving, podLeaving } from './changes.ts';
import { defaultConstraints, hostname, isIncluded, matchingPods, ownConstraints, type SpreadConstraint } from './spread-constraints.ts';

const missingLabel: Rejection = { reasons: ["node(s) didn't match pod topology spread constraints (missing required label)"], canPreempt: false };
const tooSkewed: Rejection = { reasons: ["node(s) didn't match pod topology spread constraints"], canPreempt: true };

const domainOf = ({ labels }: NodeInfo, { topologyKey }: SpreadConstraint): string | undefined =>
  Object.hasOwn(labels, topologyKey) ? labels[topologyKey] : undefined;
const hasAll = (info: NodeInfo, constraints: readonly SpreadConstraint[]): boolean => constraints.every((each) => domainOf(info, each) !== undefined);

/** How many pods count in each domain; only nodes with all labels make domains. */
function domainCounts({ pod, snapshot }: Cycle, constraint: SpreadConstraint, all: readonly SpreadConstraint[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const info of snapshot.infos) {
    if (!hasAll(info, all) || !isIncluded(constraint, pod, info.node)) continue;
    const domain = domainOf(info, constraint) ?? '';
    counts.set(domain, (counts.get(domain) ?? 0) + matchingPods(info, constraint, pod.metadata.namespace ?? 'default'));
  }
  return counts;
}

function filterFor(cycle: Cycle): NodeFilter | undefined {
  const constraints = ownConstraints(cycle.pod, 'DoNotSchedule');
  if (constraints.length === 0) return undefined;
  const measured = constraints.map((constraint) => {
    const counts = domainCounts(cycle, constraint, constraints);
    const least = counts.size < constraint.minDomains ? 0 : Math.min(...counts.values());
    return { constraint, counts, least, own: constraint.counts(cycle.pod.metadata.labels ?? {}) ? 1 : 0 };
  });
  return {
    check: (info) => {
      for (const { constraint, counts, least, own } of measured) {
        const domain = domainOf(info, constraint);
        if (domain === undefined) return missingLabel;
        if ((counts.get(domain) ?? 0) + own - least > constraint.maxSkew) return tooSkewed;
      }
      return undefined;
    },
  };
}

/** Fewer pods of the same kind are better; domains of which there are many weigh more. Models plugins/podtopologyspread/scoring.go. */
function scorerFor(cycle: Cycle, infos: readonly NodeInfo[]): NodeScorer | undefined {
  const { pod, snapshot, store } = cycle;
  const isOwn = (pod.spec.topologySpreadConstraints ?? []).length > 0;
  const constraints = isOwn ? ownConstraints(pod, 'ScheduleAnyway') : defaultConstraints(store, pod);
  if (constraints.length === 0) return undefined;
  const namespace = pod.metadata.namespace ?? 'default';
  // With the pod's own constraints a node needs all their labels; with the defaults it may lack the zone.
  const isIgnored = (info: NodeInfo): boolean => isOwn && !hasAll(info, constraints);
  const scored = infos.filter((info) => !isIgnored(info));
  const measured = constraints.map((constraint) => {
    const isByNode = constraint.topologyKey === hostname;
    const counts = new Map(isByNode ? [] : scored.map((info): readonly [string, number] => [domainOf(info, constraint) ?? '', 0]));
    for (const info of isByNode ? [] : snapshot.infos) {
      const domain = domainOf(info, constraint) ?? '';
      const before = counts.get(domain);
      if (before === undefined || isIgnored(info) || !isIncluded(constraint, pod, info.node)) continue;
      counts.set(domain, before + matchingPods(info, constraint, namespace));
    }
    const weight = Math.log((isByNode ? scored.length : counts.size) + 2);
    const countFor = (info: NodeInfo, domain: string): number => (isByNode ? matchingPods(info, constraint, namespace) : (counts.get(domain) ?? 0));
    return { constraint, weight, countFor };
  });
  const score = (info: NodeInfo): number => {
    if (isIgnored(info)) return 0;
    const parts = measured.map(({ constraint, weight, countFor }) => {
      const domain = domainOf(info, constraint);
      return domain === undefined ? 0 : countFor(info, domain) * weight + constraint.maxSkew - 1;
    });
    return Math.round(parts.reduce((total, part) => total + part, 0));
  };
  return { score, normalised: (scores, all) => normalised(scores, all.map(isIgnored)) };
}

function normalised(scores: readonly number[], ignored: readonly boolean[]): readonly number[] {
  const counted = scores.filter((_, index) => ignored[index] !== true);
  const [least, most] = [Math.min(...counted), Math.max(0, ...counted)];
  return scores.map((score, index) => {
    if (ignored[index] === true) return 0;
    return most === 0 ? 100 : Math.trunc((100 * (most + least - score)) / most);
  });
}

/** Spreads pods over nodes, zones and the like. Models plugins/podtopologyspread. */
export const podTopologySpread: SchedulerPlugin = {
  name: 'PodTopologySpread',
  weight: 2,
  filter: filterFor,
  scorer: scorerFor,
  wakes: (change, pod) => {
    const other = podLeaving(change) ?? podArriving(change);
    if (other !== undefined) {
      const isNear = (other.metadata.namespace ?? 'default') === (pod.metadata.namespace ?? 'default');
      return isNear && ownConstraints(pod, 'DoNotSchedule').some(({ counts }) => counts(other.metadata.labels ?? {}));
    }
    if (change.object.kind === 'Node' && change.type === 'DELETED') return true;
    return (
      changedNode(
        change,
        ({ metadata }) => metadata.labels ?? {},
        ({ spec }) => spec?.taints ?? [],
      ) !== undefined
    );
  },
};
