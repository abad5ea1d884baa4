import type { ContainerObject, PodObject } from '../api/cluster-kinds.ts';
import type { PlannedStep } from '../loop/controller.ts';
import { isList, isObject, type Json } from '../patch/json.ts';
import { isRunning, reportedContainers, terminated } from './pod-status.ts';
import type { Looked, Looking } from './looking.ts';

/** A process that listens to SIGTERM ends within this; so long the kubelet takes to clean up afterwards. As recorded with v1.36. */
const listenMs = 1000;
const cleanUpMs = 700;

/**
 * Ends a pod that was deleted: its containers are told to stop (preStop first), those that do not listen are killed when the grace period is over, the
 * end is reported, and the pod is deleted for good. Models pkg/kubelet/pod_workers.go SyncTerminatingPod and pkg/kubelet/status/status_manager.go.
 */
export function endPod(looking: Looking): Looked {
  const { pod, key, view, at, memory } = looking;
  const containers = reportedContainers(pod, false);
  const initContainers = reportedContainers(pod, true);
  const names = [...containers, ...initContainers].filter(isRunning).map(({ name }) => name);
  const last: PlannedStep = {
    write: {
      verb: 'delete',
      key: { apiVersion: 'v1', kind: 'Pod', namespace: pod.metadata.namespace ?? 'default', name: pod.metadata.name },
      gracePeriodSeconds: 0,
    },
    text: `deletes pod ${key} for good`,
    because: 'its containers have ended',
  };
  if (names.length === 0) return { containers, initContainers, steps: [last], isReportLeft: true };
  const known = memory.pods[key] ?? { uid: pod.metadata.uid };
  const stop = known.stop ?? stopOf(pod, view.nowMs);
  const graceEndMs = stop.deletedAtMs + (pod.metadata.deletionGracePeriodSeconds ?? 0) * 1000;
  const dueMs = Math.min(stop.atMs, Math.max(graceEndMs, view.nowMs));
  if (view.nowMs < dueMs) {
    const steps = known.stop === undefined ? names.map((name) => killing(pod, name)) : [];
    return { containers, initContainers, steps, pod: { ...known, stop }, isReportLeft: true, requeueAfterMs: dueMs - view.nowMs };
  }
  const exitCode = dueMs < stop.atMs || stop.isKilled ? 137 : 0;
  const ended = (statuses: typeof containers): typeof containers => statuses.map((status) => (isRunning(status) ? terminated(status, at, exitCode) : status));
  const steps = known.stop === undefined ? names.map((name) => killing(pod, name)) : [];
  return { containers: ended(containers), initContainers: ended(initContainers), steps, hasSandbox: false, isEnding: true, requeueAfterMs: cleanUpMs };
}

function killing(about: PodObject, name: string): PlannedStep {
  return { about, type: 'Normal', reason: 'Killing', message: `Stopping container ${name}`, fieldPath: `spec.containers{${name}}` };
}

function stopOf({ spec: { containers }, metadata: { deletionGracePeriodSeconds = 30 } }: PodObject, nowMs: number) {
  const isKilled = containers.some((container) => ignoresTerm(container));
  const preStopMs = Math.max(0, ...containers.map((container) => preStopSeconds(container) * 1000));
  // A grace period of 0 ends the pod in the store; the least that comes here is 1 s.
  const atMs = nowMs + (isKilled ? Math.max(deletionGracePeriodSeconds, 2) * 1000 : preStopMs + listenMs);
  return { atMs, deletedAtMs: nowMs, isKilled };
}

/**
 * Whether a container's first process never hears SIGTERM: Linux delivers it to process 1 only if that has a handler, and neither `sleep` nor a shell
 * that set no trap has one. What an image starts by itself is taken to have one.
 */
function ignoresTerm({ command }: ContainerObject): boolean {
  const words = texts(command);
  const program = (words[0] ?? '').split('/').at(-1) ?? '';
  if (program === 'sleep' || program === 'tail') return true;
  if (!['sh', 'bash', 'ash', 'dash'].includes(program)) return false;
  const script = words.at(-1) ?? '';
  return !/\btrap\s+(?!(''|"")\s)|\bexec\s/u.test(script);
}

function preStopSeconds({ lifecycle }: ContainerObject): number {
  const preStop = isObject(lifecycle) ? lifecycle.preStop : undefined;
  if (!isObject(preStop)) return 0;
  if (isObject(preStop.sleep)) return Number(preStop.sleep.seconds ?? 0);
  const command = texts(isObject(preStop.exec) ? preStop.exec.command : undefined);
  const found = /\bsleep\s+(\d+)\b/u.exec(command.join(' '));
  return found === null ? 0 : Number(found[1]);
}

const texts = (value: Json | undefined): readonly string[] => (isList(value) ? value.filter((each) => typeof each === 'string') : []);
