import type { Json, JsonObject } from '../../labs/engine/patch/json.ts';

/** One step of a recorded scenario: what was done, and what was there afterwards. */
export interface RecordedStep {
  /** `create`, `apply`, `patch`, `delete`, `wait`, `add node` … */
  readonly action: string;
  readonly objects?: readonly JsonObject[];
  /** `Kind/name` or `Kind/namespace/name`. */
  readonly object?: string;
  readonly patch?: Json;
  readonly node?: string | JsonObject;
  readonly nodes?: readonly (string | JsonObject)[];
  readonly seconds?: number;
  readonly error?: RecordedError;
  readonly state: RecordedState;
}

export interface RecordedError {
  readonly code: number;
  readonly reason: string;
  readonly message: string;
}

export interface RecordedEvent {
  readonly object: string;
  readonly type: string;
  readonly reason: string;
  readonly message: string;
  readonly source?: string;
}

/** A kind of which there is nothing is absent. */
export interface RecordedState {
  readonly pv?: Readonly<Record<string, Json>>;
  readonly pvc?: Readonly<Record<string, Json>>;
  readonly pod?: Readonly<Record<string, Json>>;
  readonly newEvents?: readonly RecordedEvent[];
}

export interface RecordedScenario {
  readonly id: string;
  readonly nodes: readonly (string | JsonObject)[];
  readonly steps: readonly RecordedStep[];
}

export interface RecordedScenarios {
  readonly scenarios: readonly RecordedScenario[];
}
