import { createCluster, type Cluster, type ClusterEngine } from '../../labs/engine/loop/cluster.ts';
import type { JsonObject } from '../../labs/engine/patch/json.ts';
import { allAdmission, allKinds } from '../../labs/engine/review/all.ts';
import { quotaUsed, writtenUsage } from '../../labs/engine/review/admission/resource-quota.ts';
import { requestDecoder } from '../../labs/kit/cluster-lab/decode-request.ts';
import { allTables } from '../../labs/reading/all-tables.ts';
import type { FieldValidation } from '../../labs/reading/manifests-decode.ts';
import { createReview } from '../../labs/engine/review/review.ts';
import { isNamespaced, qualifiedResource } from '../../labs/engine/store/resource-kinds.ts';
import { getObject, listObjects } from '../../labs/engine/store/store.ts';
import type { StatusError } from '../../labs/engine/store/status-error.ts';
import { kindOf, type StoredObject } from '../../labs/engine/store/stored-object.ts';
import type { RecordedLimits, RecordedQuota } from './review-recording.ts';

const clusterFor = (fieldValidation: FieldValidation): ClusterEngine =>
  createCluster({ controllers: [], review: createReview({ kinds: allKinds, admission: allAdmission, decode: requestDecoder(allTables, fieldValidation) }) });
const engines: Readonly<Record<FieldValidation, ClusterEngine>> = { Strict: clusterFor('Strict'), Ignore: clusterFor('Ignore') };
const engine = engines.Strict;

/** Whether there are rules for the kind of a manifest. */
export function isReviewed({ apiVersion, kind }: JsonObject): boolean {
  if (typeof apiVersion !== 'string' || typeof kind !== 'string') return false;
  const { group } = kindOf({ apiVersion, kind });
  return allKinds.some((rules) => rules.group === group && rules.kind === kind);
}

function clusterWith(namespace: string): Cluster {
  const object = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } };
  return engine.request(engine.start({ seed: 'recorded' }), { verb: 'create', object }, { text: 'creates the namespace' }).cluster;
}

/** What the API server answers to the creation of a manifest's object in a cluster with nothing but one namespace. Nothing is kept. */
export function created(
  manifest: JsonObject,
  namespace: string,
  fieldValidation: FieldValidation = 'Strict',
): { readonly object: StoredObject } | { readonly error: StatusError } {
  const { apiVersion, kind, metadata } = manifest as JsonObject & Pick<StoredObject, 'apiVersion' | 'kind'>;
  const named = isNamespaced(kindOf({ apiVersion, kind })) ? { namespace } : {};
  const object = { ...manifest, metadata: { ...named, ...(metadata as JsonObject) } };
  const { answer } = engines[fieldValidation].request(clusterWith(namespace), { verb: 'create', object, dryRun: true }, { text: 'applies a manifest' });
  return answer.ok ? { object: answer.object } : { error: answer.error };
}

/** What becomes of pods that ask for something under limits. */
export function limited({ limitRange, pods }: RecordedLimits): unknown {
  const ask = (cluster: Cluster, object: JsonObject) => engine.request(cluster, { verb: 'create', object }, { text: 'creates' });
  const start = ask(engine.start({ seed: 'recorded' }), { apiVersion: 'v1', kind: 'LimitRange', metadata: { name: 'limits' }, spec: { limits: limitRange } });
  if (!start.answer.ok) return { error: start.answer.error.message };
  const got = pods.map(({ given }, index) => {
    const spec = { containers: [{ name: 'c', image: 'nginx', resources: given }] };
    const { answer } = ask(start.cluster, { apiVersion: 'v1', kind: 'Pod', metadata: { name: `p${index}` }, spec });
    if (!answer.ok) return { error: answer.error.message };
    const [container] = (answer.object.spec as { readonly containers: readonly JsonObject[] }).containers;
    return { result: container?.resources, annotation: answer.object.metadata.annotations?.['kubernetes.io/limit-ranger'] ?? null };
  });
  return { pods: got, defaulted: (start.answer.object.spec as JsonObject).limits };
}

/** What becomes of objects under a quota, and what is used of it after each. */
export function rationed({ hard, scopes, initialUsed, creates }: RecordedQuota): unknown {
  const ask = (cluster: Cluster, object: JsonObject) => engine.request(cluster, { verb: 'create', object }, { text: 'creates' });
  let { cluster } = ask(engine.start({ seed: 'recorded' }), {
    apiVersion: 'v1',
    kind: 'ResourceQuota',
    metadata: { name: 'q' },
    spec: { hard, ...(scopes !== null && { scopes }) },
  });
  for (let count = 0; count < Number(initialUsed.configmaps ?? 0); count += 1) {
    ({ cluster } = ask(cluster, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: `before-the-quota-${count}` } }));
  }
  const used = () => {
    const quota = getObject(cluster.store, { apiVersion: 'v1', kind: 'ResourceQuota', name: 'q' });
    return quota === undefined ? undefined : writtenUsage(quotaUsed(cluster.store, quota));
  };
  const initial = used();
  const got = creates.map(({ object }) => {
    const asked = ask(cluster, object);
    ({ cluster } = asked);
    const { answer } = asked;
    return { ok: answer.ok, ...(!answer.ok && { error: answer.error.message, code: answer.error.code }), used: used() };
  });
  for (const { metadata } of listObjects(cluster.store, { apiVersion: 'v1', kind: 'Pod' })) {
    const key = { apiVersion: 'v1', kind: 'Pod', name: metadata.name };
    ({ cluster } = engine.request(cluster, { verb: 'delete', key }, { text: 'deletes' }));
  }
  return { initialUsed: initial, creates: got, usedAfterPodsDeleted: used() };
}

/** What kubectl prints for an answer of the server. Models kubectl pkg/cmd/util/helpers.go StandardErrorMessage. */
export function printed(answer: ReturnType<typeof created>): { readonly exit: number; readonly stdout: string; readonly stderr: string } {
  if ('object' in answer) {
    const resource = qualifiedResource(kindOf(answer.object)).replace(/^[a-z]+/u, answer.object.kind.toLowerCase());
    return { exit: 0, stdout: `${resource}/${answer.object.metadata.name} created (server dry run)\n`, stderr: '' };
  }
  const { reason, message, causes = [] } = answer.error;
  if (reason !== 'Invalid') return { exit: 1, stdout: '', stderr: `Error from server (${reason}): error when creating "STDIN": ${message}\n` };
  const subject = /^([A-Za-z]+)(?:\.\S+)? ("(?:[^"\\]|\\.)*") is invalid/u.exec(message);
  const lines = [...new Set(causes.map(({ field, message: cause }) => `${field}: ${cause}`))];
  const list = lines.length === 1 ? lines.join('') : lines.map((line) => `\n* ${line}`).join('');
  return { exit: 1, stdout: '', stderr: `The ${subject?.[1] ?? ''} ${subject?.[2] ?? ''} is invalid: ${list}\n` };
}
