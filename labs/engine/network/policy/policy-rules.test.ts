import { expect, test } from 'vitest';
import { followPacket, type PacketRequest } from '../packet/follow-packet.ts';
import { joinedTables } from '../packet/rule-tables.ts';
import type { NetworkPolicy, PolicyPort } from './network-policy.ts';
import { policyAcceptRules, podChainName, policyRules } from './policy-rules.ts';
import { exampleCluster, exampleNetwork } from './testing.ts';

const { pods, namespaces } = exampleCluster;
const policyOf = (spec: NetworkPolicy['spec'], name = 'p', namespace = 'x'): NetworkPolicy => ({ metadata: { name, namespace }, spec });
const chainsOf = (node: string, ...policies: readonly NetworkPolicy[]) => policyRules({ node, pods, namespaces, policies }).filter!;
const textsOf = (chain: { readonly rules: readonly { readonly text: string }[] } | undefined) =>
  chain?.rules.map(({ text }) => text.replace(/^-A \S+ /u, '').replace(/-m comment --comment "[^"]*" /u, ''));
const policyChains = (...policies: readonly NetworkPolicy[]) =>
  Object.entries(chainsOf('n1', ...policies))
    .filter(([name]) => /^KUBE-(?:NWPLCY|SRC|DST)-[A-Z2-7]{16}$/u.test(name))
    .map(([, chain]) => textsOf(chain));
const outcomeOf = (request: PacketRequest, ...policies: readonly NetworkPolicy[]) => {
  const network = exampleNetwork((node) => joinedTables(policyRules({ node, pods, namespaces, policies }), policyAcceptRules));
  return followPacket(network, request).result.outcome;
};
const denyAll = policyOf({ policyTypes: ['Ingress', 'Egress'] });
const [web] = pods;

test('the jump stands first in each built-in chain, and its comment ends with the hash that k3s shows', () => {
  const chains = chainsOf('n1');
  expect(chains.OUTPUT!.rules.map(({ text }) => text)).toEqual([
    '-A OUTPUT -m comment --comment "kube-router netpol - VEAAIY32XVBHCSCY" -j KUBE-ROUTER-OUTPUT',
  ]);
  expect(chains.INPUT!.rules).toHaveLength(1);
  expect(chains.FORWARD!.policy).toBe('ACCEPT');
});

test('a pod that no policy selects has a chain that marks everything', () => {
  const name = podChainName(web!);
  expect(textsOf(chainsOf('n1')[name])).toEqual([
    '-j KUBE-NWPLCY-COMMON',
    '-d 10.1.1.11/32 -m addrtype --src-type LOCAL -j ACCEPT',
    '-d 10.1.1.11/32 -j KUBE-NWPLCY-DEFAULT',
    '-s 10.1.1.11/32 -j KUBE-NWPLCY-DEFAULT',
    '-m mark ! --mark 0x10000/0x10000 -m limit --limit 10/min --limit-burst 10 -j NFLOG --nflog-group 100',
    '-m mark ! --mark 0x10000/0x10000 -j REJECT --reject-with icmp-port-unreachable',
    '-j MARK --set-xmark 0x0/0x10000',
    '-j MARK --set-xmark 0x20000/0x20000',
  ]);
  expect(chainsOf('n1')['KUBE-ROUTER-FORWARD']!.rules).toHaveLength(6);
  expect(chainsOf('n1')['KUBE-ROUTER-INPUT']!.rules).toHaveLength(3);
});

const mark = '-j MARK --set-xmark 0x10000/0x10000';
const back = '-m mark --mark 0x10000/0x10000 -j RETURN';
const ported = (...ports: readonly PolicyPort[]) => policyOf({ ingress: [{ ports }] });

test.each([
  ['no rule', denyAll, [[], []]],
  ['a rule without conditions', policyOf({ ingress: [{}] }), [[mark, back]]],
  ['pods as sources', policyOf({ ingress: [{ from: [{ podSelector: { matchLabels: { app: 'db' } } }] }] }), [[`-s 10.1.1.12/32 ${mark}`, back]]],
  ['a peer that nobody is', policyOf({ ingress: [{ from: [{ podSelector: { matchLabels: { app: 'none' } } }] }] }), [[]]],
  ['a pod with hostNetwork is nobody', policyOf({ ingress: [{ from: [{ namespaceSelector: { matchLabels: { none: '' } } }] }] }), [[]]],
  [
    'a block with exceptions has a chain of its own',
    policyOf({ podSelector: {}, policyTypes: ['Egress'], egress: [{ to: [{ ipBlock: { cidr: '10.0.0.0/8', except: ['10.1.0.0/16', '10.2.0.0/16'] } }] }] }),
    [
      [expect.stringMatching(/^-d 10\.0\.0\.0\/8 -j KUBE-DST-[A-Z2-7]{16}$/u), back],
      ['-d 10.1.0.0/16 -j RETURN', '-d 10.2.0.0/16 -j RETURN', mark],
    ],
  ],
  ['the whole of IPv4', policyOf({ ingress: [{ from: [{ ipBlock: { cidr: '0.0.0.0/0' } }] }] }), [[mark, back]]],
  ['blocks of IPv6 are for ip6tables', policyOf({ ingress: [{ from: [{ ipBlock: { cidr: '::/0' } }] }] }), [[]]],
  ['a protocol', ported({ protocol: 'SCTP' }), [[`-p sctp ${mark}`, back]]],
  ['a port', ported({ port: 80 }), [[`-p tcp -m tcp --dport 80 ${mark}`, back]]],
  ['a range', ported({ protocol: 'UDP', port: 80, endPort: 90 }), [[`-p udp -m udp --dport 80:90 ${mark}`, back]]],
  [
    'a name means the selected pods of this node',
    ported({ port: 'web' }),
    [[`-d 10.1.1.11/32 -p tcp -m tcp --dport 80 ${mark}`, `-d 10.1.1.12/32 -p tcp -m tcp --dport 80 ${mark}`, back]],
  ],
  [
    'towards others a name is the number that each of them has',
    policyOf({ policyTypes: ['Egress'], egress: [{ to: [{ podSelector: { matchLabels: { app: 'web' } } }], ports: [{ port: 'web' }] }] }),
    [[`-d 10.1.1.11/32 -p tcp -m tcp --dport 80 ${mark}`, `-d 10.1.2.13/32 -p tcp -m tcp --dport 8080 ${mark}`, back]],
  ],
])('%s', (_, policy, expected) => {
  expect(policyChains(policy)).toEqual(expected);
});

test('a policy that selects no pod of the node leaves no chain there', () => {
  expect(policyChains(policyOf({ podSelector: { matchLabels: { app: 'none' } } }))).toEqual([]);
});

test('of two pods that the same policy selects, what may come in is no reason to let out', () => {
  const inOnly = policyOf({ policyTypes: ['Ingress', 'Egress'], ingress: [{}] });
  expect(outcomeOf({ kind: 'tcp', from: 'x/web', to: '10.1.1.12', port: 80 }, inOnly)).toBe('ECONNREFUSED');
  expect(outcomeOf({ kind: 'tcp', from: 'y/db', to: '10.1.1.12', port: 80 }, inOnly)).toBe('connected');
});

test('programs on the pod’s own node come in, those of another node do not', () => {
  expect(outcomeOf({ kind: 'tcp', from: 'n1', to: '10.1.1.11', port: 80 }, denyAll)).toBe('connected');
  expect(outcomeOf({ kind: 'tcp', from: 'n2', to: '10.1.1.11', port: 80 }, denyAll)).toBe('ECONNREFUSED');
});

test('echoes pass whatever the policies say, as kube-router lets them', () => {
  expect(outcomeOf({ kind: 'ping', from: 'x/web', to: '10.1.2.14' }, denyAll)).toMatch(/1 received/u);
});

test('without br_netfilter the node does not see what passes its bridge, so policies between its pods do nothing', () => {
  const network = exampleNetwork((node) => policyRules({ node, pods, namespaces, policies: [denyAll] }));
  const { n1 } = network.namespaces;
  const blind = { namespaces: { ...network.namespaces, n1: { ...n1!, sysctls: { ...n1!.sysctls, filtersBridged: false } } } };
  expect(followPacket(network, { kind: 'tcp', from: 'x/web', to: '10.1.1.12', port: 80 }).result.outcome).toBe('ECONNREFUSED');
  expect(followPacket(blind, { kind: 'tcp', from: 'x/web', to: '10.1.1.12', port: 80 }).result.outcome).toBe('connected');
});

test('what passed the policies is accepted behind all other rules, also where a chain drops by default', () => {
  const rules = (node: string) => joinedTables(policyRules({ node, pods, namespaces, policies: [] }), policyAcceptRules);
  const strict = (node: string) => {
    const { filter } = rules(node);
    return { filter: { ...filter, FORWARD: { ...filter!.FORWARD!, policy: 'DROP' as const } } };
  };
  const request = { kind: 'tcp', from: 'x/web', to: '10.1.2.14', port: 80 } as const;
  expect(followPacket(exampleNetwork(strict), request).result.outcome).toBe('connected');
  expect(rules('n1').filter!.FORWARD!.rules.map(({ target }) => target?.kind)).toEqual(['jump', 'ACCEPT']);
});
