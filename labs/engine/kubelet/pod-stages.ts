import type { PodObject } from '../api/cluster-kinds.ts';
import type { PlannedStep } from '../loop/controller.ts';
import type { Looked, Looking } from './looking.ts';
import { endPod } from './pod-end.ts';
import { mountProblem } from './pod-mounts.ts';
import { startContainers } from './pod-start.ts';
import { conditionOf, isRunning, reportedContainers } from './pod-status.ts';

/** A stage in the life of a pod on its node. */
export interface PodStage {
  readonly name: string;
  /** What it does, for the log: `starts the containers of pod`. */
  readonly text: string;
  readonly applies: (looking: Looking) => boolean;
  readonly look: (looking: Looking) => Looked;
}

/** From the pod's arrival to its sandbox, and from there to its containers: 0.8 s and 0.4 s in the recordings of v1.36. */
const sandboxMs = 700;
const startMs = 300;
/** A mount that fails is tried again after 0.5 s, then twice as long each time, at most 2 min 2 s. Models pkg/util/goroutinemap/exponentialbackoff. */
const mountFirstMs = 500;
const mountMaxMs = 122_000;
/** A pod that could not be worked on is looked at again after 10 s and more. */
const retryMs = 10_000;

const hasStarted = ({ pod }: Looking): boolean => pod.status?.startTime !== undefined;
const hasSandbox = ({ pod }: Looking): boolean => conditionOf(pod.status?.conditions, 'PodReadyToStartContainers')?.status === 'True';

/**
 * The life of a pod on a node, as a table: the first stage that applies is taken. Models pkg/kubelet/kubelet.go SyncPod. Not modelled: probes, containers
 * that end or crash by themselves, ephemeral containers, evictions under pressure, static pods.
 */
export const podStages: readonly PodStage[] = [
  { name: 'ended', text: 'leaves', applies: ({ pod }) => isOver(pod), look: () => ({ isReportLeft: true }) },
  { name: 'end', text: 'ends', applies: ({ pod }) => pod.metadata.deletionTimestamp !== undefined, look: endPod },
  {
    name: 'accept',
    text: 'accepts',
    applies: (looking) => !hasStarted(looking),
    look: (looking) => {
      const mounted = mounts(looking);
      return { ...(mounted ?? { requeueAfterMs: sandboxMs }), hasSandbox: false };
    },
  },
  {
    name: 'volumes',
    text: 'waits for the volumes of',
    applies: (looking) => !hasSandbox(looking) && mounts(looking) !== undefined,
    look: (looking) => mounts(looking) ?? {},
  },
  { name: 'sandbox', text: 'makes the sandbox of', applies: (looking) => !hasSandbox(looking), look: () => ({ hasSandbox: true, requeueAfterMs: startMs }) },
  { name: 'start', text: 'starts the containers of', applies: ({ pod }) => !reportedContainers(pod, false).every(isRunning), look: startContainers },
  { name: 'run', text: 'reports the containers of', applies: () => true, look: () => ({}) },
];

function isOver({ status, metadata: { deletionTimestamp } }: PodObject): boolean {
  return (status?.phase === 'Succeeded' || status?.phase === 'Failed') && deletionTimestamp === undefined;
}

/** What the volumes of a pod make of the look; undefined: they are there. */
function mounts({ view, pod, key, memory }: Looking): Looked | undefined {
  const problem = mountProblem(view, pod);
  if (problem === undefined) return undefined;
  const { uid } = pod.metadata;
  const failed = (message: string): readonly PlannedStep[] => [{ about: pod, type: 'Warning', reason: 'FailedMount', message }];
  if (problem.kind === 'attachment') return { pod: { uid, waitsForAttachment: true } };
  if (problem.kind === 'claim') return { steps: failed(problem.message), requeueAfterMs: retryMs };
  const { failures = 0, nextMs = 0 } = memory.pods[key]?.mounts ?? {};
  if (view.nowMs < nextMs) return { pod: { uid, mounts: { failures, nextMs } }, requeueAfterMs: nextMs - view.nowMs };
  const waitMs = Math.min(mountMaxMs, mountFirstMs * 2 ** failures);
  return { steps: failed(problem.message), pod: { uid, mounts: { failures: failures + 1, nextMs: view.nowMs + waitMs } }, requeueAfterMs: waitMs };
}
