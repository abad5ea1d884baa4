import { describe, expect, test } from 'vitest';
import type { ProxiedService } from './proxy-input.ts';
import { serviceMap } from './service-map.ts';
import { exampleInput, exampleService } from './testing.ts';

const portsOf = (service: ProxiedService, family: 'IPv4' | 'IPv6' = 'IPv4') => [...serviceMap(exampleInput([service], [], { family })).values()];

describe('a Service without a place in the rules', () => {
  test.each([
    ['a headless one', exampleService({ clusterIP: 'None' })],
    ['one of type ExternalName', exampleService({ type: 'ExternalName', clusterIP: '' })],
    ['one whose address is not given out yet', exampleService({ clusterIP: '' })],
    ['one of another proxy', { ...exampleService(), metadata: { name: 'web', labels: { 'service.kubernetes.io/service-proxy-name': 'mesh' } } }],
    ['one of the other family', exampleService({ clusterIP: 'fd00:96::7' })],
  ])('%s', (_, service) => {
    expect(portsOf(service)).toEqual([]);
  });
});

test('ports are told apart by name and protocol', () => {
  const ports = portsOf(exampleService({ ports: [{ name: 'dns', port: 53, protocol: 'UDP' }, { name: 'dns-tcp', port: 53 }, { port: 9 }] }));
  expect(ports.map(({ name, protocol }) => [name, protocol])).toEqual([
    ['shop/web', 'tcp'],
    ['shop/web:dns-tcp', 'tcp'],
    ['shop/web:dns', 'udp'],
  ]);
});

test('of two families each proxy takes its own addresses', () => {
  const service = exampleService(
    {
      clusterIP: '10.96.0.7',
      clusterIPs: ['10.96.0.7', 'fd00:96::7'],
      externalIPs: ['203.0.113.7', '2001:db8::7'],
      loadBalancerSourceRanges: ['10.0.0.0/8', 'fd00::/8'],
    },
    { loadBalancer: { ingress: [{ ip: '198.51.100.7' }, { ip: '2001:db8::1' }, { hostname: 'lb.example.org' }] } },
  );
  const shown = (family: 'IPv4' | 'IPv6') =>
    portsOf(service, family).map((port) => [port.clusterIP, port.externalIPs, port.loadBalancerIPs, port.sourceRanges.map(({ text }) => text)]);
  expect(shown('IPv4')).toEqual([['10.96.0.7', ['203.0.113.7'], ['198.51.100.7'], ['10.0.0.0/8']]]);
  expect(shown('IPv6')).toEqual([['fd00:96::7', ['2001:db8::7'], ['2001:db8::1'], ['fd00::/8']]]);
});

describe('what a port says of itself', () => {
  const ingress = {
    loadBalancer: {
      ingress: [
        { ip: '198.51.100.7', ipMode: 'VIP' as const },
        { ip: '198.51.100.8', ipMode: 'Proxy' as const },
      ],
    },
  };

  test.each([
    [
      'a load balancer that hands packets on as its own keeps its address to itself',
      exampleService({ type: 'LoadBalancer' }, ingress),
      { loadBalancerIPs: ['198.51.100.7'] },
    ],
    ['a range of all addresses is no range', exampleService({ loadBalancerSourceRanges: ['10.0.0.0/8', '0.0.0.0/0'] }), { sourceRanges: [] }],
    [
      'a policy for traffic from outside means nothing where none can come',
      exampleService({ externalTrafficPolicy: 'Local' }),
      { isExternalLocal: false, isExternal: false },
    ],
    [
      'external IPs let traffic in',
      exampleService({ externalTrafficPolicy: 'Local', externalIPs: ['203.0.113.7'] }),
      { isExternalLocal: true, isExternal: true },
    ],
    [
      'a load balancer asks for health where the policy is Local',
      exampleService({ type: 'LoadBalancer', externalTrafficPolicy: 'Local', healthCheckNodePort: 31000 }),
      { healthCheckNodePort: 31000 },
    ],
    ['a client is remembered for three hours if nothing is said', exampleService({ sessionAffinity: 'ClientIP' }), { affinitySeconds: 10_800 }],
  ])('%s', (_, service, expected) => {
    expect(portsOf(service)).toEqual([expect.objectContaining(expected)]);
  });

  test('it does not ask for health with policy Cluster, or for a node port', () => {
    for (const spec of [{ type: 'LoadBalancer' }, { type: 'NodePort', externalTrafficPolicy: 'Local' }] as const) {
      expect(portsOf(exampleService({ ...spec, healthCheckNodePort: 31000 }))[0]).not.toHaveProperty('healthCheckNodePort');
    }
  });
});
