import type { NodeObject } from '../api/cluster-kinds.ts';
import { listKind } from '../api/kinds.ts';
import { keyHash } from '../key-hash.ts';
import { conditionOf } from '../kubelet/pod-status.ts';
import type { Store } from '../store/store.ts';

/** The kubelet renews its lease so often (a quarter of nodeLeaseDurationSeconds). */
const renewMs = 10_000;
/** The controller looks so often (--node-monitor-period). */
const monitorMs = 5000;
/** A node that was not heard of for longer is unknown (--node-monitor-grace-period, 50 s since v1.32). */
const graceMs = 50_000;

/**
 * When the controller notices that a node fell silent at `silentMs`: one grace period after the look that saw its last lease.
 * That is 40 to 55 s. Leases and looks have fixed times, so none is written.
 */
export function noticedAtMs({ seed }: Store, node: string, silentMs: number): number {
  const offsetMs = keyHash(`${seed}/lease/${node}`) % renewMs;
  const lastLeaseMs = silentMs < offsetMs ? 0 : silentMs - ((silentMs - offsetMs) % renewMs);
  const seenMs = Math.ceil(lastLeaseMs / monitorMs) * monitorMs;
  return seenMs + graceMs;
}

/** The next look of the controller after a moment. */
export const nextLookAtMs = (nowMs: number): number => (Math.floor(nowMs / monitorMs) + 1) * monitorMs;

/** How far a zone is broken. Models pkg/controller/nodelifecycle ComputeZoneState. */
type ZoneState = 'normal' | 'partial' | 'full';

/** From so many nodes on a half-broken zone still loses nodes, slowly (--large-cluster-size-threshold); below, none (--unhealthy-zone-threshold 0.55). */
const largeZoneNodes = 50;
const unhealthyShare = 0.55;
/** One node in 10 s (--node-eviction-rate), or in 100 s in a large zone that is half broken. */
const taintEveryMs = 10_000;
const taintSlowlyMs = 100_000;

/** A node's failure zone. Models component-helpers node/topology GetZoneKey. */
export function zoneOf({ metadata: { labels = {} } }: NodeObject): string {
  const named = ['topology.kubernetes.io/region', 'topology.kubernetes.io/zone'].map((label) => labels[label] ?? '');
  return named.join('/');
}

const isReady = ({ status }: NodeObject): boolean => conditionOf(status?.conditions, 'Ready')?.status === 'True';

function stateOf(nodes: readonly NodeObject[]): ZoneState {
  const unready = nodes.filter((node) => !isReady(node)).length;
  if (unready === nodes.length && unready > 0) return 'full';
  return unready > 2 && unready / nodes.length >= unhealthyShare ? 'partial' : 'normal';
}

/** What may be done to the nodes of a zone that are not ready. */
export interface EvictionPace {
  /** How long lies between two nodes being marked; undefined: no further one is, because too much of a small zone is broken. */
  readonly everyMs?: number;
  /** Every zone is fully broken: then it is rather the control plane that hears nothing, and marks are taken back. */
  readonly isCalledOff: boolean;
}

/** How fast nodes of a zone are marked for eviction now. Models pkg/controller/nodelifecycle handleDisruption. */
export function evictionPace(store: Store, zone: string): EvictionPace {
  const zones = Map.groupBy(listKind(store, 'Node'), zoneOf);
  if ([...zones.values()].every((members) => stateOf(members) === 'full')) return { isCalledOff: true };
  const members = zones.get(zone) ?? [];
  if (stateOf(members) !== 'partial') return { everyMs: taintEveryMs, isCalledOff: false };
  return members.length > largeZoneNodes ? { everyMs: taintSlowlyMs, isCalledOff: false } : { isCalledOff: false };
}
