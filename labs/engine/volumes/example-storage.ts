import type { NodeObject, PersistentVolume, PersistentVolumeClaim, PodObject } from '../api/cluster-kinds.ts';
import { getKind } from '../api/kinds.ts';
import { createCluster, type Cluster, type ClusterEngine } from '../loop/cluster.ts';
import type { Controller } from '../loop/controller.ts';
import { isObject, type JsonObject } from '../patch/json.ts';
import type { RequestedObject } from '../store/stored-object.ts';
import { listObjects } from '../store/store.ts';

/** Objects for tests, as the API server stores them: with the defaults that controllers rely on. */

interface VolumeOptions {
  readonly size?: string;
  readonly modes?: readonly string[];
  readonly annotations?: Readonly<Record<string, string>>;
  readonly labels?: Readonly<Record<string, string>>;
  readonly spec?: JsonObject;
}

/** A volume of 10Gi, ReadWriteOnce, without a class, on a host path, unless said otherwise. */
export function volumeNamed(name: string, { size = '10Gi', modes = ['ReadWriteOnce'], annotations, labels, spec = {} }: VolumeOptions = {}): JsonObject {
  const source = 'csi' in spec || 'nfs' in spec || 'local' in spec ? {} : { hostPath: { path: `/mnt/${name}` } };
  const defaults = { persistentVolumeReclaimPolicy: 'Retain', volumeMode: 'Filesystem' };
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name, ...(annotations && { annotations }), ...(labels && { labels }) },
    spec: { ...defaults, capacity: { storage: size }, accessModes: modes, ...source, ...spec },
  };
}

/** A claim for 5Gi, ReadWriteOnce, in namespace default, unless said otherwise. */
export function claimNamed(name: string, { size = '5Gi', modes = ['ReadWriteOnce'], annotations, labels, spec = {} }: VolumeOptions = {}): JsonObject {
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name, namespace: 'default', ...(annotations && { annotations }), ...(labels && { labels }) },
    spec: { volumeMode: 'Filesystem', resources: { requests: { storage: size } }, accessModes: modes, ...spec },
  };
}

/** A class that binds at once and deletes, unless said otherwise. */
export function classNamed(name: string, provisioner: string, fields: JsonObject = {}): JsonObject {
  const defaults = { reclaimPolicy: 'Delete', volumeBindingMode: 'Immediate' };
  return { apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', metadata: { name }, provisioner, ...defaults, ...fields };
}

/** A ready node that carries its name as `kubernetes.io/hostname`. */
export function nodeNamed(name: string, labels: Readonly<Record<string, string>> = {}): JsonObject {
  const metadata = { name, labels: { 'kubernetes.io/hostname': name, ...labels } };
  return { apiVersion: 'v1', kind: 'Node', metadata, spec: {}, status: { conditions: [{ type: 'Ready', status: 'True' }] } };
}

/** A pod that uses claims; on a node, if one is named. */
export function podNamed(name: string, claims: readonly string[], node?: string): JsonObject {
  const volumes = claims.map((claimName) => ({ name: claimName, persistentVolumeClaim: { claimName } }));
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'default' },
    spec: { containers: [{ name: 'app', image: 'app' }], volumes, ...(node !== undefined && { nodeName: node }) },
  };
}

/** A cluster that tests can drive: requests are expected to succeed. */
export interface ExampleStorage {
  readonly now: () => Cluster;
  readonly create: (...objects: readonly JsonObject[]) => void;
  readonly patch: (object: string, patch: JsonObject, subresource?: 'status') => void;
  readonly remove: (object: string) => void;
  readonly fact: (name: string, value: string | null) => void;
  /** Lets virtual time pass; throws if something never ends. */
  readonly pass: (ms: number) => void;
  readonly volume: (name: string) => PersistentVolume | undefined;
  readonly claim: (name: string) => PersistentVolumeClaim | undefined;
  readonly pod: (name: string) => PodObject | undefined;
  readonly node: (name: string) => NodeObject | undefined;
  /** Events about an object (`Kind/name`), as `Reason: message`, each once. */
  readonly events: (object: string) => readonly string[];
}

const versions: Readonly<Record<string, string>> = { VolumeAttachment: 'storage.k8s.io/v1', StorageClass: 'storage.k8s.io/v1' };

/** New volumes and claims are Pending: so much of the review is needed. */
function asNew(object: RequestedObject): RequestedObject {
  return object.kind.startsWith('PersistentVolume') ? { ...object, status: { phase: 'Pending' } } : object;
}

/** A cluster with these controllers and nothing in it. */
export function exampleStorage(controllers: readonly Controller[], seed = 'example'): ExampleStorage {
  const engine: ClusterEngine = createCluster({
    controllers,
    review: () => (object, old) => ({ ok: true, object: old === undefined ? asNew(object) : object }),
  });
  let cluster = engine.start({ seed });
  const request = (planned: Parameters<ClusterEngine['request']>[1]): void => {
    const done = engine.request(cluster, planned, { text: planned.verb });
    if (!done.answer.ok) throw new Error(done.answer.error.message);
    cluster = done.cluster;
  };
  const keyOf = (object: string) => {
    const [kind = '', name = ''] = object.split('/');
    return { apiVersion: versions[kind] ?? 'v1', kind, namespace: 'default', name };
  };
  return {
    now: () => cluster,
    create: (...objects) => {
      for (const object of objects) request({ verb: 'create', object });
    },
    patch: (object, patch, subresource) => {
      request({ verb: 'patch', key: keyOf(object), patchType: 'merge', patch, ...(subresource !== undefined && { subresource }) });
    },
    remove: (object) => {
      request({ verb: 'delete', key: keyOf(object) });
    },
    fact: (name, value) => {
      cluster = engine.setWorld(cluster, name, value, name);
    },
    pass: (ms) => {
      const done = engine.run(cluster, { untilMs: cluster.clockMs + ms, stepsMax: 10_000 });
      if (done.stop === 'steps') throw new Error('it never settles');
      cluster = done.cluster;
    },
    volume: (name) => getKind(cluster.store, 'PersistentVolume', name),
    claim: (name) => getKind(cluster.store, 'PersistentVolumeClaim', name, 'default'),
    pod: (name) => getKind(cluster.store, 'Pod', name, 'default'),
    node: (name) => getKind(cluster.store, 'Node', name),
    events: (object) => {
      const [kind, name] = object.split('/');
      const about = listObjects(cluster.store, { apiVersion: 'v1', kind: 'Event' }).filter(
        ({ involvedObject }) => isObject(involvedObject) && involvedObject.kind === kind && involvedObject.name === name,
      );
      const told = about.toSorted((one, other) => Number(one.metadata.resourceVersion) - Number(other.metadata.resourceVersion));
      return told.map(({ reason, message }) => `${reason as string}: ${message as string}`);
    },
  };
}
