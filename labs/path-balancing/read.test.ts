import { expect, test } from 'vitest';
import reader from './read.ts';

const service = `apiVersion: v1
kind: Service
metadata: { name: cart }
spec:
  selector: { app: cart }
  ports: [{ port: 80 }]
`;

const read = (texts: { readonly service?: string; readonly cluster?: string; readonly traffic?: string }) =>
  reader.read({ service, cluster: '', traffic: '', ...texts });

test('empty texts mean one node with three pods and a connection for each request', () => {
  const result = read({});
  expect(result).toMatchObject({
    ok: true,
    input: { cluster: { proxy: 'iptables', nodes: [{ name: 'node-1', pods: 3 }] }, traffic: { clients: 1, requestsPerConnection: 1, requests: 1000 } },
  });
});

const withSpec = (line: string): string => service.replace('spec:\n', `spec:\n  ${line}\n`);

test.each([
  ['no object', { service: '' }, 'service', 1, 'there is no Service here'],
  ['another kind', { service: 'apiVersion: v1\nkind: Endpoints\nmetadata: { name: cart }\n' }, 'service', 2, 'this lab has no use for Endpoints objects'],
  ['a kind of another group', { service: 'apiVersion: v1\nkind: Pod\nmetadata: { name: cart }\n' }, 'service', 2, 'this lab has no use for Pod objects'],
  [
    'an affinity of more than a day',
    { service: withSpec('sessionAffinity: ClientIP\n  sessionAffinityConfig: { clientIP: { timeoutSeconds: 90000 } }') },
    'service',
    6,
    'spec.sessionAffinityConfig.clientIP.timeoutSeconds: Invalid value: 90000: must be greater than 0 and less than 86400',
  ],
  [
    'a wrong policy',
    { service: withSpec('internalTrafficPolicy: Near') },
    'service',
    5,
    'spec.internalTrafficPolicy: Unsupported value: "Near": supported values: "Cluster", "Local"',
  ],
  [
    'a policy that needs another type',
    { service: withSpec('externalTrafficPolicy: Local') },
    'service',
    5,
    'spec.externalTrafficPolicy: Invalid value: "Local": may only be set for externally-accessible services',
  ],
  [
    'a timeout without affinity',
    { service: withSpec('sessionAffinityConfig: { clientIP: { timeoutSeconds: 60 } }') },
    'service',
    5,
    'spec.sessionAffinityConfig: Forbidden: must not be set when session affinity is None',
  ],
  [
    'a headless Service',
    { service: withSpec('clusterIP: None') },
    'service',
    5,
    'a headless Service has no rules: its clients choose among the addresses that DNS gives',
  ],
  ['no selector', { service: service.replace('  selector: { app: cart }\n', '') }, 'service', 4, 'this Service selects no pods'],
  ['a mode that is gone', { cluster: 'proxy: userspace' }, 'cluster', 1, 'proxy: "userspace" is not known'],
  ['too many nodes', { cluster: `nodes:\n${'  - { name: a }\n'.repeat(4)}` }, 'cluster', 2, 'nodes: 4 items are too many'],
  ['too many pods', { cluster: 'nodes:\n  - { name: node-1, pods: 7 }' }, 'cluster', 2, 'nodes.0.pods: 7 is too large'],
  ['more not ready than there are', { cluster: 'nodes:\n  - { name: node-1, pods: 1, notReady: 2 }' }, 'cluster', 2, 'nodes.0.notReady: 2 is too large'],
  [
    'a scaling without a time',
    { cluster: 'nodes:\n  - { name: node-1, pods: 1, podsLater: 2 }' },
    'cluster',
    2,
    'nodes.0.podsLater: nothing says when the pods are scaled',
  ],
  ['two nodes of one name', { cluster: 'nodes:\n  - { name: a }\n  - { name: a }' }, 'cluster', 3, 'nodes.1.name: there is a node a above already'],
  ['an unknown field', { traffic: 'client: 3' }, 'traffic', 1, 'client: no such field'],
  ['a node that is not there', { traffic: 'nodes: [node-9]' }, 'traffic', 1, 'nodes.0: there is no node "node-9"'],
  ['a ClusterIP from outside', { traffic: 'from: internet' }, 'traffic', 1, 'from: nobody outside reaches a Service of type ClusterIP'],
  [
    'too many connections',
    { traffic: 'clients: 200\nconnectionsPerClient: 6' },
    'traffic',
    2,
    'connectionsPerClient: 1200 open connections are too many for this lab',
  ],
  ['a word for a number', { traffic: 'requests: many' }, 'traffic', 1, 'requests: "many" is not a whole number'],
  ['half a request', { traffic: 'requests: 0.5' }, 'traffic', 1, 'requests: "0.5" is not a whole number'],
] as const)('%s', (_, texts, part, line, message) => {
  const result = read(texts);
  expect(result.ok).toBe(false);
  expect(result.ok ? [] : result.errors).toContainEqual(expect.objectContaining({ part, line, message }));
});

test('large or binary texts are refused, never thrown at', () => {
  for (const text of ['x'.repeat(100_000), '\u0000', '{'.repeat(5000), 'a: &a [*a]'])
    expect([read({ service: text }).ok, read({ cluster: text }).ok, read({ traffic: text }).ok]).toEqual([false, false, false]);
});
