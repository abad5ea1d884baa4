import { matchNodeSelector, type NodeSelector } from '../../labs/engine/api/node-affinity.ts';
import type { Labels } from '../../labs/engine/api/selectors.ts';
import { blockingEffects, tolerates, untolerated, type Taint, type Toleration } from '../../labs/engine/api/taints.ts';
import type { ComparedCase } from './comparator.ts';

export interface RecordedTaints {
  readonly pairs?: readonly { readonly taint: Taint; readonly toleration: Toleration }[];
  readonly lists?: readonly { readonly taints: readonly Taint[] | null; readonly tolerations: readonly Toleration[] | null }[];
}

/** The table `taints`. */
export function comparedTaints({ pairs = [], lists = [] }: RecordedTaints): readonly ComparedCase[] {
  return [
    ...pairs.map((expected, index) => ({
      id: `taints/pairs/${index + 1}`,
      subject: 'taints',
      expected,
      got: { tolerates: tolerates(expected.toleration, expected.taint) },
    })),
    ...lists.map((expected, index) => {
      const [first] = untolerated(expected.taints ?? [], expected.tolerations ?? [], blockingEffects);
      const got = { blocked: first !== undefined, ...(first !== undefined && { firstUntolerated: first }) };
      return { id: `taints/lists/${index + 1}`, subject: 'taints', expected, got };
    }),
  ];
}

export interface RecordedNodeAffinity {
  /** Name of a node → its labels. */
  readonly nodes?: Readonly<Record<string, Labels | null>>;
  readonly cases?: readonly { readonly nodeSelector: NodeSelector }[];
}

/** The table `nodeAffinity`. */
export function comparedNodeAffinity({ nodes = {}, cases = [] }: RecordedNodeAffinity): readonly ComparedCase[] {
  return cases.map((expected, index) => {
    const matched = Object.entries(nodes).map(([name, labels]) => [name, matchNodeSelector(expected.nodeSelector, { name, labels: labels ?? {} })] as const);
    const error = matched.map(([, { message }]) => message).find((message) => message !== undefined);
    const matches = Object.fromEntries(matched.map(([name, result]) => [name, result.matches]));
    return { id: `nodeAffinity/${index + 1}`, subject: 'nodeAffinity', expected, got: { matches, ...(error !== undefined && { error }) } };
  });
}
