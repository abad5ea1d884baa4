import { requestDecoder } from '../../kit/cluster-lab/decode-request.ts';
import { allTables } from '../../reading/all-tables.ts';
import { createCluster, type Answer, type Cluster } from '../loop/cluster.ts';
import type { Planned } from '../loop/controller.ts';
import type { Json, JsonObject } from '../patch/json.ts';
import { allAdmission, allKinds } from './all.ts';
import { createReview } from './review.ts';

/** A cluster without controllers: nothing but the API server. */
export const engine = createCluster({ controllers: [], review: createReview({ kinds: allKinds, admission: allAdmission, decode: requestDecoder(allTables) }) });
export const empty = engine.start({ seed: '1' });

export interface Acted {
  readonly cluster: Cluster;
  readonly answer: Answer;
}

/** A request to a cluster. */
export function act(cluster: Cluster, request: Planned): Acted {
  return engine.request(cluster, request, { text: 'asks' });
}

/** The creation of an object. */
export function create(cluster: Cluster, object: Json): Acted {
  return act(cluster, { verb: 'create', object });
}

/** A cluster with these objects; each must be accepted. */
export function clusterOf(...objects: readonly Json[]): Cluster {
  return objects.reduce<Cluster>((cluster, object) => {
    const made = create(cluster, object);
    if (!made.answer.ok) throw new Error(made.answer.error.message);
    return made.cluster;
  }, empty);
}

/** `accepted`, or the first line of the error. */
export function messageOf(answer: Answer): string {
  return answer.ok ? 'accepted' : (answer.error.message.split('\n')[0] ?? '');
}

/** An object for tests. */
export const pod = (spec: JsonObject = {}, metadata: JsonObject = {}): JsonObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web', ...metadata },
  spec: { containers: [{ name: 'web', image: 'nginx' }], ...spec },
});
/** An object for tests. */
export const claim = (spec: JsonObject = {}, storage: Json = '5Gi'): JsonObject => ({
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { name: 'data' },
  spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage } }, ...spec },
});
/** An object for tests. */
export const volume = (spec: JsonObject = {}): JsonObject => ({
  apiVersion: 'v1',
  kind: 'PersistentVolume',
  metadata: { name: 'disk' },
  spec: { capacity: { storage: '1Gi' }, accessModes: ['ReadWriteOnce'], hostPath: { path: '/disk' }, ...spec },
});
/** An object for tests. */
export const storageClass = (name: string, rest: JsonObject = {}, annotations: JsonObject = {}): JsonObject => ({
  apiVersion: 'storage.k8s.io/v1',
  kind: 'StorageClass',
  metadata: { name, annotations },
  provisioner: 'example.com/disk',
  ...rest,
});
/** An object for tests. */
export const byDefault = { 'storageclass.kubernetes.io/is-default-class': 'true' };
/** An object for tests. */
export const priorityClass = (name: string, value: number, rest: JsonObject = {}): JsonObject => ({
  apiVersion: 'scheduling.k8s.io/v1',
  kind: 'PriorityClass',
  metadata: { name },
  value,
  ...rest,
});
