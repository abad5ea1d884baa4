import type { Condition, ContainerObject, PodObject } from '../api/cluster-kinds.ts';
import type { JsonObject } from '../patch/json.ts';

/** What a container is doing, as the kubelet reports it. */
export interface ContainerStatus extends JsonObject {
  readonly name: string;
  readonly image: string;
  readonly ready: boolean;
  readonly started: boolean;
  readonly restartCount: number;
  readonly state: JsonObject;
  readonly lastState: JsonObject;
}

/** All that the kubelet decides about a pod's status; the rest of it is left as it is. */
export interface Report {
  readonly containers: readonly ContainerStatus[];
  readonly initContainers: readonly ContainerStatus[];
  readonly hasSandbox: boolean;
  readonly podIp?: string;
  /** The node's address. */
  readonly hostIp?: string;
  /** The pod is being ended: what has stopped does not start again. */
  readonly isEnding?: boolean;
}

/** The statuses of a pod's containers as they were reported, one for each container of the spec; those never reported wait. */
export function reportedContainers(pod: PodObject, isInit: boolean): readonly ContainerStatus[] {
  const containers = (isInit ? pod.spec.initContainers : pod.spec.containers) ?? [];
  const statuses = (isInit ? pod.status?.initContainerStatuses : pod.status?.containerStatuses) as readonly ContainerStatus[] | undefined;
  const hasInit = (pod.spec.initContainers ?? []).length > 0;
  return containers.map(
    (container) => statuses?.find(({ name }) => name === container.name) ?? waiting(container, { reason: hasInit ? 'PodInitializing' : 'ContainerCreating' }),
  );
}

/** A container that waits. */
export function waiting(
  { name, image = '' }: ContainerObject,
  why: { readonly reason: string; readonly message?: string },
  before?: ContainerStatus,
): ContainerStatus {
  return { name, image, ready: false, started: false, restartCount: before?.restartCount ?? 0, state: { waiting: why }, lastState: before?.lastState ?? {} };
}

/** A container that runs. Without probes (not modelled) it is ready at once. */
export function running({ name, image = '' }: ContainerObject, at: string, before?: ContainerStatus): ContainerStatus {
  return {
    name,
    image,
    ready: true,
    started: true,
    restartCount: before?.restartCount ?? 0,
    state: { running: { startedAt: at } },
    lastState: before?.lastState ?? {},
  };
}

/** A container that has ended; an init container that ended well counts as ready. */
export function terminated(before: ContainerStatus, at: string, exitCode: number): ContainerStatus {
  const { startedAt } = (before.state.running ?? {}) as { readonly startedAt?: string };
  const reason = exitCode === 0 ? 'Completed' : 'Error';
  return { ...before, ready: false, started: false, state: { terminated: { exitCode, reason, startedAt: startedAt ?? at, finishedAt: at } } };
}

export const isRunning = ({ state }: ContainerStatus): boolean => state.running !== undefined;
const exitCodeOf = ({ state }: ContainerStatus): number | undefined => (state.terminated as { readonly exitCode: number } | undefined)?.exitCode;
/** Whether an init container needs no more waiting for: it ended well, or it is a sidecar that runs. */
export const isDone = (status: ContainerStatus, { restartPolicy }: ContainerObject): boolean =>
  restartPolicy === 'Always' ? isRunning(status) : exitCodeOf(status) === 0;

/** Whether a pod is Ready, as its status says. */
export function isPodReady({ status }: PodObject): boolean {
  return conditionOf(status?.conditions, 'Ready')?.status === 'True';
}

export function conditionOf(conditions: readonly Condition[] | undefined, type: string): Condition | undefined {
  return conditions?.find((condition) => condition.type === type);
}

/** Conditions with one set; its transition time changes only with its status. */
export function withCondition(conditions: readonly Condition[], condition: Condition, at: string): readonly Condition[] {
  const old = conditionOf(conditions, condition.type);
  const lastTransitionTime = old?.status === condition.status ? (old.lastTransitionTime ?? at) : at;
  const next = { ...condition, lastTransitionTime };
  return old === undefined ? [...conditions, next] : conditions.map((each) => (each === old ? next : each));
}

/**
 * A pod's status after the kubelet looked. Models pkg/kubelet/kubelet_pods.go getPhase and generateAPIPodStatus, pkg/kubelet/status/generate.go. Not
 * modelled: probes, readiness gates, ids of containers and images, `observedGeneration`.
 */
export function podStatus(pod: PodObject, report: Report, at: string): PodObject['status'] & JsonObject {
  const { containers, initContainers, hasSandbox, podIp, hostIp } = report;
  const phase = phaseOf(pod, report);
  const ended = phase === 'Succeeded' ? 'PodCompleted' : phase === 'Failed' ? 'PodFailed' : undefined;
  const unready = containers.filter(({ ready }) => !ready).map(({ name }) => name);
  const incomplete = (pod.spec.initContainers ?? []).filter((container, index) => !isDoneAt(initContainers, index, container)).map(({ name }) => name);
  const yes = (type: string, reason?: string): Condition => ({ type, status: 'True', ...(reason !== undefined && { reason }) });
  const no = (type: string, reason: string, message?: string): Condition => ({ type, status: 'False', reason, ...(message !== undefined && { message }) });
  const readiness = (type: string): Condition => {
    if (ended !== undefined) return no(type, ended);
    return unready.length === 0 ? yes(type) : no(type, 'ContainersNotReady', `containers with unready status: [${unready.join(' ')}]`);
  };
  const initialized =
    incomplete.length === 0 || ended !== undefined
      ? yes('Initialized', ended === 'PodCompleted' ? ended : undefined)
      : no('Initialized', 'ContainersNotInitialized', `containers with incomplete status: [${incomplete.join(' ')}]`);
  const wanted = [
    hasSandbox ? yes('PodReadyToStartContainers') : ({ type: 'PodReadyToStartContainers', status: 'False' } as const),
    initialized,
    readiness('Ready'),
    readiness('ContainersReady'),
  ];
  return {
    ...pod.status,
    phase,
    conditions: wanted.reduce((conditions, condition) => withCondition(conditions, condition, at), pod.status?.conditions ?? []),
    ...(hostIp !== undefined && { hostIP: hostIp, hostIPs: [{ ip: hostIp }] }),
    ...(podIp !== undefined && { podIP: podIp, podIPs: [{ ip: podIp }] }),
    startTime: pod.status?.startTime ?? at,
    ...(initContainers.length > 0 && { initContainerStatuses: initContainers }),
    // Sorted by name, as kubeletutil SortContainerStatuses does.
    containerStatuses: containers.toSorted((one, other) => (one.name < other.name ? -1 : 1)),
  };
}

const isDoneAt = (statuses: readonly ContainerStatus[], index: number, container: ContainerObject): boolean => {
  const status = statuses[index];
  return status !== undefined && isDone(status, container);
};

function phaseOf({ spec, status }: PodObject, { containers, isEnding = false }: Report): NonNullable<PodObject['status']>['phase'] & string {
  const exits = containers.map(exitCodeOf);
  const canRestart = !isEnding && spec.restartPolicy !== 'Never' && (spec.restartPolicy !== 'OnFailure' || exits.some((code) => code !== 0));
  if (exits.every((code) => code !== undefined) && !canRestart) return exits.every((code) => code === 0) ? 'Succeeded' : 'Failed';
  if (status?.phase === 'Running' || (containers.length > 0 && containers.every((container) => isRunning(container) || exitCodeOf(container) !== undefined))) {
    return 'Running';
  }
  return 'Pending';
}
