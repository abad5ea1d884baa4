import type { PodObject } from '../api/cluster-kinds.ts';
import { keyHash } from '../key-hash.ts';
import type { Store } from '../store/store.ts';
import { fitMessage, noNodesMessage } from './failed-scheduling.ts';
import { filtersFor, leftOut, rejectionOf, type Filters, type PluginRejection } from './filter-nodes.ts';
import { podKey, snapshotOf, withNode, type NodeInfo, type Snapshot } from './node-info.ts';
import type { Cycle, Nomination, Rescue, SchedulerPlugin } from './plugin.ts';
import { scoresOf, type NodeScores } from './score-nodes.ts';

/** What becomes of one node: it is rejected, or passes and (if others pass too) gets points, or is not looked at because enough others were found. */
export interface NodeVerdict {
  readonly node: string;
  readonly verdict: 'rejected' | 'passed' | 'skipped';
  /** By the first plugin that spoke against it. */
  readonly rejection?: PluginRejection;
  readonly scores?: NodeScores;
}

/** The whole decision for one pod: what the scheduler acts on, and what can be shown. */
export interface VerdictTable {
  /** `namespace/name`. */
  readonly pod: string;
  /** By name. */
  readonly nodes: readonly NodeVerdict[];
  /** Set where a plugin refused the pod before any node was looked at. */
  readonly refusal?: Filters['refusal'];
  readonly chosen?: string;
  /** The nodes with the most points, if there are several: between them chance decides (here: the seed and the pod's name). */
  readonly tied: readonly string[];
  /** Why this node, in a few words. */
  readonly because: string;
  /** What FailedScheduling says, if no node was chosen. */
  readonly message?: string;
  readonly nomination?: Nomination;
  /** Whether an earlier promise of a node no longer holds. */
  readonly clearsNomination: boolean;
  /** Plugins that rejected or refused: only changes that they care for are worth another try. */
  readonly rejectedBy: readonly string[];
  /** Where the search begins the next time. */
  readonly nextNode: number;
}

/** How a decision is made besides the pod and the store. */
export interface Deciding {
  readonly plugins: readonly SchedulerPlugin[];
  /** Pods that are as good as bound, by `namespace/name`: their node. */
  readonly assumed?: ReadonlyMap<string, string>;
  /** Where the search begins, as an index among the nodes. Only matters with 100 nodes or more. */
  readonly firstNode?: number;
  /** Decides between equal nodes; absent: by the seed and the pod's name. On the real thing it is chance. */
  readonly breakTie?: (pod: PodObject, nodes: readonly string[]) => string | undefined;
}

/** With fewer nodes all are looked at. Models schedule_one.go numFeasibleNodesToFind. */
const nodesMin = 100;

function enoughNodes(nodeCount: number): number {
  if (nodeCount < nodesMin) return nodeCount;
  const percentage = Math.max(5, 50 - Math.trunc(nodeCount / 125));
  return Math.max(nodesMin, Math.trunc((nodeCount * percentage) / 100));
}

function drawn(store: Store, pod: PodObject, nodes: readonly string[]): string {
  const lot = (node: string): number => keyHash([store.seed, 'schedule', podKey(pod), node].join('/'));
  return nodes.reduce((best, node) => (lot(node) < lot(best) ? node : best), nodes[0] ?? '');
}

interface Found {
  readonly passed: readonly NodeInfo[];
  readonly rejections: ReadonlyMap<string, PluginRejection>;
  readonly nextNode: number;
}

/** Looks at nodes one after the other until enough passed. Models findNodesThatFitPod: a promised node is looked at alone first. */
function findNodes(deciding: Deciding, cycle: Cycle, filters: Filters): Found {
  const { infos, byName } = cycle.snapshot;
  const { plugins, firstNode = 0 } = deciding;
  const promised = byName.get(cycle.pod.status?.nominatedNodeName ?? '');
  if (promised !== undefined && rejectionOf(plugins, cycle, filters, promised) === undefined) {
    return { passed: [promised], rejections: new Map(), nextNode: firstNode };
  }
  const rejections = new Map<string, PluginRejection>();
  for (const info of infos) {
    const out = leftOut(filters, info);
    if (out !== undefined) rejections.set(info.name, out);
  }
  const candidates = infos.filter(({ name }) => !rejections.has(name));
  const enough = enoughNodes(candidates.length);
  const passed: NodeInfo[] = [];
  const start = candidates.length < nodesMin ? 0 : firstNode % candidates.length;
  let looked = 0;
  for (; looked < candidates.length && passed.length < enough; looked += 1) {
    const info = candidates[(start + looked) % candidates.length];
    if (info === undefined) break;
    const rejection = rejectionOf(plugins, cycle, filters, info);
    if (rejection === undefined) passed.push(info);
    else rejections.set(info.name, rejection);
  }
  const nextNode = candidates.length < nodesMin ? firstNode : (start + looked) % candidates.length;
  return { passed: passed.toSorted((one, other) => (one.name < other.name ? -1 : 1)), rejections, nextNode };
}

/** The decision for a pod as the store is now. Pure: asking changes nothing. Models pkg/scheduler/schedule_one.go schedulePod and its PostFilter. */
export function verdictTable(store: Store, pod: PodObject, deciding: Deciding): VerdictTable {
  const snapshot = snapshotOf(store, deciding.assumed);
  const cycle: Cycle = { store, pod, snapshot };
  const base = { pod: podKey(pod), tied: [], clearsNomination: false, nextNode: deciding.firstNode ?? 0 };
  if (snapshot.infos.length === 0) return { ...base, nodes: [], because: 'there is no node', message: noNodesMessage, rejectedBy: [] };
  const filters = filtersFor(deciding.plugins, cycle);
  if (filters.refusal !== undefined) return failed(deciding, cycle, { ...base, refusal: filters.refusal, rejections: new Map() });
  const { passed, rejections, nextNode } = findNodes(deciding, cycle, filters);
  if (passed.length === 0) return failed(deciding, cycle, { ...base, nextNode, rejections });
  const scores = passed.length === 1 ? [] : scoresOf(deciding.plugins, cycle, passed);
  const most = Math.max(...scores.map(({ total }) => total));
  const best = passed.length === 1 ? passed : passed.filter((_, index) => scores[index]?.total === most);
  const names = best.map(({ name }) => name);
  const chosen = names.length === 1 ? (names[0] ?? '') : (deciding.breakTie?.(pod, names) ?? drawn(store, pod, names));
  const scoreOf = new Map(passed.map(({ name }, index) => [name, scores[index]]));
  return {
    ...base,
    nextNode,
    nodes: verdicts(snapshot, rejections, scoreOf),
    chosen,
    tied: names.length > 1 ? names : [],
    because: reasonFor({ passed: passed.length, all: snapshot.infos.length, most, tied: names.length }),
    rejectedBy: [],
  };
}

function reasonFor({ passed, all, most, tied }: { readonly passed: number; readonly all: number; readonly most: number; readonly tied: number }): string {
  if (passed === 1) return all === 1 ? 'it is the only node' : 'no other node passes';
  return tied > 1 ? `${tied} nodes have the most points (${most}); chance decides` : `it has the most points (${most})`;
}

function verdicts(
  { infos }: Snapshot,
  rejections: ReadonlyMap<string, PluginRejection>,
  passed: ReadonlyMap<string, NodeScores | undefined>,
): readonly NodeVerdict[] {
  return infos.map(({ name: node }) => {
    const rejection = rejections.get(node);
    if (rejection !== undefined) return { node, verdict: 'rejected', rejection };
    const scores = passed.get(node);
    return { node, verdict: passed.has(node) ? 'passed' : 'skipped', ...(scores !== undefined && { scores }) };
  });
}

type Failure = Pick<VerdictTable, 'pod' | 'tied' | 'clearsNomination' | 'nextNode' | 'refusal'> & { readonly rejections: ReadonlyMap<string, PluginRejection> };

/** Asks the plugins for help, and says what was wrong. Models RunPostFilterPlugins. */
function failed(deciding: Deciding, cycle: Cycle, { rejections, refusal, ...base }: Failure): VerdictTable {
  const { infos } = cycle.snapshot;
  const rescue = rescued(deciding, cycle, { rejections, ...(refusal !== undefined && { refusal }) });
  const reasons = [...rejections.values()].map((rejection) => rejection.reasons);
  const message = fitMessage(infos.length, {
    reasons,
    ...(refusal !== undefined && { refused: refusal.reason }),
    ...(rescue.message !== undefined && { rescue: rescue.message }),
  });
  const rejectedBy = refusal === undefined ? [...rejections.values()].map(({ plugin }) => plugin) : [refusal.plugin];
  return {
    ...base,
    nodes: verdicts(cycle.snapshot, rejections, new Map()),
    ...(refusal !== undefined && { refusal }),
    because: refusal?.reason ?? 'no node passes',
    message,
    ...(rescue.nomination !== undefined && { nomination: rescue.nomination }),
    clearsNomination: rescue.clearsNomination,
    rejectedBy: [...new Set(rejectedBy)].toSorted(),
  };
}

interface Rescued {
  readonly nomination?: Nomination;
  readonly message?: string;
  readonly clearsNomination: boolean;
}

function rescued(deciding: Deciding, cycle: Cycle, { rejections, refusal }: Pick<Failure, 'rejections' | 'refusal'>): Rescued {
  const { plugins, breakTie } = deciding;
  const messages: string[] = [];
  let clearsNomination = false;
  for (const plugin of plugins) {
    const answer: Rescue | undefined = plugin.rescue?.({
      ...cycle,
      ...(refusal !== undefined && { refused: refusal.reason }),
      rejections,
      rejects: (info) => {
        const changed = { ...cycle, snapshot: withNode(cycle.snapshot, info) };
        return rejectionOf(plugins, changed, filtersFor(plugins, changed), info);
      },
      breakTie: (candidates) => breakTie?.(cycle.pod, candidates) ?? drawn(cycle.store, cycle.pod, candidates),
    });
    if (answer === undefined) continue;
    if ('nomination' in answer) return { nomination: answer.nomination, clearsNomination };
    if ('error' in answer) return { message: answer.error, clearsNomination };
    messages.push(answer.message);
    clearsNomination ||= answer.clearsNomination === true;
  }
  return { message: messages.join(', '), clearsNomination };
}
