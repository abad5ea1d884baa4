import { describe, expect, test } from 'vitest';
import type { Cluster } from '../loop/cluster.ts';
import type { Json, JsonObject } from '../patch/json.ts';
import { act, claim, clusterOf, create, empty, engine, messageOf, pod, priorityClass, storageClass, volume } from './testing.ts';

const claimKey = { apiVersion: 'v1', kind: 'PersistentVolumeClaim', namespace: 'default', name: 'data' };
const podKey = { apiVersion: 'v1', kind: 'Pod', namespace: 'default', name: 'web' };

/** What comes of a merge patch. */
const patched = (cluster: Cluster, key: typeof podKey | { apiVersion: string; kind: string; name: string }, patch: Json): string =>
  messageOf(act(cluster, { verb: 'patch', key, patchType: 'merge', patch }).answer);

describe('updates', () => {
  const immutable =
    'PersistentVolumeClaim "data" is invalid: spec: Forbidden: spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims';
  const grow = { spec: { resources: { requests: { storage: '8Gi' } } } };
  const bound = (cluster: Cluster): Cluster =>
    act(cluster, {
      verb: 'patch',
      key: claimKey,
      patchType: 'merge',
      subresource: 'status',
      patch: { status: { phase: 'Bound', capacity: { storage: '5Gi' } } },
    }).cluster;

  test.each([
    ['the name of its volume, once', clusterOf(claim()), { spec: { volumeName: 'disk' } }, 'accepted'],
    ['the name of its volume, again', clusterOf(claim({ volumeName: 'disk' })), { spec: { volumeName: 'other' } }, immutable],
    ['a class, if it has none', clusterOf(claim()), { spec: { storageClassName: 'fast' } }, 'accepted'],
    ['another class', clusterOf(claim({ storageClassName: 'slow' })), { spec: { storageClassName: 'fast' } }, immutable],
    ['a request while it is not bound', clusterOf(claim()), grow, immutable],
    [
      'a larger request without a class that allows it',
      bound(clusterOf(claim())),
      grow,
      'persistentvolumeclaims "data" is forbidden: only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc must support resize',
    ],
    [
      'a larger request with a class that allows it',
      bound(clusterOf(storageClass('fast', { allowVolumeExpansion: true }), claim({ storageClassName: 'fast' }))),
      grow,
      'accepted',
    ],
    [
      'less than it has',
      bound(clusterOf(claim())),
      { spec: { resources: { requests: { storage: '4Gi' } } } },
      'PersistentVolumeClaim "data" is invalid: spec.resources.requests.storage: Forbidden: field can not be less than status.capacity',
    ],
    ['the same amount in other words', clusterOf(claim()), { spec: { resources: { requests: { storage: '5120Mi' } } } }, 'accepted'],
  ])('a claim may not change all: %s', (_title, cluster, patch, message) => {
    expect(patched(cluster, claimKey, patch)).toBe(message);
  });

  const podFields =
    '`spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)';
  test.each([
    ['an image', { containers: [{ name: 'web', image: 'nginx:1.29', imagePullPolicy: 'Always' }] }, 'accepted'],
    ['a node', { nodeName: 'n1' }, `Pod "web" is invalid: spec: Forbidden: pod updates may not change fields other than ${podFields}`],
    ['a deadline', { activeDeadlineSeconds: 60 }, 'accepted'],
    [
      'fewer tolerations',
      { tolerations: [{ key: 'a', operator: 'Exists' }] },
      'Pod "web" is invalid: spec.tolerations: Forbidden: existing toleration can not be modified except its tolerationSeconds',
    ],
    [
      'more containers',
      {
        containers: [
          { name: 'web', image: 'nginx' },
          { name: 'more', image: 'nginx' },
        ],
      },
      'Pod "web" is invalid: spec.containers: Forbidden: pod updates may not add or remove containers',
    ],
    [
      'a new gate',
      { schedulingGates: [{ name: 'a/b' }] },
      `Pod "web" is invalid: spec.schedulingGates[0].name: Forbidden: only deletion is allowed, but found new scheduling gate 'a/b'`,
    ],
  ])('a pod may change little: %s', (_title, spec, message) => {
    const bare = clusterOf(pod({ automountServiceAccountToken: false, tolerations: [{ key: 'b', operator: 'Exists' }] }));
    const kept = 'tolerations' in spec ? {} : { tolerations: [{ key: 'b', operator: 'Exists' }, ...defaults] };
    expect(patched(bare, podKey, { spec: { ...kept, ...spec } })).toBe(message);
  });

  const defaults = ['not-ready', 'unreachable'].map((name) => ({
    key: `node.kubernetes.io/${name}`,
    operator: 'Exists',
    effect: 'NoExecute',
    tolerationSeconds: 300,
  }));

  test.each([
    [
      'the source of a volume',
      volume(),
      { spec: { hostPath: { path: '/other' } } },
      'PersistentVolume "disk" is invalid: spec.persistentvolumesource: Forbidden: spec.persistentvolumesource is immutable after creation',
    ],
    [
      'the mode of a volume',
      volume(),
      { spec: { volumeMode: 'Block' } },
      'PersistentVolume "disk" is invalid: volumeMode: Invalid value: "Block": field is immutable',
    ],
    ['the policy of a volume', volume(), { spec: { persistentVolumeReclaimPolicy: 'Delete' } }, 'accepted'],
    ['the size of a volume', volume(), { spec: { capacity: { storage: '2Gi' } } }, 'accepted'],
    [
      'the nodes of a volume',
      volume({ nodeAffinity: { required: { nodeSelectorTerms: [{ matchExpressions: [{ key: 'zone', operator: 'In', values: ['a'] }] }] } } }),
      { spec: { nodeAffinity: { required: { nodeSelectorTerms: [{ matchFields: [{ key: 'metadata.name', operator: 'In', values: ['n'] }] }] } } } },
      'PersistentVolume "disk" is invalid: nodeAffinity: Invalid value: {"Required":{"NodeSelectorTerms":[{"MatchExpressions":null,"MatchFields":[{"Key":"metadata.name","Operator":"In","Values":["n"]}]}]}}: field is immutable',
    ],
    [
      'the provisioner of a class',
      storageClass('fast'),
      { provisioner: 'a/b' },
      'StorageClass.storage.k8s.io "fast" is invalid: provisioner: Forbidden: updates to provisioner are forbidden.',
    ],
    [
      'the binding mode of a class',
      storageClass('fast'),
      { volumeBindingMode: 'WaitForFirstConsumer' },
      'StorageClass.storage.k8s.io "fast" is invalid: volumeBindingMode: Invalid value: "WaitForFirstConsumer": field is immutable',
    ],
    [
      'the value of a priority class',
      priorityClass('high', 5),
      { value: 6 },
      'PriorityClass.scheduling.k8s.io "high" is invalid: value: Forbidden: may not be changed in an update.',
    ],
  ])('%s', (_title, object, patch, message) => {
    const { apiVersion, kind, metadata } = object as { apiVersion: string; kind: string; metadata: { name: string } };
    expect(patched(clusterOf(object), { apiVersion, kind, name: metadata.name }, patch)).toBe(message);
  });

  test('the selector of a Deployment and most of a StatefulSet stay as they are', () => {
    const template = { metadata: { labels: { app: 'web', tier: 'front' } }, spec: { containers: [{ name: 'web', image: 'nginx' }] } };
    const workload = (kind: string): JsonObject => ({
      apiVersion: 'apps/v1',
      kind,
      metadata: { name: 'web' },
      spec: { selector: { matchLabels: { app: 'web' } }, template },
    });
    const key = (kind: string) => ({ apiVersion: 'apps/v1', kind, namespace: 'default', name: 'web' });
    expect(patched(clusterOf(workload('Deployment')), key('Deployment'), { spec: { selector: { matchLabels: { tier: 'front' } } } })).toBe(
      'Deployment.apps "web" is invalid: spec.selector: Invalid value: {"matchLabels":{"app":"web","tier":"front"}}: field is immutable',
    );
    expect(patched(clusterOf(workload('StatefulSet')), key('StatefulSet'), { spec: { serviceName: 'web' } })).toMatch(
      /updates to statefulset spec for fields other than/,
    );
    expect(patched(clusterOf(workload('StatefulSet')), key('StatefulSet'), { spec: { replicas: 3 } })).toBe('accepted');
  });
});

describe('a binding', () => {
  const bind = (cluster: Cluster, nodeName: string) =>
    act(cluster, { verb: 'patch', key: podKey, patchType: 'merge', subresource: 'binding', patch: { spec: { nodeName } } });

  test('sets the node and the condition, once', () => {
    const first = bind(clusterOf(pod()), 'n1');
    expect(first.answer.ok && first.answer.object).toMatchObject({
      spec: { nodeName: 'n1' },
      status: { conditions: [{ type: 'PodScheduled', status: 'True' }] },
    });
    expect(messageOf(bind(first.cluster, 'n2').answer)).toBe('Operation cannot be fulfilled on pods/binding "web": pod web is already assigned to node "n1"');
  });

  test('is refused to a gated pod, which says so from the start', () => {
    const gated = clusterOf(pod({ schedulingGates: [{ name: 'example.com/wait' }] }));
    expect(messageOf(bind(gated, 'n1').answer)).toBe('Operation cannot be fulfilled on pods/binding "web": pod web has non-empty .spec.schedulingGates');
    const { answer } = create(empty, pod({ schedulingGates: [{ name: 'example.com/wait' }] }));
    expect(answer.ok && answer.object.status).toMatchObject({ conditions: [{ type: 'PodScheduled', status: 'False', reason: 'SchedulingGated' }] });
  });
});

test('a phase says when it began', () => {
  const made = engine.run(clusterOf(volume()), { untilMs: 5000, stepsMax: 1 }).cluster;
  const key = { apiVersion: 'v1', kind: 'PersistentVolume', name: 'disk' };
  const status = (patch: JsonObject) => act(made, { verb: 'patch', key, patchType: 'merge', subresource: 'status', patch: { status: patch } }).answer;
  const available = status({ phase: 'Available' });
  expect(available.ok && available.object.status).toEqual({ phase: 'Available', lastPhaseTransitionTime: '2026-01-01T00:00:05Z' });
  const same = status({ message: 'x' });
  expect(same.ok && same.object.status).toEqual({ phase: 'Pending', lastPhaseTransitionTime: '2026-01-01T00:00:00Z', message: 'x' });
});
