import type { ContainerObject } from '../api/cluster-kinds.ts';
import { keyHash } from '../key-hash.ts';
import type { PlannedStep } from '../loop/controller.ts';
import type { PodMemory, StartFailure } from './kubelet-memory.ts';
import { configError } from './pod-config.ts';
import { durationText, imageBytes, imageReference, pullError, pullMs, pullPolicy } from './pod-images.ts';
import type { Looked, Looking } from './looking.ts';
import { isDone, isRunning, reportedContainers, running, terminated, waiting, type ContainerStatus } from './pod-status.ts';

/** An image is asked for again after 10 s, then 20 s and so on, at most 5 min. Models pkg/kubelet/kubelet.go imageBackOff. */
const backOffFirstMs = 10_000;
const backOffMaxMs = 300_000;
/** After a failure the kubelet looks again at once, because the pod's sandbox is news, then every 10 to 15 s. Models pkg/kubelet/pod_workers.go completeWork. */
const firstLookMs = 300;
/** So long an init container runs: what it does is not known. */
const initMs = 1000;

/** What was tried with one container. */
interface Trial {
  readonly status: ContainerStatus;
  readonly steps: readonly PlannedStep[];
  readonly memory: PodMemory;
  readonly images: Readonly<Record<string, number>>;
  /** When to go on with it: an image is on its way, or an init container runs. */
  readonly afterMs?: number;
}

/**
 * One look at the containers of a pod that has its sandbox: init containers one after the other, then all others. What failed at the last look is
 * reported at this one, as the real kubelet does, and tried again. Models pkg/kubelet/kuberuntime SyncPod and pkg/kubelet/images/image_manager.go.
 */
export function startContainers(looking: Looking): Looked {
  const { pod, key } = looking;
  let memory: PodMemory = looking.memory.pods[key] ?? { uid: pod.metadata.uid };
  let { images } = looking.memory;
  let afterMs: number | undefined;
  const steps: PlannedStep[] = [];
  const tryAll = (isInit: boolean): readonly ContainerStatus[] => {
    const containers = (isInit ? pod.spec.initContainers : pod.spec.containers) ?? [];
    return reportedContainers(pod, isInit).map((status, index) => {
      const container = containers[index];
      if (container === undefined) return status;
      if (isInit ? isDone(status, container) : isRunning(status)) return status;
      // A pull or an init container that runs holds up all that come after it.
      if (afterMs !== undefined) return reported(container, status, memory);
      const trial = tried(looking, { container, isInit, status, memory, images });
      ({ memory, images, afterMs } = { afterMs: undefined, ...trial });
      steps.push(...trial.steps);
      if (isInit && !isDone(trial.status, container)) afterMs ??= nextLookMs(looking, memory, looking.memory.pods[key]);
      return trial.status;
    });
  };
  const initContainers = tryAll(true);
  const containers = tryAll(false);
  const failures = Object.keys(memory.failures ?? {}).length > 0;
  const isWaiting = failures || memory.pull !== undefined;
  const words = failures ? { text: 'reports what holds up', tone: 'bad' as const } : {};
  afterMs ??= failures ? nextLookMs(looking, memory, looking.memory.pods[key]) : undefined;
  return { ...words, containers, initContainers, steps, images, ...(isWaiting && { pod: memory }), ...(afterMs !== undefined && { requeueAfterMs: afterMs }) };
}

function nextLookMs({ key, view }: Looking, memory: PodMemory, before: PodMemory | undefined): number {
  const isFirst = Object.keys(before?.failures ?? {}).length === 0 && Object.keys(memory.failures ?? {}).length > 0;
  return isFirst ? firstLookMs : 10_000 + (keyHash(`${view.store.seed}/${key}/${view.nowMs}`) % 5000);
}

interface Trying {
  readonly container: ContainerObject;
  readonly isInit: boolean;
  readonly status: ContainerStatus;
  readonly memory: PodMemory;
  readonly images: Readonly<Record<string, number>>;
}

function tried(looking: Looking, trying: Trying): Trial {
  const { container, isInit, status, memory, images } = trying;
  const { view, at } = looking;
  if (isInit && isRunning(status)) return { status: { ...terminated(status, at, 0), ready: true }, steps: [], memory, images, afterMs: firstLookMs };
  const fetched = withImage(looking, trying);
  if (!fetched.isThere) return fetched;
  const error = configError(view.store, looking.pod, container);
  if (error !== undefined) {
    const failed = failure(trying, { reason: 'CreateContainerConfigError', message: error, backOffMs: 0, untilMs: 0 });
    const told = event(looking, trying, 'Warning', 'Failed', `Error: ${error}`);
    return { status: reported(container, status, memory), steps: [...fetched.steps, told], memory: failed, images: fetched.images };
  }
  const steps = [
    ...fetched.steps,
    event(looking, trying, 'Normal', 'Created', 'Container created'),
    event(looking, trying, 'Normal', 'Started', 'Container started'),
  ];
  const started = running(container, at, status);
  const ends = isInit && container.restartPolicy !== 'Always';
  return {
    status: ends ? { ...started, ready: false } : started,
    steps,
    memory: withoutFailure(fetched.memory, container),
    images: fetched.images,
    ...(ends && { afterMs: initMs }),
  };
}

/** The image of a container: there, on its way, or not to be had. */
function withImage(looking: Looking, trying: Trying): Trial & { readonly isThere: boolean } {
  const { container, status, memory, images } = trying;
  const { image = '' } = container;
  const { nowMs, world } = looking.view;
  const reference = imageReference(image);
  const readyMs = images[reference] ?? looking.imagesOnNode(reference);
  const isPresent = readyMs !== undefined && readyMs <= nowMs;
  const policy = pullPolicy(container);
  const there = (message: string, left: PodMemory): Trial & { readonly isThere: boolean } => ({
    ...{ isThere: true, status, memory: left, images },
    steps: [event(looking, trying, 'Normal', 'Pulled', message)],
  });
  const { pull, ...rest } = memory;
  if (pull?.container === container.name && pull.untilMs <= nowMs) {
    const times = `in ${durationText(pull.tookMs)} (${durationText(pull.waitedMs)} including waiting)`;
    return there(`Successfully pulled image "${image}" ${times}. Image size: ${imageBytes(image)} bytes.`, rest);
  }
  if (policy !== 'Always' && isPresent) return there(`Container image "${image}" already present on machine and can be accessed by the pod`, memory);
  if (policy === 'Never') {
    const message = `Container image "${image}" is not present with pull policy of Never`;
    const failed = failure(trying, { reason: 'ErrImageNeverPull', message, backOffMs: 0, untilMs: 0 });
    const steps = [event(looking, trying, 'Warning', 'ErrImageNeverPull', message), event(looking, trying, 'Warning', 'Failed', 'Error: ErrImageNeverPull')];
    return { isThere: false, status: reported(container, status, memory), steps, memory: failed, images };
  }
  const error = pullError(image, world[`image/${image}`] ?? world[`image/${reference}`]);
  if (error !== undefined) return { isThere: false, images, ...refused(looking, trying, error) };
  // One image at a time comes to a node (serializeImagePulls).
  const freeMs = Math.max(nowMs, ...Object.values(images));
  const tookMs = pullMs(image, readyMs !== undefined);
  const untilMs = freeMs + tookMs;
  const left: PodMemory = { ...memory, pull: { container: container.name, untilMs, tookMs, waitedMs: untilMs - nowMs } };
  const steps = [event(looking, trying, 'Normal', 'Pulling', `Pulling image "${image}"`)];
  return {
    isThere: false,
    status: reported(container, status, memory),
    steps,
    memory: left,
    images: { ...images, [reference]: untilMs },
    afterMs: untilMs - nowMs,
  };
}

/** A pull that the registry refuses, or that is not tried because the last refusal is not long ago. */
function refused(looking: Looking, trying: Trying, error: string): Omit<Trial, 'images'> {
  const { container, status, memory } = trying;
  const { image = '' } = container;
  const { nowMs } = looking.view;
  const before = memory.failures?.[container.name];
  const { backOffMs = 0, untilMs = 0 } = before ?? {};
  const told = (type: 'Normal' | 'Warning', reason: string, message: string): PlannedStep => event(looking, trying, type, reason, message);
  if (nowMs < untilMs) {
    const message = `Back-off pulling image "${image}": ErrImagePull: ${error}`;
    const steps = [told('Normal', 'BackOff', `Back-off pulling image "${image}"`), told('Warning', 'Failed', 'Error: ImagePullBackOff')];
    return { status: reported(container, status, memory), steps, memory: failure(trying, { reason: 'ImagePullBackOff', message, backOffMs, untilMs }) };
  }
  const nextMs = backOffMs === 0 ? backOffFirstMs : Math.min(backOffMaxMs, backOffMs * 2);
  const steps = [
    told('Normal', 'Pulling', `Pulling image "${image}"`),
    told('Warning', 'Failed', `Failed to pull image "${image}": ${error}`),
    told('Warning', 'Failed', 'Error: ErrImagePull'),
  ];
  const failed = failure(trying, { reason: 'ErrImagePull', message: error, backOffMs: nextMs, untilMs: nowMs + nextMs });
  return { status: reported(container, status, memory), steps, memory: failed };
}

function failure({ container, memory }: Trying, why: StartFailure): PodMemory {
  return { ...memory, failures: { ...memory.failures, [container.name]: why } };
}

function withoutFailure(memory: PodMemory, { name }: ContainerObject): PodMemory {
  if (memory.failures?.[name] === undefined) return memory;
  return { ...memory, failures: Object.fromEntries(Object.entries(memory.failures).filter(([held]) => held !== name)) };
}

/** A container that has not started, with what went wrong at the look before this one. */
function reported(container: ContainerObject, status: ContainerStatus, { failures }: PodMemory): ContainerStatus {
  const why = failures?.[container.name];
  return why === undefined ? status : waiting(container, { reason: why.reason, message: why.message }, status);
}

/** An Event about one container of a pod. */
function event({ pod }: Looking, { container, isInit }: Trying, type: 'Normal' | 'Warning', reason: string, message: string): PlannedStep {
  return { about: pod, type, reason, message, fieldPath: `spec.${isInit ? 'initContainers' : 'containers'}{${container.name}}` };
}
