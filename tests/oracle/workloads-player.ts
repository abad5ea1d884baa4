import { requestDecoder } from '../../labs/kit/cluster-lab/decode-request.ts';
import { allTables } from '../../labs/reading/all-tables.ts';
import type { Deployment } from '../../labs/engine/api/workload-kinds.ts';
import { createReview } from '../../labs/engine/review/review.ts';
import { allAdmission, allKinds } from '../../labs/engine/review/all.ts';
import { Play } from '../../labs/engine/controllers/testing.ts';
import type { Controller, Planned } from '../../labs/engine/loop/controller.ts';
import { without, type Json, type JsonObject } from '../../labs/engine/patch/json.ts';
import type { StoredObject } from '../../labs/engine/store/stored-object.ts';

/** One step of a recording of workloads: what was done, and what the cluster was then. */
export interface RecordedStep {
  readonly action: string;
  readonly object?: JsonObject;
  readonly podsReleased?: number;
  readonly exit?: number;
  readonly error?: Json;
}

/** Why an action did nothing: the API server's answer, or the words of kubectl, which have no code. */
export interface Refusal {
  readonly code?: number;
  readonly message: string;
}

interface Subject {
  readonly kind: 'Deployment' | 'StatefulSet';
  readonly name: string;
}

/** The name of the first object of a kind that a recording creates. */
export function subjectName(steps: readonly RecordedStep[], kind: Subject['kind']): string {
  const created = steps.find(({ object }) => object?.kind === kind)?.object as { readonly metadata: { readonly name: string } } | undefined;
  return created?.metadata.name ?? '';
}

const revisionNote = 'deployment.kubernetes.io/revision';

/** Plays recordings of Deployments and StatefulSets. The recorder's pods become ready only when a step says so; images with `bad` in their name never. */
export class WorkloadsPlayer {
  readonly play: Play;
  readonly #subject: Subject;

  constructor(controllers: readonly Controller[], subject: Subject) {
    this.play = new Play({ controllers, review: createReview({ kinds: allKinds, admission: allAdmission, decode: requestDecoder(allTables) }) });
    this.#subject = subject;
  }

  get subject(): StoredObject | undefined {
    return this.play.get('apps/v1', this.#subject.kind, this.#subject.name);
  }

  create(object: JsonObject): Refusal | undefined {
    return this.#request({ verb: 'create', object });
  }

  patch(patch: JsonObject): Refusal | undefined {
    return this.#request({ verb: 'patch', key: { apiVersion: 'apps/v1', ...this.#subject }, patchType: 'strategic', patch });
  }

  /** Changes the first container, or the one that is named. */
  patchContainer(container: JsonObject): Refusal | undefined {
    const { spec } = (this.subject ?? {}) as Partial<Deployment>;
    const name = spec?.template.spec.containers[0]?.name ?? '';
    return this.patch({ spec: { template: { spec: { containers: [{ name, ...container }] } } } });
  }

  deletePod(name: string): Refusal | undefined {
    return this.#request({ verb: 'delete', key: { apiVersion: 'v1', kind: 'Pod', name }, gracePeriodSeconds: 1 });
  }

  deleteSubject(propagationPolicy: 'Orphan' | 'Background'): Refusal | undefined {
    return this.#request({ verb: 'delete', key: { apiVersion: 'apps/v1', ...this.#subject }, propagationPolicy });
  }

  scaleSets(replicas: number): Refusal | undefined {
    for (const { metadata } of this.play.list('apps/v1', 'ReplicaSet')) this.play.patch('apps/v1', 'ReplicaSet', metadata.name, { spec: { replicas } });
    return undefined;
  }

  /** With a number that is expected: only from there. */
  scale(replicas: number, expected: number | undefined): Refusal | undefined {
    const held = (this.subject as Deployment | undefined)?.spec.replicas;
    if (expected !== undefined && held !== expected) return { message: `error: Expected replicas to be ${expected}, was ${held ?? 0}` };
    return this.patch({ spec: { replicas } });
  }

  setReady(pod: string, isReady: boolean): Refusal | undefined {
    const conditions = [{ type: 'Ready', status: isReady ? 'True' : 'False', lastTransitionTime: '2026-01-01T00:00:00Z' }];
    const key = { apiVersion: 'v1', kind: 'Pod', name: pod };
    return this.#request({ verb: 'patch', key, patchType: 'merge', patch: { status: { phase: 'Running', conditions } }, subresource: 'status' });
  }

  /** The oldest pods that wait become ready; all, if no number is given. */
  release(count = Number.POSITIVE_INFINITY): Refusal | undefined {
    for (const pod of this.#pods(false).slice(0, count)) this.setReady(pod, true);
    return undefined;
  }

  /** Waves, until nothing waits. */
  releaseAll(): Refusal | undefined {
    for (let wave = 0; wave < 60 && this.#pods(false).length > 0; wave += 1) {
      this.release();
      this.play.run(900);
    }
    return undefined;
  }

  /** So many pods are not ready afterwards. */
  loseReadiness(count: number): Refusal | undefined {
    const lost = count - this.#pods(false).length;
    for (const pod of this.#pods(true).slice(0, lost)) this.setReady(pod, false);
    return undefined;
  }

  restart(): Refusal | undefined {
    if (this.#isPaused) return { message: "can't restart paused deployment (run rollout resume first)" };
    return this.patch({ spec: { template: { metadata: { annotations: { restartedAt: String(this.play.cluster.clockMs) } } } } });
  }

  setPaused(isPaused: boolean): Refusal | undefined {
    if (this.#isPaused === isPaused) return { message: isPaused ? 'is already paused' : 'is not paused' };
    return this.patch({ spec: { paused: isPaused ? true : null } });
  }

  history(revision: number | undefined): Refusal | undefined {
    const isKnown = revision === undefined || this.#revisions().some(({ number }) => number === revision);
    return isKnown ? undefined : { message: 'error: unable to find the specified revision' };
  }

  /** Goes back to an earlier template, as `kubectl rollout undo` does: by default to the last one but this. */
  undo(toRevision: number | undefined, isDryRun: boolean): Refusal | undefined {
    if (this.#isPaused) return { message: 'error: you cannot rollback a paused deployment' };
    const sorted = this.#revisions();
    const chosen = toRevision === undefined ? sorted[1] : sorted.find(({ number }) => number === toRevision);
    if (chosen === undefined) return { message: 'error: unable to find the revision in history' };
    if (isDryRun) return undefined;
    const labels = without(chosen.template.metadata.labels, 'pod-template-hash');
    const value = { ...chosen.template, metadata: { ...chosen.template.metadata, labels } };
    const patch = [{ op: 'replace', path: '/spec/template', value }];
    return this.#request({ verb: 'patch', key: { apiVersion: 'apps/v1', ...this.#subject }, patchType: 'json', patch });
  }

  #request(request: Planned): Refusal | undefined {
    const { cluster, answer } = this.play.engine.request(this.play.cluster, request, { text: request.verb });
    this.play.cluster = cluster;
    return answer.ok ? undefined : { code: answer.error.code, message: answer.error.message };
  }

  get #isPaused(): boolean {
    return (this.subject as Deployment | undefined)?.spec.paused === true;
  }

  #pods(isReady: boolean): readonly string[] {
    const matching = this.play.pods.filter(({ status, spec, metadata }) => {
      const ready = status?.conditions?.some(({ type, status: held }) => type === 'Ready' && held === 'True') === true;
      return ready === isReady && metadata.deletionTimestamp === undefined && !spec.containers.some(({ image = '' }) => image.includes('bad'));
    });
    const byAge = matching.toSorted((one, other) => Number(one.metadata.resourceVersion) - Number(other.metadata.resourceVersion));
    return byAge.map(({ metadata }) => metadata.name);
  }

  /** What can be gone back to, the newest first. */
  #revisions(): readonly { readonly number: number; readonly template: JsonObject & { readonly metadata: JsonObject & { readonly labels: JsonObject } } }[] {
    const isDeployment = this.#subject.kind === 'Deployment';
    const history = this.play.list('apps/v1', isDeployment ? 'ReplicaSet' : 'ControllerRevision').map((object) => {
      const {
        revision = 0,
        spec,
        data,
        metadata,
      } = object as StoredObject & { readonly revision?: number; readonly spec?: JsonObject; readonly data?: { readonly spec: JsonObject } };
      const number = isDeployment ? Number(metadata.annotations?.[revisionNote]) : revision;
      return { number, template: (spec ?? data?.spec)?.template as JsonObject & { readonly metadata: JsonObject & { readonly labels: JsonObject } } };
    });
    return history.toSorted((one, other) => other.number - one.number);
  }

  /** Whether `kubectl rollout status` of a Deployment fails, judged when its waiting is over. Models kubectl's polymorphichelpers/rollout_status.go. */
  statusRefusal(action: string): Refusal | undefined {
    const [, name, , revision] = /deployment\/(\S+)(?=( --revision=(\d+))?)/u.exec(action) ?? [];
    const deployment = name === this.#subject.name ? (this.subject as Deployment | undefined) : undefined;
    if (deployment === undefined) return { message: 'not found' };
    if (revision !== undefined && revision !== deployment.metadata.annotations?.[revisionNote]) return { message: 'another revision runs' };
    const { spec, status = {}, metadata } = deployment;
    const { updatedReplicas = 0, replicas = 0, availableReplicas = 0, conditions = [], observedGeneration = 0 } = status;
    const isObserved = (metadata.generation ?? 0) <= observedGeneration;
    if (isObserved && conditions.some(({ type, reason }) => type === 'Progressing' && reason === 'ProgressDeadlineExceeded'))
      return { message: 'exceeded its progress deadline' };
    const isDone = isObserved && updatedReplicas >= (spec.replicas ?? 1) && replicas <= updatedReplicas && availableReplicas >= updatedReplicas;
    return isDone || action.includes('--watch=false') ? undefined : { message: 'timed out waiting for the condition' };
  }
}
