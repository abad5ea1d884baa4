import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { iptablesRules } from '../../labs/engine/network/kube-proxy/iptables-rules.ts';
import { iptablesSave } from '../../labs/engine/network/kube-proxy/iptables-save.ts';
import { nftablesRules } from '../../labs/engine/network/kube-proxy/nftables-rules.ts';
import { nftRuleset } from '../../labs/engine/network/kube-proxy/nftables-ruleset.ts';
import type { ProxiedService, ProxiedSlice, ProxyInput } from '../../labs/engine/network/kube-proxy/proxy-input.ts';
import { tablesOfRuleset, tablesOfSave } from './kube-proxy-recording.ts';

/** The two nodes whose packets were recorded: their rules were written by kube-proxy, for these Services. */
const file = path.join(import.meta.dirname, 'recorded', 'packet-paths.json');
type Texts = Readonly<Record<string, readonly string[]>>;
const { iptablesSave: saves, nftRuleset: rulesets } = JSON.parse(readFileSync(file, 'utf8')) as { readonly iptablesSave: Texts; readonly nftRuleset: Texts };

const [a1, a2, b2] = [['10.244.1.5', 'node1'] as const, ['10.244.1.6', 'node1'] as const, ['10.244.2.6', 'node2'] as const];
interface GivenPort {
  readonly name: string;
  readonly port: number;
  readonly target: number;
  readonly nodePort?: number;
  readonly protocol?: 'UDP';
}

interface Given {
  readonly namespace?: string;
  readonly name: string;
  readonly clusterIP: string;
  readonly ports?: readonly GivenPort[];
  readonly endpoints: readonly (readonly [address: string, node: string])[];
  readonly spec?: Partial<ProxiedService['spec']>;
}

const http: GivenPort = { name: 'http', port: 80, target: 8080 };

const cluster: readonly Given[] = [
  { name: 'web', clusterIP: '10.96.10.10', ports: [{ ...http, nodePort: 30_080 }], endpoints: [a2, b2], spec: { type: 'NodePort' } },
  {
    name: 'web-local',
    clusterIP: '10.96.10.11',
    ports: [{ ...http, nodePort: 30_081 }],
    endpoints: [b2],
    spec: { type: 'NodePort', externalTrafficPolicy: 'Local' },
  },
  { name: 'empty', clusterIP: '10.96.10.12', ports: [{ ...http, nodePort: 30_082 }], endpoints: [], spec: { type: 'NodePort' } },
  { name: 'sticky', clusterIP: '10.96.10.13', endpoints: [a2, b2], spec: { sessionAffinity: 'ClientIP' } },
  { name: 'int-local', clusterIP: '10.96.10.14', endpoints: [b2], spec: { internalTrafficPolicy: 'Local' } },
  { name: 'three', clusterIP: '10.96.10.15', endpoints: [a1, a2, b2] },
  { name: 'kubernetes', clusterIP: '10.96.0.1', ports: [{ name: 'https', port: 443, target: 6443 }], endpoints: [['192.168.1.11', 'node1']] },
  {
    namespace: 'kube-system',
    name: 'kube-dns',
    clusterIP: '10.96.0.10',
    ports: [
      { name: 'dns', port: 53, target: 53, protocol: 'UDP' },
      { name: 'dns-tcp', port: 53, target: 53 },
    ],
    endpoints: [
      ['10.244.1.2', 'node1'],
      ['10.244.2.2', 'node2'],
    ],
  },
];

const services = cluster.map(({ namespace = 'default', name, clusterIP, ports = [http], spec }): ProxiedService => ({
  metadata: { name, namespace },
  spec: { clusterIP, ports, ...spec },
}));
const endpointSlices = cluster.map(({ namespace = 'default', name, ports = [http], endpoints }): ProxiedSlice => ({
  metadata: { name, namespace, labels: { 'kubernetes.io/service-name': name } },
  addressType: 'IPv4',
  endpoints: endpoints.map(([address, nodeName]) => ({ addresses: [address], nodeName })),
  ports: ports.map(({ target, name: portName, protocol }) => ({ name: portName, protocol: protocol ?? ('TCP' as const), port: target })),
}));
const inputOf = (name: string, address: string): ProxyInput => ({
  node: { name, addresses: [address] },
  clusterCidrs: ['10.244.0.0/16'],
  serviceCidrs: ['10.96.0.0/12'],
  services,
  endpointSlices,
});

describe.each([
  ['node1', '192.168.1.11'],
  ['node2', '192.168.1.12'],
])('%s: the rules that the packets met are written again', (name, address) => {
  test('iptables, without those of the pod network', () => {
    const recorded = saves[name]!.filter((line) => !line.includes('FLANNEL')).join('\n');
    const { mangle, ...written } = tablesOfSave(iptablesSave(iptablesRules(inputOf(name, address)))) as Readonly<Record<string, unknown>>;
    expect(written).toEqual(tablesOfSave(recorded));
    expect(mangle).toBeDefined();
  });

  test('nftables', () => {
    expect(tablesOfRuleset(nftRuleset([nftablesRules(inputOf(name, address))]))).toEqual(tablesOfRuleset(rulesets[name]!.join('\n')));
  });
});
