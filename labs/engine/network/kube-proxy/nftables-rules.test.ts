import { describe, expect, test } from 'vitest';
import { nftEndpointNames } from './nftables-chain-names.ts';
import { sortedElements } from './nftables-elements.ts';
import { nftRuleText, verdictText } from './nftables-rule-text.ts';
import { nftablesRules } from './nftables-rules.ts';
import { nftRuleset } from './nftables-ruleset.ts';
import type { ProxyInput } from './proxy-input.ts';
import { serviceMap } from './service-map.ts';
import { exampleEndpoint, exampleInput, exampleService, exampleSlice } from './testing.ts';

const chainsOf = (input: ProxyInput) => Object.fromEntries(nftablesRules(input).chains.map(({ name, rules }) => [name, rules.map(nftRuleText)]));
const own = '452DNVGS-shop/web/tcp/';
const elementsOf = (input: ProxyInput, map: string) =>
  (nftablesRules(input).maps.find(({ name }) => name === map)?.elements ?? []).map(({ key, verdict }) =>
    `${key.join(' ')} ${verdictText(verdict)}`.replaceAll(own, '='),
  );
const here = exampleSlice([exampleEndpoint(1, 'here')]);
const ingress = { loadBalancer: { ingress: [{ ip: '198.51.100.7' }] } };
const ranged = (...loadBalancerSourceRanges: readonly string[]) => exampleService({ type: 'LoadBalancer', loadBalancerSourceRanges }, ingress);

describe('source ranges', () => {
  test.each([
    [['203.0.113.0/24'], 'ip saddr != 203.0.113.0/24 drop'],
    [['203.0.113.0/24', '10.0.0.0/8'], 'ip saddr != { 10.0.0.0/8, 203.0.113.0/24 } drop'],
    [['192.168.0.0/16'], 'ip saddr != { 192.168.0.0/16, 198.51.100.7 } drop'],
  ])('%j: %s', (ranges, expected) => {
    expect(chainsOf(exampleInput([ranged(...ranges)], [here]))[`firewall-${own}`]).toEqual([expected]);
  });

  test('they hold though there is no endpoint', () => {
    const input = exampleInput([ranged('203.0.113.0/24')], []);
    expect(elementsOf(input, 'firewall-ips')).toEqual(['198.51.100.7 tcp 80 goto firewall-=']);
    expect(elementsOf(input, 'no-endpoint-services')).toEqual(['10.96.0.7 tcp 80 goto reject-chain', '198.51.100.7 tcp 80 goto reject-chain']);
    expect(chainsOf(input)).not.toHaveProperty(`external-${own}`);
  });
});

test('a chain shows how long a client keeps its endpoint', () => {
  const text = (timeoutSeconds: number) =>
    nftRuleset([
      nftablesRules(exampleInput([exampleService({ sessionAffinity: 'ClientIP', sessionAffinityConfig: { clientIP: { timeoutSeconds } } })], [here])),
    ]);
  for (const [seconds, shown] of [
    [10_800, '3h'],
    [86_400, '1d'],
    [100, '1m40s'],
    [45, '45s'],
    [3660, '1h1m'],
  ] as const) {
    expect(text(seconds)).toContain(`\t\ttimeout ${shown}\n`);
  }
});

test('policy Local without an endpoint here: the cluster’s pods and the node get through, others are dropped', () => {
  const service = exampleService({ type: 'NodePort', ports: [{ port: 80, nodePort: 30080 }], externalTrafficPolicy: 'Local', internalTrafficPolicy: 'Local' });
  const input = exampleInput([service], [exampleSlice([exampleEndpoint(2, 'there')])]);
  expect(elementsOf(input, 'no-endpoint-nodeports')).toEqual(['tcp 30080 drop']);
  expect(elementsOf(input, 'no-endpoint-services')).toEqual(['10.96.0.7 tcp 80 drop']);
  expect(elementsOf(input, 'service-nodeports')).toEqual(['tcp 30080 goto external-=']);
  expect(chainsOf(input)[`external-${own}`]?.map((line) => line.replaceAll(own, '='))).toEqual([
    'ip saddr 10.244.0.0/16 goto service-= comment "short-circuit pod traffic"',
    'fib saddr type local meta mark set meta mark | 0x00004000 comment "masquerade local traffic"',
    'fib saddr type local goto service-= comment "short-circuit local traffic"',
  ]);
});

describe('IPv6', () => {
  const slice = { ...exampleSlice([{ addresses: ['fd00:1::5'], nodeName: 'here' }]), addressType: 'IPv6' as const };
  const service = exampleService({ clusterIP: 'fd00:96::7' });
  const input = exampleInput([service], [slice], {
    family: 'IPv6',
    clusterCidrs: ['10.244.0.0/16', 'fd00:1::/48'],
    serviceCidrs: ['fd00:96::/112', 'fd00:97::/112'],
  });

  test('has its own fields and addresses', () => {
    const { services, [`service-${own}`]: choice, 'cluster-ips-check': unused } = chainsOf(input);
    expect(choice).toEqual(['meta l4proto tcp dnat ip6 to numgen random mod 1 map { 0 : fd00:1::5 . 8080 }']);
    expect(services?.[0]).toContain('ip6 daddr @cluster-ips ip6 saddr != fd00:1::/48 meta mark set');
    expect(unused?.[1]).toContain('ip6 daddr { fd00:96::/112, fd00:97::/112 } drop');
    expect(nftablesRules(input).sets.map(({ name, elements }) => [name, elements.map(({ key }) => key.join(' '))])).toEqual([
      ['hairpin-connections', ['fd00:1::5 fd00:1::5 tcp 8080']],
      ['cluster-ips', ['fd00:96::7']],
      ['nodeport-ips', ['fd00::11']],
    ]);
  });

  test('with session affinity the endpoint stands in brackets, and without colons in a chain’s name', () => {
    const sticky = { ...input, services: [exampleService({ clusterIP: 'fd00:96::7', sessionAffinity: 'ClientIP' })] };
    const [name, lines] = Object.entries(chainsOf(sticky)).find(([chain]) => chain.startsWith('endpoint-')) ?? [];
    expect(name).toMatch(/^endpoint-[A-Z2-7]{8}-shop\/web\/tcp\/__fd00\.1\.\.5\/8080$/);
    expect(lines?.[1]).toBe('meta l4proto tcp dnat to [fd00:1::5]:8080');
  });
});

test('a name longer than nftables allows ends with dots', () => {
  const long = 'a'.repeat(63);
  const service = { ...exampleService({ ports: [{ name: long, port: 80 }] }), metadata: { name: long, namespace: long } };
  const [port] = serviceMap(exampleInput([service], [])).values();
  const names = nftEndpointNames(port!, { address: 'fd00:1111:2222:3333:4444:5555:6666:7777', port: 30_000 } as Parameters<typeof nftEndpointNames>[1]);
  expect(names.chain).toHaveLength('endpoint-'.length + 240);
  expect(names.chain.endsWith('...')).toBe(true);
});

test.each([
  [
    ['10.96.0.1 tcp 443', '10.96.10.1 tcp 80', '10.96.0.10 udp 53', '10.96.0.10 tcp 53'],
    ['10.96.0.10 tcp 53', '10.96.0.10 udp 53', '10.96.10.1 tcp 80', '10.96.0.1 tcp 443'],
  ],
  [
    ['10.96.0.10 tcp 9153', '10.96.0.1 tcp 443'],
    ['10.96.0.1 tcp 443', '10.96.0.10 tcp 9153'],
  ],
  [
    ['10.100.192.23', '10.96.0.10', '10.96.0.1'],
    ['10.96.0.1', '10.96.0.10', '10.100.192.23'],
  ],
])('nft lists %j as %j', (keys, expected) => {
  expect(sortedElements(keys.map((key) => ({ key: key.split(' ') }))).map(({ key }) => key.join(' '))).toEqual(expected);
});
