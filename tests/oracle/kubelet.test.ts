import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { kubelet } from '../../labs/engine/kubelet/kubelet.ts';
import { createCluster, type Cluster } from '../../labs/engine/loop/cluster.ts';
import type { Json, JsonObject } from '../../labs/engine/patch/json.ts';
import { getObject, listObjects } from '../../labs/engine/store/store.ts';
import type { StoredObject } from '../../labs/engine/store/stored-object.ts';

/** Lives of pods on a real node (recorded/README.md): the states they reported, in order, and the kubelet's Events. Times are not compared. */

interface RecordedContainer {
  readonly name: string;
  readonly ready: boolean;
  readonly started: boolean;
  readonly restartCount: number;
  readonly state: JsonObject;
}

interface Recorded {
  readonly id: string;
  readonly title: string;
  readonly pod: { readonly metadata: JsonObject; readonly spec: JsonObject & { readonly terminationGracePeriodSeconds: number } };
  readonly pre: readonly JsonObject[];
  readonly trace: readonly {
    readonly t: number;
    readonly action?: 'delete' | { readonly create: Json };
    readonly phase?: string;
    readonly conditions?: Readonly<Record<string, string>>;
    readonly init?: readonly RecordedContainer[];
    readonly containers?: readonly RecordedContainer[];
  }[];
  readonly events: readonly {
    readonly type: string;
    readonly reason: string;
    readonly message: string;
    readonly fieldPath: string | null;
    readonly source: string;
  }[];
}

const { scenarios } = JSON.parse(readFileSync(new URL('recorded/workloads/kubelet.json', import.meta.url), 'utf8')) as {
  readonly scenarios: readonly Recorded[];
};
const engine = createCluster({ controllers: [kubelet] });
const podKey = { apiVersion: 'v1', kind: 'Pod', namespace: 'default', name: 'p' };

/** What a state is compared by: times, and what a process said at its end, are left out. */
function stateOf(phase: string, conditions: Readonly<Record<string, string>>, statuses: readonly (readonly RecordedContainer[])[]): string {
  const containers = statuses.flat().map(({ name, ready, started, restartCount, state }) => {
    const [[kind, detail] = ['', {}]] = Object.entries(state);
    const { reason = '', message = '', exitCode = '' } = detail as Readonly<Record<string, string>>;
    return { name, ready, started, restartCount, kind, reason, message: message.replaceAll('<ns>', 'default'), exitCode };
  });
  return JSON.stringify({
    phase,
    conditions: Object.entries(conditions).toSorted(),
    containers: containers.toSorted((one, other) => (one.name < other.name ? -1 : 1)),
  });
}

function reportedState({ status }: StoredObject): string {
  const { phase = 'Pending', conditions = [], containerStatuses = [], initContainerStatuses = [] } = (status ?? {}) as Readonly<Record<string, never>>;
  const words = (conditions as readonly { readonly type: string; readonly status: string; readonly reason?: string }[]).map(
    ({ type, status: held, reason }) => [type, reason === undefined ? held : `${held}:${reason}`] as const,
  );
  return stateOf(phase, { ...Object.fromEntries(words), PodScheduled: 'True' }, [initContainerStatuses, containerStatuses]);
}

function distinct(states: readonly string[]): readonly string[] {
  return states.filter((state, index) => state !== states[index - 1]);
}

/** What the registry of the recording answered, from its own Event. */
function registryWords({ events, pod }: Recorded): Readonly<Record<string, Json>> {
  const { containers } = pod.spec as { readonly containers?: readonly { readonly image: string }[] };
  const answer = events.map(({ message }) => /failed to resolve image: (.*)$/su.exec(message)?.[1]).find((words) => words !== undefined);
  return answer === undefined ? {} : { [`image/${containers?.[0]?.image ?? ''}`]: answer };
}

function played(recorded: Recorded): { readonly states: readonly string[]; readonly events: readonly string[] } {
  let cluster: Cluster = engine.start({ seed: 'kubelet', world: registryWords(recorded) });
  const create = (object: Json): void => {
    ({ cluster } = engine.request(cluster, { verb: 'create', object }, { text: 'create' }));
  };
  const images = ['busybox:1.36', 'nginx:1.27'].map((name) => ({ names: [name] }));
  create({ apiVersion: 'v1', kind: 'Node', metadata: { name: 'worker-1' }, spec: { podCIDR: '10.244.0.0/24' }, status: { images } });
  recorded.pre.forEach(create);
  create({ ...recorded.pod, spec: { ...recorded.pod.spec, nodeName: 'worker-1' } });
  const states: string[] = [];
  const until = (untilMs: number): void => {
    for (let dueMs = engine.nextAtMs(cluster); dueMs !== undefined && dueMs <= untilMs; dueMs = engine.nextAtMs(cluster)) {
      cluster = engine.step(cluster);
      const pod = getObject(cluster.store, podKey);
      if ((pod?.status as JsonObject | undefined)?.startTime !== undefined && pod !== undefined) states.push(reportedState(pod));
    }
    ({ cluster } = engine.run(cluster, { untilMs, stepsMax: 0 }));
  };
  for (const { t, action } of recorded.trace) {
    if (action === undefined) continue;
    until(t * 1000);
    const gracePeriodSeconds = recorded.pod.spec.terminationGracePeriodSeconds;
    if (action === 'delete') ({ cluster } = engine.request(cluster, { verb: 'delete', key: podKey, gracePeriodSeconds }, { text: 'delete' }));
    else create(action.create);
  }
  // The longest of these recordings saw the kubelet come round after 65 s; looks that fail repeat until then.
  until(Math.max(...recorded.trace.map(({ t }) => t * 1000)) + 16_000);
  const events = listObjects(cluster.store, { apiVersion: 'v1', kind: 'Event' }).filter(({ involvedObject }) => (involvedObject as JsonObject).kind === 'Pod');
  return {
    states: distinct(states),
    events: events.map(({ type, reason, message, involvedObject }) => eventOf(type, reason, message, (involvedObject as JsonObject).fieldPath)),
  };
}

/** Sizes and times of pulls mean nothing: the recording's images were stand-ins. */
function eventOf(...[type, reason, message, fieldPath]: readonly (Json | undefined)[]): string {
  const words = (message as string).replaceAll('<ns>', 'default').replaceAll(/in \d+ms \(\d+ms including waiting\)\. Image size: \d+ bytes/gu, 'in …');
  return [type as string, reason as string, (fieldPath ?? '') as string, words].join(' ');
}

describe('the kubelet reports what the real one reported', () => {
  test.each(scenarios)('$title', (recorded) => {
    const { states, events } = played(recorded);
    const wanted = recorded.trace
      .filter(({ phase, conditions }) => phase !== undefined && Object.keys(conditions ?? {}).length > 1)
      .map(({ phase = '', conditions = {}, init = [], containers = [] }) => stateOf(phase, conditions, [init, containers]));
    const seen = distinct(wanted);
    // What is tried again and again may be seen once more than the recorder waited for.
    expect(states.slice(0, seen.length)).toEqual(seen);
    const wantedEvents = recorded.events
      .filter(({ source }) => source === 'kubelet')
      .map(({ type, reason, message, fieldPath }) => eventOf(type, reason, message, fieldPath));
    expect(new Set(events)).toEqual(new Set(wantedEvents));
  });
});
