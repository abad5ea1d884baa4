import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { iptablesRules } from '../../labs/engine/network/kube-proxy/iptables-rules.ts';
import { iptablesSave } from '../../labs/engine/network/kube-proxy/iptables-save.ts';
import { nftablesRules } from '../../labs/engine/network/kube-proxy/nftables-rules.ts';
import { nftRuleset } from '../../labs/engine/network/kube-proxy/nftables-ruleset.ts';
import type { ProxyInput } from '../../labs/engine/network/kube-proxy/proxy-input.ts';
import { parseIptablesSave } from '../../labs/engine/network/packet/parse-iptables-save.ts';
import { joinedTables, ruleTablesOf } from '../../labs/engine/network/packet/rule-tables.ts';
import { judge } from './compare-file.ts';
import { packetComparator } from './packet-comparator.ts';

interface Recording {
  readonly iptablesSave: Readonly<Record<string, readonly string[]>>;
  readonly nftRuleset: Readonly<Record<string, readonly string[]>>;
}
const recording = JSON.parse(readFileSync(path.join(import.meta.dirname, 'recorded', 'packet-paths.json'), 'utf8')) as Recording;

const nodeOf: Readonly<Record<string, string>> = { '10.244.1.': 'node1', '10.244.2.': 'node2' };
type Services = ProxyInput['services'];
type Slices = ProxyInput['endpointSlices'];

/** A Service of the recorded cluster with its slice. */
function service(
  name: string,
  clusterIP: string,
  endpoints: readonly string[],
  more: Partial<Services[number]['spec']> = {},
): { readonly service: Services[number]; readonly slice: Slices[number] } {
  const namespace = name === 'kube-dns' ? 'kube-system' : 'default';
  const ports = more.ports ?? [{ name: 'http', port: 80, targetPort: 8080 }];
  return {
    service: { metadata: { name, namespace }, spec: { clusterIP, ...more, ports } },
    slice: {
      metadata: { name: `${name}-x`, namespace, labels: { 'kubernetes.io/service-name': name } },
      addressType: 'IPv4',
      endpoints: endpoints.map((address) => ({
        addresses: [address],
        nodeName: nodeOf[address.slice(0, 9)] ?? 'node1',
        conditions: { ready: true, serving: true, terminating: false },
      })),
      ports: ports.map((port) => ({ name: port.name ?? '', port: Number(port.targetPort), protocol: port.protocol ?? 'TCP' })),
    },
  };
}

const http = (nodePort: number) => [{ name: 'http', port: 80, targetPort: 8080, nodePort }];
const [a1, a2, b2] = ['10.244.1.5', '10.244.1.6', '10.244.2.6'];
const objects = [
  service('web', '10.96.10.10', [a2, b2], { type: 'NodePort', ports: http(30_080) }),
  service('web-local', '10.96.10.11', [b2], { type: 'NodePort', externalTrafficPolicy: 'Local', ports: http(30_081) }),
  service('empty', '10.96.10.12', [], { type: 'NodePort', ports: http(30_082) }),
  service('sticky', '10.96.10.13', [a2, b2], { sessionAffinity: 'ClientIP', sessionAffinityConfig: { clientIP: { timeoutSeconds: 10_800 } } }),
  service('int-local', '10.96.10.14', [b2], { internalTrafficPolicy: 'Local' }),
  service('three', '10.96.10.15', [a1, a2, b2]),
  service('kubernetes', '10.96.0.1', ['192.168.1.11'], { ports: [{ name: 'https', port: 443, targetPort: 6443 }] }),
  service('kube-dns', '10.96.0.10', ['10.244.1.2', '10.244.2.2'], {
    ports: [
      { name: 'dns', protocol: 'UDP', port: 53, targetPort: 53 },
      { name: 'dns-tcp', protocol: 'TCP', port: 53, targetPort: 53 },
    ],
  }),
];

const inputOf = (node: string): ProxyInput => ({
  node: { name: node, addresses: [node === 'node1' ? '192.168.1.11' : '192.168.1.12'] },
  clusterCidrs: ['10.244.0.0/16'],
  serviceCidrs: ['10.96.0.0/12'],
  services: objects.map((each) => each.service),
  endpointSlices: objects.map((each) => each.slice),
});

/** The pod network’s own rules, which kube-proxy does not write. */
function podNetworkRules(node: string): readonly string[] {
  return (recording.iptablesSave[node] ?? []).filter((line) => line.startsWith('*') || line.includes('FLANNEL'));
}

test('from objects to rules to packets: what the models write takes every packet where it was recorded to go', () => {
  const nodes = Object.keys(recording.iptablesSave);
  const written = {
    ...recording,
    iptablesSave: Object.fromEntries(nodes.map((node) => [node, [...iptablesSave(iptablesRules(inputOf(node))).split('\n'), ...podNetworkRules(node)]])),
    nftRuleset: Object.fromEntries(nodes.map((node) => [node, nftRuleset([nftablesRules(inputOf(node))]).split('\n')])),
  };
  const verdicts = packetComparator.compare(written).map((each) => judge(each, packetComparator));
  expect(verdicts.flatMap(({ id, disagreements, soft }) => [...disagreements, ...soft].map((each) => ({ id, ...each })))).toEqual([]);
});

test('rules as data and rules read from their text are the same tables', () => {
  const rules = iptablesRules(inputOf('node1'));
  const textsOf = (tables: ReturnType<typeof parseIptablesSave>) =>
    Object.fromEntries(
      Object.entries(tables).map(([table, chains]) => [
        table,
        Object.fromEntries(Object.entries(chains).map(([name, chain]) => [name, [chain.policy, ...chain.rules.map(({ text }) => text)]])),
      ]),
    );
  expect(textsOf(ruleTablesOf(rules))).toEqual(textsOf(parseIptablesSave(iptablesSave(rules))));
  const own = parseIptablesSave(podNetworkRules('node1').join('\n'));
  const forward = joinedTables(ruleTablesOf(rules), own).filter?.FORWARD?.rules.map(({ text }) => text);
  expect(forward?.at(-1)).toContain('FLANNEL-FWD');
  expect(forward?.length).toBeGreaterThan(1);
});
