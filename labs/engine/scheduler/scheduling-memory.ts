import type { Json } from '../patch/json.ts';
import { isObject } from '../patch/json.ts';
import { valueOf, valuesFrom, withoutKey, withValue, type SortedChunks } from '../store/sorted-chunks.ts';

/** A pod that waits for something to change. */
export interface WaitingPod {
  /** `namespace/name`. */
  readonly key: string;
  /** The pod itself, not a later one of its name. */
  readonly uid: string;
  /** Plugins that rejected it; only changes that they care for are worth another try. None: any change of nodes. */
  readonly rejectedBy: readonly string[];
  /** How often it was tried. */
  readonly attempts: number;
  /** When it was tried last. */
  readonly failedAtMs: number;
  /** Number of its last try among all that failed: of pods that are woken at once and as important, the one tried first is first. */
  readonly turn: number;
}

/** A pod whose node is chosen, but whose volumes are still being bound. */
export interface AssumedPod {
  readonly key: string;
  readonly uid: string;
  readonly node: string;
  readonly sinceMs: number;
}

/** What the scheduler keeps for itself. Models pkg/scheduler/backend/queue and the assumed pods of pkg/scheduler/backend/cache. */
export interface SchedulingMemory {
  readonly waiting: SortedChunks<WaitingPod>;
  readonly assumed: SortedChunks<AssumedPod>;
  /** Where the search for nodes begins next. */
  readonly firstNode: number;
  /** How many tries failed. */
  readonly failures: number;
}

const empty: SchedulingMemory = { waiting: [], assumed: [], firstNode: 0, failures: 0 };

/** Reads what `View.memory` holds. */
export function readMemory(memory: Json): SchedulingMemory {
  return isObject(memory) ? (memory as unknown as SchedulingMemory) : empty;
}

/** As `View.memory` takes it. */
export function writtenMemory(memory: SchedulingMemory): Json {
  return memory as unknown as Json;
}

/** The waiting pod of a key. */
function waitingPod({ waiting }: SchedulingMemory, key: string): WaitingPod | undefined {
  return valueOf(waiting, key);
}

/** A first failure puts a pod behind the others for so long, each further one twice as long. Models podInitialBackoffSeconds and podMaxBackoffSeconds. */
const backOffFirstMs = 1000;
const backOffMaxMs = 10_000;

/** Until when a pod that failed stands behind those that did not. */
export function backOffEndMs({ attempts, failedAtMs }: WaitingPod): number {
  return failedAtMs + Math.min(backOffMaxMs, backOffFirstMs * 2 ** (attempts - 1));
}

/** All waiting pods. */
export function waitingPods({ waiting }: SchedulingMemory): readonly WaitingPod[] {
  return waiting.length === 0 ? [] : valuesFrom(waiting, '');
}

/** The assumed pod of a key. */
export function assumedPod({ assumed }: SchedulingMemory, key: string): AssumedPod | undefined {
  return valueOf(assumed, key);
}

/** All assumed pods. */
export function assumedPods({ assumed }: SchedulingMemory): readonly AssumedPod[] {
  return assumed.length === 0 ? [] : valuesFrom(assumed, '');
}

/** The memory without a pod; the very same if it holds nothing of it. */
export function withoutPod(memory: SchedulingMemory, key: string): SchedulingMemory {
  const [waiting, assumed] = [withoutKey(memory.waiting, key), withoutKey(memory.assumed, key)];
  return waiting === memory.waiting && assumed === memory.assumed ? memory : { ...memory, waiting, assumed };
}

/** The memory with a pod that waits after one more failed try. */
export function withWaiting(memory: SchedulingMemory, pod: Omit<WaitingPod, 'attempts' | 'turn'>): SchedulingMemory {
  const before = waitingPod(memory, pod.key);
  const attempts = before?.uid === pod.uid ? before.attempts + 1 : 1;
  const turn = memory.failures + 1;
  return { ...withoutPod(memory, pod.key), failures: turn, waiting: withValue(memory.waiting, pod.key, { ...pod, attempts, turn }) };
}

/** The memory with a pod that is as good as bound. */
export function withAssumed(memory: SchedulingMemory, pod: AssumedPod): SchedulingMemory {
  return { ...withoutPod(memory, pod.key), assumed: withValue(memory.assumed, pod.key, pod) };
}
