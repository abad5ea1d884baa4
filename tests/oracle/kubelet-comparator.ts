import { kubelet } from '../../labs/engine/kubelet/kubelet.ts';
import { createCluster, type Cluster, type ClusterEngine } from '../../labs/engine/loop/cluster.ts';
import type { Json, JsonObject } from '../../labs/engine/patch/json.ts';
import { getObject, listObjects } from '../../labs/engine/store/store.ts';
import type { ObjectKey, StoredObject } from '../../labs/engine/store/stored-object.ts';
import type { ComparedCase, Comparator } from './comparator.ts';
import ignored from './ignored.json' with { type: 'json' };

interface RecordedContainer extends JsonObject {
  readonly name: string;
  readonly state: JsonObject;
  readonly lastState?: JsonObject;
}

interface RecordedEvent {
  readonly type: string;
  readonly reason: string;
  readonly message: string;
  readonly fieldPath: string | null;
  readonly source: string;
}

interface Look {
  readonly t: number;
  readonly action?: string | { readonly create: Json };
  readonly deleted?: true;
  readonly phase?: string;
  readonly reason?: string | null;
  readonly message?: string | null;
  readonly terminating?: boolean;
  readonly conditions?: Readonly<Record<string, string>>;
  readonly init?: readonly RecordedContainer[];
  readonly containers?: readonly RecordedContainer[];
}

interface RecordedLife {
  readonly id: string;
  readonly pod: { readonly metadata: JsonObject & { readonly name: string }; readonly spec: JsonObject & { readonly terminationGracePeriodSeconds: number } };
  readonly pre: readonly JsonObject[];
  readonly trace: readonly Look[];
  readonly events: readonly RecordedEvent[];
}

interface Recording {
  readonly scenarios: readonly RecordedLife[];
}

/** What a pod reported, and when. */
interface Report {
  readonly t: number;
  readonly state: unknown;
}

const isRecording = (content: unknown): content is Recording =>
  typeof content === 'object' &&
  content !== null &&
  'scenarios' in content &&
  Array.isArray(content.scenarios) &&
  (content.scenarios as readonly Partial<RecordedLife>[]).every(({ pod, trace }) => pod !== undefined && Array.isArray(trace));

/** Lives that wait for their model, with the reason. */
const livesWithoutModel: Readonly<Record<string, string>> = ignored.kubelet.cases;

/** `kubelet.json`: the states that pods on a real node reported, in order, and the kubelet's Events. */
export const kubeletComparator: Comparator = {
  shape: 'kubelet',
  recognises: isRecording,
  compare: (content) => (isRecording(content) ? content.scenarios.filter(({ id }) => livesWithoutModel[id] === undefined).map((life) => compared(life)) : []),
  // Seconds.
  softDistanceMax: 2,
};

function compared(life: RecordedLife): ComparedCase {
  // Before its first look at a pod the kubelet reports nothing: until then the pod has at most one condition.
  const looks = life.trace.filter(({ phase, conditions }) => phase !== undefined && Object.keys(conditions ?? {}).length > 1);
  const wanted = distinct(looks.map(({ t, ...look }) => ({ t, state: stateOf(look) })));
  const { reports, isDeleted, events } = played(life);
  const toldByKubelet = life.events.filter(({ source }) => source === 'kubelet');
  return {
    id: life.id,
    subject: 'kubelet',
    expected: {
      ...life,
      trace: wanted,
      deleted: life.trace.some(({ deleted }) => deleted === true),
      events: asSet(toldByKubelet.map((event) => eventWords(event))),
    },
    // What is tried again and again may be seen once more than the recorder waited for.
    got: { trace: reports.slice(0, wanted.length), deleted: isDeleted, events: asSet(events) },
  };
}

const asSet = (texts: readonly string[]): unknown => Object.fromEntries(texts.map((text) => [text.replaceAll('.', '·'), true]));
/** The recorder's namespace has a name of its own. */
const inDefault = (text: string): string => text.replaceAll('<ns>', 'default');

/** Each state once, with the time at which it came. Containers by name: init containers have names of their own. */
function stateOf({ phase, reason = null, message = null, terminating, conditions, init = [], containers = [] }: Partial<Look>): unknown {
  const all: readonly (readonly [string, unknown])[] = [...init, ...containers].map(({ name, ready, started, restartCount, state, lastState = {} }) => [
    name,
    { ready, started, restartCount, state: detailOf(state), ...(Object.keys(lastState).length > 0 && { lastState: detailOf(lastState) }) },
  ]);
  return JSON.parse(
    inDefault(JSON.stringify({ phase, reason, message, terminating, conditions: sorted(conditions ?? {}), containers: sorted(Object.fromEntries(all)) })),
  ) as unknown;
}

const sorted = (values: Readonly<Record<string, unknown>>): unknown =>
  Object.fromEntries(Object.entries(values).toSorted(([one], [other]) => (one < other ? -1 : 1)));

/** Without times and ids, which the recorder left out. */
function detailOf(state: JsonObject): unknown {
  const [[kind, detail] = ['', {}]] = Object.entries(state);
  const { reason, message, exitCode } = detail as JsonObject;
  return { [kind]: { reason, message, exitCode } };
}

function distinct(reports: readonly Report[]): readonly Report[] {
  const texts = reports.map(({ state }) => JSON.stringify(state));
  return reports.filter((_, index) => texts[index] !== texts[index - 1]);
}

interface PodStatusFields {
  readonly phase?: string;
  readonly reason?: string;
  readonly message?: string;
  readonly conditions?: readonly { readonly type: string; readonly status: string; readonly reason?: string }[];
  readonly containerStatuses?: readonly RecordedContainer[];
  readonly initContainerStatuses?: readonly RecordedContainer[];
}

/** What the pod's status says, as the recorder wrote it. The pod was bound by hand: no scheduler has said so. */
function reported({ status, metadata }: StoredObject): Partial<Look> {
  const { phase = 'Pending', reason = null, message = null, conditions = [], ...statuses } = (status ?? {}) as PodStatusFields;
  const words = conditions.map((condition) => [condition.type, [condition.status, condition.reason].filter((word) => word !== undefined).join(':')] as const);
  const terminating = metadata.deletionTimestamp !== undefined;
  const { containerStatuses: containers = [], initContainerStatuses: init = [] } = statuses;
  return { phase, reason, message, terminating, conditions: { ...Object.fromEntries(words), PodScheduled: 'True' }, init, containers };
}

/** What the registry of the recording answered, from its own Event. */
function registryWords({ events, pod }: RecordedLife): Readonly<Record<string, Json>> {
  const { containers } = pod.spec as { readonly containers?: readonly { readonly image: string }[] };
  const answer = events.map(({ message }) => /failed to resolve image: (.*)$/su.exec(message)?.[1]).find((words) => words !== undefined);
  return answer === undefined ? {} : { [`image/${containers?.[0]?.image ?? ''}`]: answer };
}

/** Sizes and times of pulls mean nothing: the recording's images were stand-ins. */
function eventWords({ type, reason, message, fieldPath }: Pick<RecordedEvent, 'type' | 'reason' | 'message'> & { readonly fieldPath?: string | null }): string {
  const words = inDefault(message).replaceAll(/in \d+ms \(\d+ms including waiting\)\. Image size: \d+ bytes/gu, 'in …');
  return [type, reason, fieldPath ?? '', words].join(' ');
}

/** The longest of these recordings saw the kubelet come round after 65 s; looks that fail repeat until then. */
const afterwardsMs = 16_000;

function played(life: RecordedLife): { readonly reports: readonly Report[]; readonly isDeleted: boolean; readonly events: readonly string[] } {
  const engine = createCluster({ controllers: [kubelet] });
  const podKey = { apiVersion: 'v1', kind: 'Pod', namespace: 'default', name: life.pod.metadata.name };
  let cluster: Cluster = engine.start({ seed: 'kubelet', world: registryWords(life) });
  const create = (object: Json): void => {
    ({ cluster } = engine.request(cluster, { verb: 'create', object }, { text: 'create' }));
  };
  const images = ['busybox:1.36', 'nginx:1.27'].map((name) => ({ names: [name] }));
  create({ apiVersion: 'v1', kind: 'Node', metadata: { name: 'worker-1' }, spec: { podCIDR: '10.244.0.0/24' }, status: { images } });
  life.pre.forEach(create);
  create({ ...life.pod, spec: { ...life.pod.spec, nodeName: 'worker-1' } });
  const reports: Report[] = [];
  const until = (untilMs: number): void => {
    cluster = reportsUntil({ engine, podKey, reports }, cluster, untilMs);
  };
  for (const { t, action } of life.trace) {
    if (action === undefined) continue;
    until(t * 1000);
    const gracePeriodSeconds = life.pod.spec.terminationGracePeriodSeconds;
    if (action === 'delete') ({ cluster } = engine.request(cluster, { verb: 'delete', key: podKey, gracePeriodSeconds }, { text: 'delete' }));
    else if ('create' in Object(action)) create((action as { readonly create: Json }).create);
    else throw new Error(`the action ${JSON.stringify(action)} cannot be played`);
  }
  until(Math.max(...life.trace.map(({ t }) => t * 1000)) + afterwardsMs);
  const told = listObjects(cluster.store, { apiVersion: 'v1', kind: 'Event' }) as readonly (StoredObject &
    Omit<RecordedEvent, 'fieldPath' | 'source'> & { readonly involvedObject: { readonly kind: string; readonly fieldPath?: string } })[];
  const events = told
    .filter(({ involvedObject }) => involvedObject.kind === 'Pod')
    .map(({ involvedObject: { fieldPath }, type, reason, message }) => eventWords({ type, reason, message, ...(fieldPath !== undefined && { fieldPath }) }));
  return { reports: distinct(reports), isDeleted: getObject(cluster.store, podKey) === undefined, events };
}

interface Watcher {
  readonly engine: ClusterEngine;
  readonly podKey: ObjectKey;
  readonly reports: Report[];
}

function reportsUntil({ engine, podKey, reports }: Watcher, before: Cluster, untilMs: number): Cluster {
  let cluster = before;
  for (let dueMs = engine.nextAtMs(cluster); dueMs !== undefined && dueMs <= untilMs; dueMs = engine.nextAtMs(cluster)) {
    cluster = engine.step(cluster);
    const pod = getObject(cluster.store, podKey);
    const isReported = (pod?.status as JsonObject | undefined)?.startTime !== undefined;
    if (pod !== undefined && isReported) reports.push({ t: cluster.clockMs / 1000, state: stateOf(reported(pod)) });
  }
  return engine.run(cluster, { untilMs, stepsMax: 0 }).cluster;
}
