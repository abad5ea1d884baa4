import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import lab from './lab.ts';
import reader from './read.ts';
import { inputOf, textsOf } from './testing.ts';

const good = textsOf('fix-not-ready');

describe('a mistake names part, line and what was expected', () => {
  test.each([
    { name: 'an unknown kind', change: { cluster: 'apiVersion: v1\nkind: Ingres\nmetadata: { name: a }' }, part: 'cluster', line: 2, says: /Ingres/u },
    { name: 'an unknown field', change: { cluster: good.cluster.replace('clusterIP', 'clusterip') }, part: 'cluster', line: 7, says: /unknown field/u },
    { name: 'an unknown setting', change: { corefile: 'pod: insecure' }, part: 'corefile', line: 1, says: /no such field/u },
    { name: 'an unknown mode', change: { corefile: 'ttl: 30\npods: all' }, part: 'corefile', line: 2, says: /all/u },
    { name: 'a time to live that is too long', change: { corefile: 'ttl: 3601' }, part: 'corefile', line: 1, says: /3601/u },
    { name: 'a negative time to live', change: { corefile: 'ttl: -1' }, part: 'corefile', line: 1, says: /-1/u },
    { name: 'no domain', change: { corefile: 'clusterDomain: a b' }, part: 'corefile', line: 1, says: /RFC 1123/u },
    { name: 'a wrong address', change: { corefile: 'internet:\n  a.b: { A: 1.2.3.400 }' }, part: 'corefile', line: 2, says: /1\.2\.3\.400/u },
    { name: 'an unknown type', change: { guess: 'a.b A\nc.d MX' }, part: 'guess', line: 2, says: /MX/u },
    { name: 'too many words', change: { guess: '# ok\na.b A now' }, part: 'guess', line: 2, says: /more than/u },
    { name: 'a long name', change: { guess: 'a'.repeat(301) }, part: 'guess', line: 1, says: /301/u },
    { name: 'too many names', change: { guess: Array.from({ length: 41 }, (_, index) => `n${index}`).join('\n') }, part: 'guess', line: 1, says: /41/u },
    { name: 'a large text', change: { guess: `# ${'x'.repeat(5000)}` }, part: 'guess', line: 1, says: /large/u },
    { name: 'binary', change: { guess: 'a\u0000b' }, part: 'guess', line: 1, says: /NUL/u },
  ])('$name', ({ change, part, line, says }) => {
    const result = reader.read({ ...good, ...change });
    expect(result.ok).toBe(false);
    if (result.ok) return;
    expect(result.errors[0]).toMatchObject({ part, line });
    expect(result.errors[0]?.message).toMatch(says);
    expect(result.errors[0]?.expected).not.toBe('');
  });
});

test('empty texts are a cluster with nothing in it, and kubeadm’s Corefile', () => {
  const { cluster, corefile, guesses } = inputOf({});
  expect(cluster.services.map(({ metadata }) => metadata.name)).toEqual(['kubernetes', 'kube-dns']);
  expect(cluster.pods).toEqual([]);
  expect(corefile).toMatchObject({ clusterDomain: 'cluster.local', pods: 'insecure', ttlSeconds: 30 });
  expect(guesses).toEqual([]);
});

test('names: types in any case, comments, addresses as PTR, each query once', () => {
  const { guesses } = inputOf({ guess: '# a comment\n\nWeb.shop srv # why\nweb.SHOP. SRV\n10.96.0.10\n2001:db8::1 A\na' });
  expect(guesses.map(({ name, type }) => `${name} ${type}`)).toEqual([
    'Web.shop. SRV',
    '10.0.96.10.in-addr.arpa. PTR',
    '1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa. PTR',
    'a. A',
  ]);
});

test('a pod with the name of a member is that member, in its place', () => {
  const { cluster } = inputOf(good);
  expect(cluster.pods.map(({ pod, owner }) => `${pod.metadata.name} ${pod.status?.podIP ?? ''} ${owner ?? ''}`)).toEqual([
    'etcd-0 10.244.1.7 StatefulSet store/etcd',
    'etcd-1 10.244.2.17 StatefulSet store/etcd',
    'etcd-2 10.244.1.9 StatefulSet store/etcd',
  ]);
});

test('a copy of the controller’s own EndpointSlice does not count twice, one written by hand counts', () => {
  const slice = (name: string, manager: string): string =>
    `---\napiVersion: discovery.k8s.io/v1\nkind: EndpointSlice\nmetadata:\n  name: ${name}\n  namespace: store\n  labels: { kubernetes.io/service-name: etcd, endpointslice.kubernetes.io/managed-by: ${manager} }\naddressType: IPv4\nendpoints: [{ addresses: [10.1.1.1] }]\n`;
  const { cluster } = inputOf({ cluster: `${good.cluster}\n${slice('copy', 'endpointslice-controller.k8s.io')}${slice('mine', 'me')}` });
  expect(cluster.slices.map(({ metadata }) => metadata.name)).toEqual(['mine']);
});

test('texts with lines missing are read or refused, and whatever is read can be shown', () => {
  const lines = [...textsOf('reverse').cluster.split('\n'), ...textsOf('deployment-headless').cluster.split('\n')];
  fc.assert(
    fc.property(fc.subarray([...lines.keys()], { minLength: lines.length - 8 }), (kept) => {
      const result = reader.read({ ...good, cluster: kept.map((index) => lines[index]).join('\n') });
      if (!result.ok) expect(result.errors.length).toBeGreaterThan(0);
      else expect(lab.describe(lab.start(result.input, 1)).headline).not.toBe('');
    }),
    { numRuns: 300 },
  );
});

test.each([
  'apiVersion: apps/v1\nkind: StatefulSet\nmetadata: { name: a }\nspec: { selector: {} }',
  'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: a }\nspec: { selector: {} }',
  'apiVersion: apps/v1\nkind: StatefulSet\nmetadata: { name: a }\nspec: { selector: {}, template: {}, serviceName: b }',
  'apiVersion: apps/v1\nkind: StatefulSet\nmetadata: { name: a }\nspec: { selector: {}, template: { metadata: null, spec: null } }',
  'apiVersion: v1\nkind: Pod\nmetadata: { name: a }',
  'apiVersion: v1\nkind: Pod\nmetadata: { name: a }\nspec: null\nstatus: {}',
  'apiVersion: v1\nkind: Service\nmetadata: { name: a }\nspec: { clusterIP: None, ports: null, selector: null }',
  'apiVersion: discovery.k8s.io/v1\nkind: EndpointSlice\nmetadata: { name: a, labels: { kubernetes.io/service-name: b } }\naddressType: IPv4',
  'apiVersion: discovery.k8s.io/v1\nkind: EndpointSlice\nmetadata: { name: a, labels: null }\naddressType: IPv4\nendpoints: null\nports: null',
])('an object with little in it: %s', (cluster) => {
  const result = reader.read({ ...good, cluster });
  if (result.ok) expect(lab.describe(lab.start(result.input, 1)).tables).not.toEqual([]);
  else expect(result.errors[0]?.message).not.toBe('');
});
