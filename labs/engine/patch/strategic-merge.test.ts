import { describe, expect, test } from 'vitest';
import type { JsonObject } from './json.ts';
import { strategicMerge } from './strategic-merge.ts';

const pod: JsonObject = {
  metadata: { finalizers: ['a', 'b'], labels: { app: 'web' } },
  spec: {
    containers: [
      { name: 'web', image: 'nginx:1', env: [{ name: 'A', value: '1' }], command: ['x', 'y'] },
      { name: 'side', image: 'busybox' },
    ],
    volumes: [{ name: 'data', emptyDir: {} }],
  },
};
const specOf = (patch: JsonObject): unknown => {
  const result = strategicMerge(pod, { spec: patch }, 'Pod');
  return result.ok ? result.value.spec : result.error;
};

describe('lists', () => {
  test.each([
    {
      name: 'the order of the patch comes first, others keep theirs behind',
      kind: 'Pod',
      object: { spec: { containers: [{ name: 'a' }, { name: 'b' }, { name: 'c' }] } },
      patch: { spec: { containers: [{ name: 'c', image: 'x' }] } },
      result: { spec: { containers: [{ name: 'a' }, { name: 'b' }, { name: 'c', image: 'x' }] } },
    },
    {
      name: 'an order directive moves elements',
      kind: 'Pod',
      object: { spec: { containers: [{ name: 'a' }, { name: 'b' }, { name: 'c' }] } },
      patch: { spec: { '$setElementOrder/containers': [{ name: 'c' }, { name: 'a' }] } },
      result: { spec: { containers: [{ name: 'b' }, { name: 'c' }, { name: 'a' }] } },
    },
    {
      name: 'scalars are added without repeats',
      kind: 'Pod',
      object: { metadata: { finalizers: ['a', 'b'] } },
      patch: { metadata: { finalizers: ['b', 'c'] } },
      result: { metadata: { finalizers: ['a', 'b', 'c'] } },
    },
    {
      name: 'scalars are deleted by a parallel list',
      kind: 'Pod',
      object: { metadata: { finalizers: ['a', 'b'] } },
      patch: { metadata: { '$deleteFromPrimitiveList/finalizers': ['a'] } },
      result: { metadata: { finalizers: ['b'] } },
    },
    {
      name: 'deleting from a list that is not there adds nothing',
      kind: 'Pod',
      object: { metadata: {} },
      patch: { metadata: { '$deleteFromPrimitiveList/finalizers': ['a'] } },
      result: { metadata: {} },
    },
    {
      name: 'ports of a Service are told apart by port',
      kind: 'Service',
      object: { spec: { ports: [{ port: 80, name: 'http' }] } },
      patch: { spec: { ports: [{ port: 80, targetPort: 8080 }] } },
      result: { spec: { ports: [{ port: 80, name: 'http', targetPort: 8080 }] } },
    },
    {
      name: 'conditions are told apart by type',
      kind: 'Node',
      object: { status: { conditions: [{ type: 'Ready', status: 'True' }] } },
      patch: { status: { conditions: [{ type: 'Ready', status: 'False' }] } },
      result: { status: { conditions: [{ type: 'Ready', status: 'False' }] } },
    },
    {
      name: 'taints of a Node are replaced',
      kind: 'Node',
      object: { spec: { taints: [{ key: 'a' }] } },
      patch: { spec: { taints: [{ key: 'b' }] } },
      result: { spec: { taints: [{ key: 'b' }] } },
    },
    {
      name: 'a directive for an element that is not there leaves no trace',
      kind: 'Pod',
      object: { spec: {} },
      patch: {
        spec: {
          containers: [
            { name: 'a', $patch: 'delete' },
            { name: 'b', image: null },
          ],
        },
      },
      result: { spec: { containers: [{ name: 'b' }] } },
    },
    {
      name: 'the env of a container inside a CronJob',
      kind: 'CronJob',
      object: { spec: { jobTemplate: { spec: { template: { spec: { containers: [{ name: 'a', env: [{ name: 'X', value: '1' }] }] } } } } } },
      patch: { spec: { jobTemplate: { spec: { template: { spec: { containers: [{ name: 'a', env: [{ name: 'X', value: '2' }] }] } } } } } },
      result: { spec: { jobTemplate: { spec: { template: { spec: { containers: [{ name: 'a', env: [{ name: 'X', value: '2' }] }] } } } } } },
    },
  ])('$name', ({ kind, object, patch, result }) => {
    const before = structuredClone({ object, patch });
    expect(strategicMerge(object, patch, kind)).toEqual({ ok: true, value: result });
    expect({ object, patch }).toEqual(before);
  });
});

describe('objects', () => {
  test.each([
    { name: '$patch: replace takes the patch alone', patch: { $patch: 'replace', nodeName: 'n' }, result: { nodeName: 'n' } },
    { name: '$patch: delete empties', patch: { $patch: 'delete' }, result: {} },
    {
      name: '$retainKeys clears what it does not name',
      patch: { $retainKeys: ['volumes', 'nodeName'], nodeName: 'n' },
      result: { volumes: [{ name: 'data', emptyDir: {} }], nodeName: 'n' },
    },
  ])('$name', ({ patch, result }) => {
    expect(specOf(patch)).toEqual(result);
  });

  test('the selector of a PodDisruptionBudget is replaced as a whole', () => {
    const object = { spec: { selector: { matchLabels: { a: '1' } } } };
    const patch = { spec: { selector: { matchExpressions: [] } } };
    expect(strategicMerge(object, patch, 'PodDisruptionBudget')).toEqual({ ok: true, value: patch });
  });
});

test.each([
  [{ containers: [{ image: 'x' }] }, 'internal', 'map: map[image:x] does not contain declared merge key: name'],
  [{ containers: [{ name: 'web', $patch: 'burn' }] }, 'internal', 'unknown patch type: burn in map: map[$patch:burn name:web]'],
  [{ containers: [{ $patch: 'delete' }] }, 'internal', 'map: map[$patch:delete] does not contain declared merge key: name'],
  [{ containers: ['web'] }, 'internal', undefined],
  [{ $patch: 'burn' }, 'internal', 'unknown patch type: burn in map: map[$patch:burn]'],
  [{ $retainKeys: ['a'], b: 1 }, 'malformed', 'invalid patch format of retainKeys'],
  [{ '$setElementOrder/containers': 'web' }, 'internal', 'expected a []interface {}, but received a string'],
  [{ $setElementOrder: [] }, 'malformed', 'invalid patch format of setElementOrder list'],
  [{ $deleteFromPrimitiveList: ['a'] }, 'malformed', 'invalid patch format of primitive list'],
  [
    { '$setElementOrder/containers': [{ name: 'side' }], containers: [{ name: 'web' }] },
    'internal',
    "the order in patch list:\n[map[name:web]]\n doesn't match $setElementOrder list:\n[map[name:side]]",
  ],
] as const)('%j is refused as %s', (patch, reason, message) => {
  expect(specOf(patch)).toMatchObject({ reason, ...(message !== undefined && { message }) });
});
