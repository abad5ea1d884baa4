import { describe, expect, test } from 'vitest';
import type { Cluster } from '../loop/cluster.ts';
import type { Json, JsonObject } from '../patch/json.ts';
import { act, byDefault, claim, clusterOf, create, empty, engine, messageOf, pod, priorityClass, storageClass } from './testing.ts';

describe('admission', () => {
  test('a namespace that nobody made takes nothing; those of the API server are there', () => {
    expect(messageOf(create(empty, pod({}, { namespace: 'shop' })).answer)).toBe('namespaces "shop" not found');
    for (const namespace of ['default', 'kube-system', 'kube-public', 'kube-node-lease']) {
      expect(create(empty, pod({}, { namespace })).answer.ok, namespace).toBe(true);
    }
  });

  test('a namespace that is being deleted takes nothing new, but what is there can change', () => {
    const shop = clusterOf({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } }, pod({}, { namespace: 'shop' }));
    const ending = act(shop, { verb: 'delete', key: { apiVersion: 'v1', kind: 'Namespace', name: 'shop' } }).cluster;
    const another = pod({}, { namespace: 'shop', name: 'late' });
    expect(messageOf(create(ending, another).answer)).toBe(
      'pods "late" is forbidden: unable to create new content in namespace shop because it is being terminated',
    );
    const patch = { metadata: { labels: { seen: 'yes' } } };
    expect(act(ending, { verb: 'patch', key: { apiVersion: 'v1', kind: 'Pod', namespace: 'shop', name: 'web' }, patchType: 'merge', patch }).answer.ok).toBe(
      true,
    );
  });

  test('the default class: the newest; of two in one second the first by name; none for a claim that names one or says ""', () => {
    const classOf = (cluster: Cluster, object: Json): Json | undefined => {
      const { answer } = create(cluster, object);
      return answer.ok ? (answer.object.spec as JsonObject).storageClassName : undefined;
    };
    const twins = clusterOf(storageClass('slow', {}, byDefault), storageClass('fast', {}, byDefault));
    expect(classOf(twins, claim())).toBe('fast');
    const later = engine.run(twins, { untilMs: 2000, stepsMax: 1 }).cluster;
    expect(classOf(create(later, storageClass('zoned', {}, byDefault)).cluster, claim())).toBe('zoned');
    expect(classOf(twins, claim({ storageClassName: '' }))).toBe('');
    expect(classOf(twins, claim({ storageClassName: 'own' }))).toBe('own');
    expect(classOf(clusterOf(storageClass('plain')), claim())).toBeUndefined();
  });

  test.each([
    ['no class: 0', [], pod(), { priority: 0, preemptionPolicy: 'PreemptLowerPriority' }],
    ['the default class', [priorityClass('usual', 7, { globalDefault: true })], pod(), { priority: 7, priorityClassName: 'usual' }],
    ['a class', [priorityClass('high', 90, { preemptionPolicy: 'Never' })], pod({ priorityClassName: 'high' }), { priority: 90, preemptionPolicy: 'Never' }],
    ['a class of the system', [], pod({ priorityClassName: 'system-node-critical' }), { priority: 2_000_001_000 }],
  ])('priority: %s', (_title, classes, object, expected) => {
    const { answer } = create(clusterOf(...classes), object);
    expect(answer.ok && answer.object.spec).toMatchObject(expected);
  });

  test.each([
    ['an unknown class', pod({ priorityClassName: 'nope' }), 'pods "web" is forbidden: no PriorityClass with name nope was found'],
    [
      'a generated name is not there yet',
      pod({ priorityClassName: 'nope' }, { name: '', generateName: 'web-' }),
      'pods "web-" is forbidden: no PriorityClass with name nope was found',
    ],
    [
      'a number of its own',
      pod({ priority: 5 }),
      'pods "web" is forbidden: the integer value of priority (5) must not be provided in pod spec; priority admission controller computed 0 from the given PriorityClass name',
    ],
    [
      'an unknown account',
      pod({ serviceAccountName: 'nope' }),
      'pods "web" is forbidden: error looking up service account default/nope: serviceaccount "nope" not found',
    ],
    [
      'a second default class',
      priorityClass('second', 1, { globalDefault: true }),
      'priorityclasses.scheduling.k8s.io "second" is forbidden: PriorityClass usual is already marked as default. Only one default can exist',
    ],
  ])('refused: %s', (_title, object, message) => {
    expect(messageOf(create(clusterOf(priorityClass('usual', 0, { globalDefault: true })), object).answer)).toBe(message);
  });

  test('the token is mounted unless the pod, or else its account, says no', () => {
    const account = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'quiet' }, automountServiceAccountToken: false };
    const volumesOf = (spec: JsonObject): unknown => {
      const { answer } = create(clusterOf(account), pod(spec));
      return answer.ok ? (answer.object.spec as JsonObject).volumes : answer.error;
    };
    expect(volumesOf({})).toHaveLength(1);
    expect(volumesOf({ automountServiceAccountToken: false })).toBeUndefined();
    expect(volumesOf({ serviceAccountName: 'quiet' })).toBeUndefined();
    expect(volumesOf({ serviceAccountName: 'quiet', automountServiceAccountToken: true })).toHaveLength(1);
  });

  test('a node that comes as ready has no taint, another one has', () => {
    const node = (name: string, status: JsonObject): JsonObject => ({ apiVersion: 'v1', kind: 'Node', metadata: { name }, status });
    const taintsOf = (object: Json): unknown => {
      const { answer } = create(empty, object);
      return answer.ok ? (answer.object.spec as JsonObject).taints : answer.error;
    };
    expect(taintsOf(node('a', { conditions: [{ type: 'Ready', status: 'True' }] }))).toBeUndefined();
    expect(taintsOf(node('b', { conditions: [{ type: 'Ready', status: 'False' }] }))).toEqual([{ key: 'node.kubernetes.io/not-ready', effect: 'NoSchedule' }]);
  });

  test('volumes and claims get their protection once', () => {
    const { answer } = create(empty, { ...claim(), metadata: { name: 'data', finalizers: ['kubernetes.io/pvc-protection'] } });
    expect(answer.ok && answer.object.metadata.finalizers).toEqual(['kubernetes.io/pvc-protection']);
  });
});

describe('limits and quotas', () => {
  const range = (...limits: readonly Json[]): JsonObject => ({ apiVersion: 'v1', kind: 'LimitRange', metadata: { name: 'limits' }, spec: { limits } });
  const quota = (hard: JsonObject, rest: JsonObject = {}): JsonObject => ({
    apiVersion: 'v1',
    kind: 'ResourceQuota',
    metadata: { name: 'all' },
    spec: { hard, ...rest },
  });
  const asking = (name: string, requests: JsonObject, rest: JsonObject = {}): JsonObject =>
    pod({ containers: [{ name: 'web', image: 'nginx', resources: { requests } }], ...rest }, { name });

  test.each([
    [
      'a claim beyond the maximum',
      { max: { storage: '10Gi' } },
      claim({}, '20Gi'),
      'maximum storage usage per PersistentVolumeClaim is 10Gi, but request is 20Gi',
    ],
    [
      'a claim below the minimum',
      { min: { storage: '10Gi' } },
      claim({}, '5Gi'),
      'minimum storage usage per PersistentVolumeClaim is 10Gi, but request is 5Gi',
    ],
  ])('a LimitRange refuses %s', (_title, bounds, object, because) => {
    const { answer } = create(clusterOf(range({ type: 'PersistentVolumeClaim', ...bounds })), object);
    expect(messageOf(answer)).toBe(`persistentvolumeclaims "data" is forbidden: ${because}`);
  });

  test('the limits of a namespace are no business of another', () => {
    const other = clusterOf({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } }, range({ type: 'Pod', max: { cpu: '1' } }));
    expect(create(other, pod({}, { namespace: 'shop' })).answer.ok).toBe(true);
    expect(messageOf(create(other, pod()).answer)).toBe('pods "web" is forbidden: maximum cpu usage per Pod is 1.  No limit is specified');
  });

  test('init containers count as long as they run, sidecars all the time', () => {
    const cluster = clusterOf(quota({ cpu: '1' }));
    const init = (cpu: string, rest: JsonObject = {}): JsonObject => ({ name: `init-${cpu}`, image: 'nginx', resources: { requests: { cpu } }, ...rest });
    const used = (initContainers: readonly Json[]): string => messageOf(create(cluster, asking('a', { cpu: '600m' }, { initContainers })).answer);
    expect(used([init('900m')])).toBe('accepted');
    expect(used([init('1100m')])).toMatch(/requested: cpu=1100m, used: cpu=0, limited: cpu=1$/u);
    expect(used([init('500m', { restartPolicy: 'Always' })])).toMatch(/requested: cpu=1100m,/u);
  });

  test('a pod that has ended gives back what it used', () => {
    const full = clusterOf(quota({ pods: '1' }), asking('a', {}));
    expect(messageOf(create(full, asking('b', {})).answer)).toBe(
      'pods "b" is forbidden: exceeded quota: all, requested: pods=1, used: pods=1, limited: pods=1',
    );
    const key = { apiVersion: 'v1', kind: 'Pod', name: 'a' };
    const ended = act(full, { verb: 'patch', key, patchType: 'merge', subresource: 'status', patch: { status: { phase: 'Succeeded' } } }).cluster;
    expect(create(ended, asking('b', {})).answer.ok).toBe(true);
  });

  test('a claim that grows takes what it did not have; one that stays does not', () => {
    const growing = storageClass('fast', { allowVolumeExpansion: true });
    const key = { apiVersion: 'v1', kind: 'PersistentVolumeClaim', name: 'data' };
    const status = { phase: 'Bound', capacity: { storage: '5Gi' } };
    const held = clusterOf(quota({ 'requests.storage': '7Gi' }), growing, claim({ storageClassName: 'fast' }));
    const bound = act(held, { verb: 'patch', key, patchType: 'merge', subresource: 'status', patch: { status } }).cluster;
    const grown = (storage: string): string =>
      messageOf(act(bound, { verb: 'patch', key, patchType: 'merge', patch: { spec: { resources: { requests: { storage } } } } }).answer);
    expect(grown('7Gi')).toBe('accepted');
    expect(grown('8Gi')).toBe(
      'persistentvolumeclaims "data" is forbidden: exceeded quota: all, requested: requests.storage=3Gi, used: requests.storage=5Gi, limited: requests.storage=7Gi',
    );
  });

  test('a quota for a class of priority leaves other pods alone', () => {
    const scopeSelector = { matchExpressions: [{ scopeName: 'PriorityClass', operator: 'In', values: ['high'] }] };
    const cluster = clusterOf(priorityClass('high', 9), quota({ pods: '0' }, { scopeSelector }));
    expect(create(cluster, pod()).answer.ok).toBe(true);
    expect(messageOf(create(cluster, pod({ priorityClassName: 'high' })).answer)).toMatch(/exceeded quota: all, requested: pods=1/u);
  });
});
