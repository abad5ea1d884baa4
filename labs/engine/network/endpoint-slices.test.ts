import { describe, expect, test } from 'vitest';
import type { Pod, PodSpec, PodStatus, Service, ServiceSpec } from '../api/types.ts';
import { allEndpointSlices, decideEndpoints, endpointSlicesFor } from './endpoint-slices.ts';
import { statefulSetPods } from './stateful-set-pods.ts';

const service = (spec: Partial<ServiceSpec> = {}): Service => ({
  metadata: { name: 'web', namespace: 'shop' },
  spec: { selector: { app: 'web' }, clusterIP: '10.96.0.9', ports: [{ name: 'http', port: 80 }], ...spec },
});
function pod(name: string, status: Partial<PodStatus> = {}, spec: PodSpec = {}, meta: object = {}): Pod {
  return {
    metadata: { name, namespace: 'shop', labels: { app: 'web' }, ...meta },
    spec,
    status: { phase: 'Running', podIP: `10.244.0.${String(name.length)}`, conditions: [{ type: 'Ready', status: 'True' }], ...status },
  };
}
const notReady = { conditions: [{ type: 'Ready', status: 'False' }] };
const going = { deletionTimestamp: '2026-01-01T00:00:00Z' };

describe('endpoints of a Service', () => {
  test.each([
    ['a ready pod', pod('a'), {}, { ready: true, serving: true, terminating: false }],
    ['a pod that is not ready', pod('a', notReady), {}, { ready: false, serving: false, terminating: false }],
    ['a terminating pod', pod('a', {}, {}, going), {}, { ready: false, serving: true, terminating: true }],
    ['publishNotReadyAddresses', pod('a', notReady, {}, going), { publishNotReadyAddresses: true }, { ready: true, serving: false, terminating: true }],
  ] as const)('%s', (_, each, spec, conditions) => {
    expect(endpointSlicesFor(service(spec), [each])[0]?.endpoints[0]?.conditions).toEqual(conditions);
  });
  test.each([
    ['another namespace', pod('a', {}, {}, { namespace: 'default' })],
    ['another label', pod('a', {}, {}, { labels: { app: 'x' } })],
    ['ended containers', pod('a', { phase: 'Succeeded' })],
    ['no address', pod('a', { podIP: '' })],
  ])('%s is left out, and one empty slice stands', (_, each) => {
    expect(endpointSlicesFor(service(), [each]).map(({ endpoints, ports }) => [endpoints, ports])).toEqual([[[], []]]);
  });
  test('the hostname counts only where subdomain is the name of the Service', () => {
    const hostnames = (subdomain: string): unknown => endpointSlicesFor(service(), [pod('a', {}, { hostname: 'h', subdomain })])[0]?.endpoints[0]?.hostname;
    expect([hostnames('web'), hostnames('other')]).toEqual(['h', undefined]);
  });
  test('named target ports are looked up in each pod, and pods that differ stand in slices of their own', () => {
    const container = (number: number): PodSpec => ({ containers: [{ name: 'c', ports: [{ name: 'main', containerPort: number }] }] });
    const slices = endpointSlicesFor(service({ ports: [{ name: 'http', port: 80, targetPort: 'main' }] }), [
      pod('a', {}, container(8080)),
      pod('bb', {}, container(9090)),
      pod('ccc'),
    ]);
    expect(slices.map(({ ports, endpoints }) => [ports?.[0]?.port, endpoints.map(({ addresses }) => addresses[0])])).toEqual([
      [8080, ['10.244.0.1']],
      [9090, ['10.244.0.2']],
      [undefined, ['10.244.0.3']],
    ]);
  });
  test('a named port of a sidecar counts, of another protocol it does not', () => {
    const spec: PodSpec = { initContainers: [{ name: 's', restartPolicy: 'Always', ports: [{ name: 'dns', containerPort: 53, protocol: 'UDP' }] }] };
    const port = (protocol: 'TCP' | 'UDP'): number | undefined =>
      endpointSlicesFor(service({ ports: [{ port: 1, targetPort: 'dns', protocol }] }), [pod('a', {}, spec)])[0]?.ports?.[0]?.port;
    expect([port('UDP'), port('TCP')]).toEqual([53, undefined]);
  });
  test('dual stack makes a slice for each family', () => {
    const both = pod('a', { podIPs: [{ ip: '10.244.0.1' }, { ip: 'fd00::1' }] });
    expect(
      endpointSlicesFor(service({ ipFamilies: ['IPv4', 'IPv6'] }), [both]).map(({ addressType, endpoints }) => [addressType, endpoints[0]?.addresses]),
    ).toEqual([
      ['IPv4', ['10.244.0.1']],
      ['IPv6', ['fd00::1']],
    ]);
  });
  test('a slice holds 100 endpoints', () => {
    const many = Array.from({ length: 150 }, (_, index) => pod(`p${String(index)}`, { podIP: `10.244.1.${String(index)}` }));
    const slices = endpointSlicesFor(service(), many);
    expect(slices.map(({ endpoints }) => endpoints.length)).toEqual([100, 50]);
    expect(new Set(slices.map(({ metadata }) => metadata.name)).size).toBe(2);
  });
  test('no selector and ExternalName have none, with a reason', () => {
    expect(decideEndpoints(service({ selector: {} }), [pod('a')])).toMatchObject({ slices: [], none: expect.stringMatching(/no selector/u) as string });
    expect(decideEndpoints(service({ type: 'ExternalName' }), [pod('a')]).none).toMatch(/ExternalName/u);
  });
  test('says of each pod what was decided', () => {
    expect(decideEndpoints(service(), [pod('a'), pod('b', notReady), pod('c', { podIP: '' })]).pods.map(({ outcome }) => outcome)).toEqual([
      'ready',
      'not ready',
      'left out',
    ]);
  });
  test('hand-written slices stand behind', () => {
    const own = { metadata: { name: 'x', namespace: 'shop' }, addressType: 'IPv4', endpoints: [] } as const;
    expect(allEndpointSlices([service()], [pod('a')], [own]).at(-1)).toBe(own);
  });
});

describe('pods of a StatefulSet', () => {
  const pods = statefulSetPods(
    {
      metadata: { name: 'db', namespace: 'shop' },
      spec: { replicas: 2, serviceName: 'web', ordinals: { start: 5 }, template: { metadata: { labels: { app: 'web' } }, spec: {} } },
    },
    (_, ordinal) => (ordinal === 5 ? { address: '10.244.0.5', isReady: true } : { isReady: false }),
  );
  test('have name, hostname, subdomain and labels by ordinal', () => {
    expect(pods.map(({ metadata, spec }) => [metadata.name, spec.hostname, spec.subdomain, metadata.labels?.['apps.kubernetes.io/pod-index']])).toEqual([
      ['db-5', 'db-5', 'web', '5'],
      ['db-6', 'db-6', 'web', '6'],
    ]);
  });
  test('have a hostname in the slices of their Service', () => {
    expect(endpointSlicesFor(service(), pods)[0]?.endpoints.map(({ hostname, addresses }) => [hostname, addresses[0]])).toEqual([['db-5', '10.244.0.5']]);
  });
});
