import { describe, expect, test } from 'vitest';
import reader from './read.ts';
import { stateOf } from './testing.ts';

const service = (spec: string): string => `apiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec:\n  ports: [{ port: 80 }]\n${spec}`;

function errorsOf(objects: string, proxy = '', before = '') {
  const result = reader.read({ objects, proxy, before });
  return result.ok ? [] : result.errors;
}

describe('mistakes in the objects', () => {
  test.each([
    ['a policy that does not exist', service('  internalTrafficPolicy: Node'), 5 + 1, /Unsupported value: "Node"/],
    ['an external policy on a ClusterIP', service('  externalTrafficPolicy: Local'), 6, /may only be set for externally-accessible services/],
    [
      'an affinity of more than a day',
      service('  sessionAffinity: ClientIP\n  sessionAffinityConfig: { clientIP: { timeoutSeconds: 90000 } }'),
      7,
      /must be greater than 0/,
    ],
    [
      'an affinity for nobody',
      service('  sessionAffinityConfig: { clientIP: { timeoutSeconds: 60 } }'),
      6,
      /^spec.sessionAffinityConfig: Forbidden: must not be set/,
    ],
    ['a distribution that does not exist', service('  trafficDistribution: PreferNode'), 6, /^spec.trafficDistribution: Unsupported value: "PreferNode"/],
    ['a source range that is none', service('  type: LoadBalancer\n  loadBalancerSourceRanges: [everybody]'), 7, /must be a valid CIDR value/],
    [
      'a pod on a node that is not there',
      'apiVersion: v1\nkind: Pod\nmetadata: { name: a }\nspec:\n  nodeName: mars\n  containers: [{ name: a, image: b }]',
      5,
      /there is no node "mars"/,
    ],
  ])('%s', (_, text, line, message) => {
    const [error] = errorsOf(text);
    expect(error).toMatchObject({ part: 'objects', line });
    expect(error?.message).toMatch(message);
    expect(error?.expected).not.toBe('');
  });

  test('a node port out of range, and one that stands twice', () => {
    const at = (name: string, port: number): string =>
      `apiVersion: v1\nkind: Service\nmetadata: { name: ${name} }\nspec:\n  type: NodePort\n  ports: [{ port: 80, nodePort: ${port} }]\n`;
    expect(errorsOf(at('a', 80))[0]?.message).toMatch(/not in the valid range/);
    expect(errorsOf(`${at('a', 30_080)}---\n${at('b', 30_080)}`)[0]).toMatchObject({
      line: 13,
      message: 'spec.ports[0].nodePort: Invalid value: 30080: provided port is already allocated',
    });
  });

  test('odd shapes in fields that the reader leaves alone do no harm', () => {
    expect(() =>
      stateOf({
        objects: `${service('  type: LoadBalancer\n  sessionAffinity: ClientIP\n  sessionAffinityConfig: 7')}\nstatus: { loadBalancer: { ingress: nobody } }`,
      }),
    ).not.toThrow();
  });

  test('mistakes in the text before are told there', () => {
    expect(errorsOf('', '', 'kind: Nothing')[0]?.part).toBe('before');
  });
});

describe('mistakes about kube-proxy', () => {
  test.each([
    ['mode: ipvs', /"ipvs" is not known/],
    ['nodes: { node-a: somewhere }', /is no IPv4 address/],
    ['clusterCIDR: 10.244.0.0', /is no block of IPv4 addresses/],
    ['clusterCIDR: 192.0.2.0/24', /holds the address of a node/],
    ['stopped: [node-z]', /there is no node "node-z"/],
    ['moreServices: 5000', /"5000" cannot stand here/],
    ['speed: 9', /no such field/],
  ])('%s', (proxy, message) => {
    const [error] = errorsOf('', proxy);
    expect(error?.part).toBe('proxy');
    expect(error?.message).toMatch(message);
  });
});

test('empty texts are a cluster without Services', () => {
  const state = stateOf({});
  expect(state.shown).toBe('');
  expect(state.outlook.ways).toEqual([]);
});

test('a NodePort without a port gets one of the range, a LoadBalancer an address', () => {
  const { cluster } = stateOf({ objects: service('  type: LoadBalancer') });
  expect(cluster.services[0]?.spec.ports?.[0]?.nodePort).toBeGreaterThanOrEqual(30_000);
  expect(cluster.services[0]?.status?.loadBalancer?.ingress?.[0]?.ip).toMatch(/^203\.0\.113\./);
});
