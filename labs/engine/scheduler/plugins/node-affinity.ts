import type { NodeSelectorTerm, PodObject } from '../../api/cluster-kinds.ts';
import { matchesNodeSelector } from '../../api/node-affinity.ts';
import { normalisedByMaximum, type SchedulerPlugin } from '../plugin.ts';
import { changedNode } from './changes.ts';
import { isAllowedByAffinity } from './required-node-affinity.ts';

/** The names that a term's fields leave, undefined for all. */
function namesOf({ matchFields = [] }: NodeSelectorTerm): ReadonlySet<string> | undefined {
  const lists = matchFields.filter(({ key, operator }) => key === 'metadata.name' && operator === 'In').map(({ values = [] }) => values);
  const [first, ...others] = lists;
  return first === undefined ? undefined : new Set(first.filter((name) => others.every((list) => list.includes(name))));
}

/** The nodes that all terms name between them, undefined where one of the terms names none: only these are looked at. */
function namedNodes({ spec }: PodObject): readonly string[] | undefined {
  const terms = spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? [];
  const sets = terms.map((term) => namesOf(term));
  if (terms.length === 0 || sets.includes(undefined)) return undefined;
  return [...new Set(sets.flatMap((names) => [...(names ?? [])]))];
}

/** Required and preferred node affinity, and `nodeSelector`. Models plugins/nodeaffinity. */
export const nodeAffinity: SchedulerPlugin = {
  name: 'NodeAffinity',
  weight: 2,
  filter: ({ pod }) => {
    const required = pod.spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
    if (required === undefined && Object.keys(pod.spec.nodeSelector ?? {}).length === 0) return undefined;
    const rejection = { reasons: ["node(s) didn't match Pod's node affinity/selector"], canPreempt: false };
    const nodeNames = namedNodes(pod);
    if (nodeNames?.length === 0) return { refused: 'pod affinity terms conflict' };
    return {
      check: ({ node }) => (isAllowedByAffinity(pod, node) ? undefined : rejection),
      ...(nodeNames !== undefined && { nodeNames }),
    };
  },
  scorer: ({ pod }) => {
    const preferred = pod.spec.affinity?.nodeAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? [];
    if (preferred.length === 0) return undefined;
    return {
      score: ({ name, labels }) => {
        const met = preferred.filter(({ preference }) => matchesNodeSelector({ nodeSelectorTerms: [preference] }, { name, labels }));
        return met.reduce((total, { weight }) => total + weight, 0);
      },
      normalised: (scores) => normalisedByMaximum(scores),
    };
  },
  wakes: (change, pod) => {
    const node = changedNode(change, ({ metadata }) => metadata.labels ?? {});
    return node !== undefined && isAllowedByAffinity(pod, node);
  },
};
