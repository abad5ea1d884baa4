import type { Json, JsonObject } from '../../labs/engine/patch/json.ts';

/** One step of `scheduling.json`: what was done, and the state it led to. */
export interface RecordedStep {
  readonly action: string;
  readonly objects?: readonly JsonObject[];
  /** `Kind/name`, or `Kind/namespace/name`. */
  readonly object?: string;
  readonly patch?: Json;
  readonly node?: string | RecordedNode;
  readonly nodes?: readonly (string | RecordedNode)[];
  readonly error?: RecordedError;
  /** By pod, then node, then plugin: weighted points, and `TOTAL`. */
  readonly scores?: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, number>>>>>>;
  readonly state: RecordedState;
}

export interface RecordedError {
  readonly code: number;
  readonly reason: string;
  readonly message: string;
}

export interface RecordedState {
  readonly pods: Readonly<Record<string, Json>>;
  readonly newEvents?: readonly RecordedEvent[];
}

export interface RecordedEvent {
  readonly object: string;
  readonly type: string;
  readonly reason: string;
  readonly message: string;
  readonly source: string;
}

export interface RecordedNode {
  readonly name: string;
  readonly alloc?: Readonly<Record<string, string>>;
  readonly labels?: Readonly<Record<string, string>>;
  readonly taints?: readonly JsonObject[];
  readonly unsched?: boolean;
  /** Status of the condition Ready. */
  readonly ready?: string;
  readonly images?: readonly JsonObject[];
}

export interface RecordedScenario {
  readonly id: string;
  readonly nodes: readonly (string | RecordedNode)[];
  readonly steps: readonly RecordedStep[];
  readonly tieBetweenBestNodes: boolean;
}
