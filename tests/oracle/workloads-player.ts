import { createReview } from '../../labs/engine/review/review.ts';
import { allAdmission, allKinds } from '../../labs/engine/review/all.ts';
import { Play } from '../../labs/engine/controllers/testing.ts';
import type { Controller } from '../../labs/engine/loop/controller.ts';
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

interface Subject {
  readonly kind: 'Deployment' | 'StatefulSet';
  readonly name: string;
}

type Act = (player: WorkloadsPlayer, match: RegExpExecArray, step: RecordedStep) => void;

/** The recorder waited for 0.8 to 2.6 s after each step. */
const settleMs = 1500;

/** What the recorder's actions mean; `kubectl` is played as the request that it sends. */
const acts: readonly (readonly [pattern: RegExp, act: Act])[] = [
  [
    /^create/u,
    (player, _, { object }) => {
      player.create(object ?? {});
    },
  ],
  [
    /^all waiting pods become ready/u,
    (player) => {
      player.releaseAll();
    },
  ],
  [
    /^(?:one waiting pod becomes|pods become|waiting pods become) ready/u,
    (player, [action], { podsReleased }) => {
      player.release(podsReleased ?? (action.startsWith('one') ? 1 : undefined));
    },
  ],
  [
    /^(\d+) pod\(s\) lose readiness/u,
    (player, [, count]) => {
      player.loseReadiness(Number(count));
    },
  ],
  [
    /^(\S+) (loses|regains) readiness/u,
    (player, [, pod = '', verb]) => {
      player.setReady(pod, verb === 'regains');
    },
  ],
  [
    /^all pods ready again/u,
    (player) => {
      player.release();
    },
  ],
  [
    /^one pod deleted/u,
    (player) => {
      player.deletePod(player.play.pods[0]?.metadata.name ?? '');
    },
  ],
  [
    /^kubectl delete pod (\S+)/u,
    (player, [, pod = '']) => {
      player.deletePod(pod);
    },
  ],
  [
    /^kubectl delete (?:deployment|sts) \S+(.*)/u,
    (player, [, options = '']) => {
      player.deleteSubject(options.includes('orphan') ? 'Orphan' : 'Background');
    },
  ],
  [
    /^kubectl scale rs .*--replicas=(\d+)/u,
    (player, [, count]) => {
      player.scaleSets(Number(count));
    },
  ],
  [
    /^kubectl scale .*--replicas=(\d+)/u,
    (player, [, count]) => {
      player.patch({ spec: { replicas: Number(count) } });
    },
  ],
  [
    /^kubectl set image \S+ (\S+)=(\S+)/u,
    (player, [, name = '', image = '']) => {
      player.patchContainer({ name, image });
    },
  ],
  [
    /^kubectl set env \S+ A=1/u,
    (player) => {
      player.patchContainer({ name: 'nginx', env: [{ name: 'A', value: '1' }] });
    },
  ],
  [
    /^kubectl set env \S+ A-/u,
    (player) => {
      player.patchContainer({ name: 'nginx', env: null });
    },
  ],
  [
    /^kubectl set resources .* --limits=cpu=(\S+)/u,
    (player, [, cpu = '']) => {
      player.patchContainer({ name: 'nginx', resources: { limits: { cpu } } });
    },
  ],
  [
    /^kubectl (label|annotate) \S+ \S+ (\w+)=(\w+)/u,
    (player, [, verb, name = '', value = '']) => {
      player.patch({ metadata: { [verb === 'label' ? 'labels' : 'annotations']: { [name]: value } } });
    },
  ],
  [
    /^kubectl patch \S+ \S+ -p '(.*)'/u,
    (player, [, patch = '{}']) => {
      player.patch(JSON.parse(patch) as JsonObject);
    },
  ],
  [
    /^kubectl rollout restart/u,
    (player) => {
      player.patch({ spec: { template: { metadata: { annotations: { restartedAt: String(player.play.cluster.clockMs) } } } } });
    },
  ],
  [
    /^kubectl rollout pause/u,
    (player) => {
      player.patch({ spec: { paused: true } });
    },
  ],
  [
    /^kubectl rollout resume/u,
    (player) => {
      player.patch({ spec: { paused: null } });
    },
  ],
  [
    /^kubectl rollout undo \S+(?: --to-revision=(\d+))?( --dry-run.*)?/u,
    (player, [, revision, dryRun]) => {
      if (dryRun === undefined) player.undo(revision === undefined ? undefined : Number(revision));
    },
  ],
  [/^(?:kubectl rollout (?:status|history)|wait|nothing waits)/u, () => undefined],
];

/** Plays recordings of Deployments and StatefulSets. The recorder's pods become ready only when a step says so; images with `bad` in their name never. */
export class WorkloadsPlayer {
  readonly play: Play;
  readonly #subject: Subject;

  constructor(controllers: readonly Controller[], subject: Subject) {
    this.play = new Play({ controllers, review: createReview({ kinds: allKinds, admission: allAdmission }) });
    this.#subject = subject;
  }

  /** Takes a step and lets things settle. False if nobody knows what the action means. */
  take(step: RecordedStep): boolean {
    const isRefused = step.error !== undefined || ((step.exit ?? 0) !== 0 && !step.action.includes('rollout status'));
    const found = acts.map(([pattern, act]) => ({ act, match: pattern.exec(step.action) })).find(({ match }) => match !== null);
    if (found?.match === undefined || found.match === null) return false;
    // What the recorded server refused is left to the tests of its validation.
    if (!isRefused) found.act(this, found.match, step);
    const waits = /(?:^wait |--timeout=)([\d.]+)s/u.exec(step.action);
    this.play.run(waits === null ? settleMs : Math.max(settleMs, Number(waits[1]) * 1000));
    return true;
  }

  get subject(): StoredObject | undefined {
    return this.play.get('apps/v1', this.#subject.kind, this.#subject.name);
  }

  create(object: JsonObject): void {
    this.play.create(object);
  }

  patch(patch: JsonObject): void {
    this.play.patch('apps/v1', this.#subject.kind, this.#subject.name, patch);
  }

  patchContainer(container: JsonObject): void {
    this.patch({ spec: { template: { spec: { containers: [container] } } } });
  }

  deletePod(name: string): void {
    this.play.delete('v1', 'Pod', name, { gracePeriodSeconds: 1 });
  }

  deleteSubject(propagationPolicy: 'Orphan' | 'Background'): void {
    this.play.delete('apps/v1', this.#subject.kind, this.#subject.name, { propagationPolicy });
  }

  scaleSets(replicas: number): void {
    for (const { metadata } of this.play.list('apps/v1', 'ReplicaSet')) this.play.patch('apps/v1', 'ReplicaSet', metadata.name, { spec: { replicas } });
  }

  setReady(pod: string, isReady: boolean): void {
    const conditions = [{ type: 'Ready', status: isReady ? 'True' : 'False', lastTransitionTime: '2026-01-01T00:00:00Z' }];
    const key = { apiVersion: 'v1', kind: 'Pod', name: pod };
    this.play.request({ verb: 'patch', key, patchType: 'merge', patch: { status: { phase: 'Running', conditions } }, subresource: 'status' });
  }

  #pods(isReady: boolean): readonly string[] {
    const matching = this.play.pods.filter(({ status, spec, metadata }) => {
      const ready = status?.conditions?.some(({ type, status: held }) => type === 'Ready' && held === 'True') === true;
      return ready === isReady && metadata.deletionTimestamp === undefined && !spec.containers.some(({ image = '' }) => image.includes('bad'));
    });
    const byAge = matching.toSorted((one, other) => Number(one.metadata.resourceVersion) - Number(other.metadata.resourceVersion));
    return byAge.map(({ metadata }) => metadata.name);
  }

  /** The oldest pods that wait become ready; all, if no number is given. */
  release(count = Number.POSITIVE_INFINITY): void {
    for (const pod of this.#pods(false).slice(0, count)) this.setReady(pod, true);
  }

  /** Waves, until nothing waits. */
  releaseAll(): void {
    for (let wave = 0; wave < 60 && this.#pods(false).length > 0; wave += 1) {
      this.release();
      this.play.run(900);
    }
  }

  /** So many pods are not ready afterwards. */
  loseReadiness(count: number): void {
    const lost = count - this.#pods(false).length;
    for (const pod of this.#pods(true).slice(0, lost)) this.setReady(pod, false);
  }

  /** Goes back to an earlier template, as `kubectl rollout undo` does: by default to the last one but this. */
  undo(toRevision: number | undefined): void {
    const isDeployment = this.#subject.kind === 'Deployment';
    const history = this.play.list('apps/v1', isDeployment ? 'ReplicaSet' : 'ControllerRevision').map((object) => {
      const {
        revision = 0,
        spec,
        data,
        metadata,
      } = object as StoredObject & { readonly revision?: number; readonly spec?: JsonObject; readonly data?: { readonly spec: JsonObject } };
      const number = isDeployment ? Number(metadata.annotations?.['deployment.kubernetes.io/revision']) : revision;
      return { number, template: (spec ?? data?.spec)?.template as JsonObject & { readonly metadata: JsonObject & { readonly labels: JsonObject } } };
    });
    const sorted = history.toSorted((one, other) => other.number - one.number);
    const chosen = toRevision === undefined ? sorted[1] : sorted.find(({ number }) => number === toRevision);
    if (chosen === undefined) return;
    const labels = without(chosen.template.metadata.labels, 'pod-template-hash');
    const value = { ...chosen.template, metadata: { ...chosen.template.metadata, labels } };
    const key = { apiVersion: 'apps/v1', kind: this.#subject.kind, name: this.#subject.name };
    this.play.request({ verb: 'patch', key, patchType: 'json', patch: [{ op: 'replace', path: '/spec/template', value }] });
  }
}
