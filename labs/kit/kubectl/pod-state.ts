import type { JsonObject } from '../../engine/patch/json.ts';
import { fieldAt, numberAt, objectsAt, textAt, trueAt } from './field-at.ts';
import { momentAt } from './moment.ts';

/** What `kubectl get pods` says of a pod. */
export interface PodState {
  /** The STATUS column: `Running`, `Init:1/2`, `CrashLoopBackOff`. */
  readonly status: string;
  readonly readyContainers: number;
  /** With sidecars. */
  readonly containers: number;
  readonly restarts: number;
  /** When a container last ended and was restarted, in milliseconds since 1970; absent: none was, or nobody knows. */
  readonly lastRestartMs?: number;
}

/** Containers that count, and what they say together. */
interface Seen {
  status: string;
  ready: number;
  restarts: number;
  lastRestartMs: number;
}

const isSidecar = (container: JsonObject | undefined): boolean => textAt(container, 'restartPolicy') === 'Always';
const hasTrue = (pod: JsonObject, wanted: string): boolean =>
  textAt(
    objectsAt(pod, 'status.conditions').find(({ type }) => type === wanted),
    'status',
  ) === 'True';

function countRestarts(seen: Seen, container: JsonObject): void {
  seen.restarts += numberAt(container, 'restartCount');
  seen.lastRestartMs = Math.max(seen.lastRestartMs, momentAt(container, 'lastState.terminated.finishedAt') ?? -Infinity);
}

/** Why a container ended, in a word: its reason, else the signal or the exit code. */
function endOf(container: JsonObject): string {
  const ended = fieldAt(container, 'state.terminated');
  const signal = numberAt(ended, 'signal');
  return textAt(ended, 'reason') || (signal === 0 ? `ExitCode:${numberAt(ended, 'exitCode')}` : `Signal:${signal}`);
}

/** What an init container that is not done says of the pod; undefined if it is done, or a sidecar that has started. */
function initStatus(
  container: JsonObject,
  { sidecar, index, of }: { readonly sidecar: boolean; readonly index: number; readonly of: number },
): string | undefined {
  const ended = fieldAt(container, 'state.terminated');
  if (ended !== undefined && numberAt(ended, 'exitCode') === 0) return undefined;
  if (sidecar && trueAt(container, 'started')) return undefined;
  if (ended !== undefined) return `Init:${endOf(container)}`;
  const waiting = textAt(container, 'state.waiting.reason');
  return waiting === '' || waiting === 'PodInitializing' ? `Init:${index}/${of}` : `Init:${waiting}`;
}

/** Looks at the init containers up to the first that is not done; the second value counts sidecars alone. */
function seeInitContainers(pod: JsonObject, seen: Seen, sidecars: Seen): boolean {
  const specs = objectsAt(pod, 'spec.initContainers');
  for (const [index, container] of objectsAt(pod, 'status.initContainerStatuses').entries()) {
    const sidecar = isSidecar(specs.find(({ name }) => name === container.name));
    countRestarts(seen, container);
    if (sidecar) countRestarts(sidecars, container);
    const status = initStatus(container, { sidecar, index, of: specs.length });
    if (status !== undefined) {
      seen.status = status;
      return true;
    }
    // One that has ended well is done, and no longer ready.
    const isDone = fieldAt(container, 'state.terminated.exitCode') === 0;
    if (sidecar && !isDone && trueAt(container, 'ready')) seen.ready += 1;
  }
  return false;
}

/** Looks at the containers, the last first: the first one that waits or has ended gives the word. */
function seeContainers(pod: JsonObject, seen: Seen): void {
  let running = false;
  for (const container of objectsAt(pod, 'status.containerStatuses').toReversed()) {
    countRestarts(seen, container);
    const waiting = textAt(container, 'state.waiting.reason');
    if (waiting !== '') seen.status = waiting;
    else if (fieldAt(container, 'state.terminated') !== undefined) seen.status = endOf(container);
    else if (trueAt(container, 'ready') && fieldAt(container, 'state.running') !== undefined) {
      running = true;
      seen.ready += 1;
    }
  }
  if (seen.status === 'Completed' && running) seen.status = hasTrue(pod, 'Ready') ? 'Running' : 'NotReady';
}

/** What kubectl shows for a pod. Models pkg/printers/internalversion/printers.go, printPod (v1.36). */
export function podState(pod: JsonObject): PodState {
  const phase = textAt(pod, 'status.phase');
  const reason = textAt(pod, 'status.reason');
  const isGated = objectsAt(pod, 'status.conditions').some((each) => each.type === 'PodScheduled' && each.reason === 'SchedulingGated');
  const seen: Seen = { status: isGated ? 'SchedulingGated' : reason || phase, ready: 0, restarts: 0, lastRestartMs: -Infinity };
  const sidecars: Seen = { ...seen };
  const initializing = seeInitContainers(pod, seen, sidecars);
  if (!initializing || hasTrue(pod, 'Initialized')) {
    seen.restarts = sidecars.restarts;
    seen.lastRestartMs = sidecars.lastRestartMs;
    seeContainers(pod, seen);
  }
  if (fieldAt(pod, 'metadata.deletionTimestamp') !== undefined) {
    if (reason === 'NodeLost') seen.status = 'Unknown';
    else if (phase !== 'Succeeded' && phase !== 'Failed') seen.status = 'Terminating';
  }
  const containers = objectsAt(pod, 'spec.containers').length + objectsAt(pod, 'spec.initContainers').filter((each) => isSidecar(each)).length;
  const { status, ready: readyContainers, restarts, lastRestartMs } = seen;
  return { status, readyContainers, containers, restarts, ...(restarts > 0 && Number.isFinite(lastRestartMs) && { lastRestartMs }) };
}
