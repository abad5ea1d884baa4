import type { EndpointSlice } from '../engine/api/types.ts';
import type { ProxiedService } from '../engine/network/kube-proxy/proxy-input.ts';
import type { LogEntry } from '../lab.ts';
import type { Mode, Crowd, Input, Cluster } from './input.ts';

/** What a kube-proxy was told when it last wrote its rules. */
export interface Seen {
  readonly mode: Mode;
  readonly services: readonly ProxiedService[];
  readonly slices: readonly EndpointSlice[];
  readonly crowd: Crowd;
}

/** Fields of a Service that can be changed by a control. */
export type ServiceField = 'type' | 'internalTrafficPolicy' | 'externalTrafficPolicy' | 'sessionAffinity';

/** What is the case. All else follows from it. */
export interface Situation {
  /** What the texts say. */
  readonly input: Input;
  readonly seed: number;
  /** What is there now: the texts, and what the learner did since. */
  readonly cluster: Cluster;
  readonly mode: Mode;
  /** Whose rules are shown. */
  readonly node: string;
  /** The Service whose rules are drawn, `namespace/name`; empty: there is none. */
  readonly shown: string;
  readonly crowd: Crowd;
  /** What every running kube-proxy has seen. */
  readonly now: Seen;
  /** What those saw last that do not run, by node. */
  readonly stale: Readonly<Record<string, Seen>>;
  /** What the shown node's rules were written from before the last change, so that the difference can be drawn. */
  readonly before?: Seen;
  readonly entries: readonly LogEntry[];
}

/** What the rules on a node were written from. */
export function seenOn(state: Pick<Situation, 'now' | 'stale'>, node: string): Seen {
  return Object.hasOwn(state.stale, node) ? (state.stale[node] ?? state.now) : state.now;
}

/** Whether kube-proxy runs on a node. */
export function runsOn(state: Pick<Situation, 'stale'>, node: string): boolean {
  return !Object.hasOwn(state.stale, node);
}
