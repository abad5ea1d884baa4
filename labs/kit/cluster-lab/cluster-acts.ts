import { getKind } from '../../engine/api/kinds.ts';
import type { Cluster, ClusterEngine } from '../../engine/loop/cluster.ts';
import { lengthOf, withEntry } from '../../engine/loop/cluster-log.ts';
import type { Planned } from '../../engine/loop/controller.ts';
import { manifestPatch, manifestToCreate } from '../../engine/patch/apply-manifest.ts';
import { fieldOf, isObject, type JsonObject } from '../../engine/patch/json.ts';
import { isCustom } from '../../engine/store/resource-kinds.ts';
import { getObject } from '../../engine/store/store.ts';
import { decodeObject, keyOf, kindOf, type StoredObject } from '../../engine/store/stored-object.ts';
import type { ClusterAction, ClusterInput, ClusterState } from './cluster-state.ts';
import { deletionOf, nameInWords, objectOfSubject } from './object-key.ts';

/** What a lab adds to the acts that all cluster labs have: the request that an act comes to, and its words; undefined if it cannot be done now. */
export type OwnActs = Readonly<Record<string, (cluster: Cluster, object: StoredObject) => { readonly request: Planned; readonly text: string } | undefined>>;

/** Virtual time that the setup may take, and steps. What has not settled by then goes on during the run. */
const setupMs = 30_000;
const setupStepsMax = 5000;
/** Steps of controllers that change nothing and are passed over at once. */
const silentStepsMax = 2000;
/** Acts after which further ones are refused: nobody makes so many by hand. */
const entriesMax = 20_000;

/** The functions of a lab whose machine is a cluster. */
export function clusterMachine(engine: ClusterEngine, ownActs: OwnActs) {
  const following = new WeakMap<Cluster, Cluster>();

  /** The cluster after the next step that leaves an entry in the log; the same cluster if there is none. */
  function advanced(cluster: Cluster): Cluster {
    const known = following.get(cluster);
    if (known !== undefined) return known;
    let next = cluster;
    for (let steps = 0; steps < silentStepsMax && engine.nextAtMs(next) !== undefined && next.log === cluster.log; steps += 1) next = engine.step(next);
    const result = next.log === cluster.log ? cluster : next;
    following.set(cluster, result);
    return result;
  }

  return {
    start: ({ setup, objects }: ClusterInput, seed: number): ClusterState => {
      const settled = engine.run(applied(engine, engine.start({ seed: String(seed) }), setup, 'start'), { untilMs: setupMs, stepsMax: setupStepsMax }).cluster;
      const logBegin = lengthOf(settled.log);
      const begun = {
        ...settled,
        log: withEntry(settled.log, { atMs: settled.clockMs, by: 'start', text: 'The run begins: what was there before has settled' }),
      };
      return { cluster: applied(engine, begun, objects, 'start'), beginMs: settled.clockMs, logBegin };
    },
    amend: (_: ClusterState, { setup, objects }: ClusterInput): ClusterAction => ({ type: 'apply', objects: [...setup, ...objects] }),
    reduce: (state: ClusterState, action: ClusterAction): ClusterState => {
      if (lengthOf(state.cluster.log) > entriesMax) return state;
      const cluster = action.type === 'advance' ? advanced(state.cluster) : acted(engine, ownActs, state.cluster, action);
      return cluster === state.cluster ? state : { ...state, cluster };
    },
    next: ({ cluster }: ClusterState): ClusterAction | undefined => (advanced(cluster) === cluster ? undefined : { type: 'advance' }),
    clockMs: ({ cluster, beginMs }: ClusterState): number => cluster.clockMs - beginMs,
  };
}

function acted(engine: ClusterEngine, ownActs: OwnActs, cluster: Cluster, action: Exclude<ClusterAction, { readonly type: 'advance' }>): Cluster {
  switch (action.type) {
    case 'apply':
      return applied(engine, cluster, action.objects, 'learner');
    case 'delete': {
      const object = objectOfSubject(cluster.store, action.object);
      // Who is marked already is not marked again.
      if (object === undefined || object.metadata.deletionTimestamp !== undefined) return cluster;
      return engine.request(cluster, deletionOf(object), { text: `You delete ${nameInWords(object)}` }).cluster;
    }
    case 'act': {
      const object = objectOfSubject(cluster.store, action.object);
      const act = object === undefined || !Object.hasOwn(ownActs, action.name) ? undefined : ownActs[action.name]?.(cluster, object);
      return act === undefined ? cluster : engine.request(cluster, act.request, { text: act.text }).cluster;
    }
    case 'world':
      return (cluster.world[action.fact] ?? null) === action.value || !isFactAbout(cluster, action.fact)
        ? cluster
        : engine.setWorld(cluster, action.fact, action.value, factInWords(action.fact, action.value));
  }
}

/** What kubectl apply does with each object in turn: creates it, or sends what changed in the manifest since it was last applied. */
function applied(engine: ClusterEngine, start: Cluster, objects: readonly JsonObject[], by: 'start' | 'learner'): Cluster {
  let cluster = start;
  for (const object of objects) {
    const request = applyRequest(cluster, object);
    if (request === undefined) continue;
    const { cluster: next, answer } = engine.request(cluster, request.planned, {
      by,
      text: request.text[by],
    });
    // kubectl may send a patch that comes to nothing: then nothing has happened.
    if (!answer.ok || next.store !== cluster.store) cluster = next;
  }
  return cluster;
}

/** The request for one manifest; undefined if nothing changed. */
function applyRequest(
  cluster: Cluster,
  object: JsonObject,
): { readonly planned: Planned; readonly text: Readonly<Record<'start' | 'learner', string>> } | undefined {
  const decoded = decodeObject(object);
  if (!decoded.ok) return undefined;
  const { name = '', generateName = '' } = decoded.object.metadata;
  const kind = kindOf(decoded.object);
  const live = name === '' ? undefined : getObject(cluster.store, keyOf(decoded.object));
  const what = nameInWords({ kind: kind.kind, metadata: { ...namespaceOf(decoded.object.metadata), name: name === '' ? generateName : name } });
  if (live === undefined)
    return { planned: { verb: 'create', object: manifestToCreate(object) }, text: { start: capital(`${what} is created`), learner: `You create ${what}` } };
  const patch = manifestPatch(live, object, isCustom(kind));
  if (!patch.ok || Object.keys(patch.value.patch).length === 0 || onlyAnnotation(patch.value.patch)) return undefined;
  return {
    planned: { verb: 'patch', key: keyOf(live), patchType: patch.value.patchType, patch: patch.value.patch },
    text: { start: capital(`${what} is changed`), learner: `You change ${what}` },
  };
}

const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);

const namespaceOf = ({ namespace }: { readonly namespace?: string }) => (namespace === undefined ? {} : { namespace });

/** Whether a patch changes nothing but kubectl's own annotation, as it does for an object that was not made by apply. */
function onlyAnnotation(patch: JsonObject): boolean {
  const metadata = fieldOf(patch, 'metadata');
  if (!isObject(metadata) || Object.keys(patch).length > 1 || Object.keys(metadata).length > 1) return false;
  const annotations = fieldOf(metadata, 'annotations');
  return isObject(annotations) && Object.keys(annotations).every((name) => name === 'kubectl.kubernetes.io/last-applied-configuration');
}

const factKinds: Readonly<Record<string, 'Node' | 'CSIDriver'>> = { power: 'Node', kubelet: 'Node', provisioner: 'CSIDriver', attacher: 'CSIDriver' };

/** Whether the thing that a fact is about is there: nobody cuts the power of a node that does not exist. */
function isFactAbout({ store }: Cluster, fact: string): boolean {
  const slash = fact.indexOf('/');
  const kind = factKinds[fact.slice(0, slash)];
  return kind === undefined || getKind(store, kind, fact.slice(slash + 1)) !== undefined;
}

const factNames: Readonly<Record<string, (name: string, value: string) => string>> = {
  kubelet: (name, value) => (value === '' ? `The kubelet of ${name} runs again` : `The kubelet of ${name} is stopped`),
  power: (name, value) => (value === '' ? `${name} has power again` : `${name} loses its power`),
  provisioner: (name, value) => (value === '' ? `The provisioner ${name} works again` : `The provisioner ${name} is ${value}`),
  attacher: (name, value) => (value === '' ? `The attacher ${name} works again` : `The attacher ${name} is ${value}`),
  backend: (name, value) => (value === '' ? `The storage of ${name} is back` : `The storage of ${name} is ${value}`),
  image: (name, value) => (value === '' ? `The image ${name} can be pulled again` : `The image ${name} is ${value}`),
};

/** A fact of the world in words: `n1 loses its power`. */
export function factInWords(fact: string, value: ClusterState['cluster']['world'][string]): string {
  const slash = fact.indexOf('/');
  const words = factNames[fact.slice(0, slash)];
  return words === undefined ? fact : words(fact.slice(slash + 1), typeof value === 'string' ? value : '');
}
