import type { PodObject } from '../api/cluster-kinds.ts';
import { isPodReady } from '../kubelet/pod-status.ts';
import { entriesAfter } from '../loop/cluster-log.ts';
import { createCluster, type Cluster, type ClusterEngine, type ClusterParts } from '../loop/cluster.ts';
import type { Controller, Planned } from '../loop/controller.ts';
import type { Json, JsonObject } from '../patch/json.ts';
import { getObject, listObjects } from '../store/store.ts';
import type { StoredObject } from '../store/stored-object.ts';

/** Takes the place of all kubelets: deleted pods are gone after a moment; pods become ready only when a test says so. */
const podRemover: Controller = {
  name: 'pod-remover',
  watches: ['Pod'],
  delayMs: 100,
  enqueue: ({ object, type }) => (type !== 'DELETED' && object.metadata.deletionTimestamp !== undefined ? [{ key: object.metadata.name }] : []),
  reconcile: (name) => ({
    steps: [
      {
        write: { verb: 'delete', key: { apiVersion: 'v1', kind: 'Pod', namespace: 'default', name }, gracePeriodSeconds: 0 },
        text: 'removes it',
        refused: () => [],
      },
    ],
  }),
};

/** A cluster that a test plays with: it is changed in place. */
export class Play {
  readonly engine: ClusterEngine;
  cluster: Cluster;

  constructor(parts: ClusterParts, options: { readonly hasKubelet?: boolean; readonly world?: Cluster['world'] } = {}) {
    this.engine = createCluster({ ...parts, controllers: options.hasKubelet === true ? parts.controllers : [...parts.controllers, podRemover] });
    this.cluster = this.engine.start({ seed: 'play', ...(options.world !== undefined && { world: options.world }) });
  }

  /** A request of the learner; gives the API server's sentence if it is refused. */
  request(request: Planned): string | undefined {
    const { cluster, answer } = this.engine.request(this.cluster, request, { text: request.verb });
    this.cluster = cluster;
    return answer.ok ? undefined : answer.error.message;
  }

  create(object: Json): string | undefined {
    return this.request({ verb: 'create', object });
  }

  delete(
    apiVersion: string,
    kind: string,
    name: string,
    more: { readonly gracePeriodSeconds?: number; readonly propagationPolicy?: 'Background' | 'Foreground' | 'Orphan' } = {},
  ): string | undefined {
    return this.request({ verb: 'delete', key: { apiVersion, kind, name }, ...more });
  }

  patch(apiVersion: string, kind: string, name: string, patch: JsonObject): string | undefined {
    return this.request({ verb: 'patch', key: { apiVersion, kind, name }, patchType: 'strategic', patch });
  }

  fact(fact: string, value: Json): void {
    this.cluster = this.engine.setWorld(this.cluster, fact, value, fact);
  }

  /** Time passes. */
  run(durationMs: number): void {
    ({ cluster: this.cluster } = this.engine.run(this.cluster, { untilMs: this.cluster.clockMs + durationMs, stepsMax: 20_000 }));
  }

  list(apiVersion: string, kind: string): readonly StoredObject[] {
    return listObjects(this.cluster.store, { apiVersion, kind });
  }

  get(apiVersion: string, kind: string, name: string): StoredObject | undefined {
    return getObject(this.cluster.store, { apiVersion, kind, name });
  }

  get pods(): readonly PodObject[] {
    return this.list('v1', 'Pod') as readonly PodObject[];
  }

  /** Makes pods ready, the oldest that wait first. */
  ready(count = Number.POSITIVE_INFINITY): void {
    const waiting = this.pods.filter((pod) => !isPodReady(pod) && pod.metadata.deletionTimestamp === undefined);
    const oldest = waiting.toSorted((one, other) => Number(one.metadata.resourceVersion) - Number(other.metadata.resourceVersion));
    for (const { metadata } of oldest.slice(0, count)) {
      const status = { phase: 'Running', conditions: [{ type: 'Ready', status: 'True', lastTransitionTime: '2026-01-01T00:00:00Z' }] };
      this.request({
        verb: 'patch',
        key: { apiVersion: 'v1', kind: 'Pod', name: metadata.name },
        patchType: 'merge',
        patch: { status },
        subresource: 'status',
      });
    }
  }

  /** What was said by Events, as `reason: message`, once each. */
  get events(): readonly string[] {
    return this.list('v1', 'Event').map(({ reason, message }) => `${reason as string}: ${message as string}`);
  }

  /** Log entries as `time who: text`. */
  get log(): readonly string[] {
    return entriesAfter(this.cluster.log, 0).map(({ atMs, by, text }) => `${atMs} ${by}: ${text}`);
  }
}

const labels = { app: 'web' };

/** A Deployment, ReplicaSet or StatefulSet of the labels `app: web` with one container. */
export function workload(kind: 'Deployment' | 'ReplicaSet' | 'StatefulSet', replicas: number, more: JsonObject = {}): JsonObject {
  const template = { metadata: { labels }, spec: { containers: [{ name: 'web', image: 'web:1' }] } };
  return { apiVersion: 'apps/v1', kind, metadata: { name: 'web' }, spec: { replicas, selector: { matchLabels: labels }, template, ...more } };
}
