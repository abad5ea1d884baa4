import fc from 'fast-check';
import { expect, test } from 'vitest';
import { followPacket } from '../packet/follow-packet.ts';
import { parseIptablesSave } from '../packet/parse-iptables-save.ts';
import { joinedTables } from '../packet/rule-tables.ts';
import { routeTo } from '../packet/routing.ts';
import type { NetworkPolicy, PolicyPeer, PolicyPort, PolicySelector } from './network-policy.ts';
import { policyAcceptRules, policyRules } from './policy-rules.ts';
import { policyVerdict } from './policy-verdict.ts';
import { exampleCluster, exampleNetwork } from './testing.ts';

const { pods, namespaces } = exampleCluster;
const selector: fc.Arbitrary<PolicySelector> = fc.oneof(
  fc.constant({}),
  fc.constantFrom({ app: 'web' }, { app: 'db' }, { tier: 'front' }, { app: 'none' }).map((matchLabels) => ({ matchLabels })),
  fc
    .record({ key: fc.constantFrom('app', 'tier'), operator: fc.constantFrom('In' as const, 'NotIn' as const) })
    .map((each) => ({ matchExpressions: [{ ...each, values: ['web', 'front'] }] })),
  fc.constantFrom('Exists' as const, 'DoesNotExist' as const).map((operator) => ({ matchExpressions: [{ key: 'tier', operator }] })),
);
const namespaceSelector = fc.constantFrom<PolicySelector>(
  {},
  { matchLabels: { team: 'red' } },
  { matchLabels: { 'kubernetes.io/metadata.name': 'x' } },
  { matchExpressions: [{ key: 'team', operator: 'NotIn', values: ['red'] }] },
);
const block = fc.constantFrom('0.0.0.0/0', '10.0.0.0/8', '10.1.1.0/24', '10.1.1.12/32', '192.0.2.0/24', '192.0.2.2/32', '198.51.100.9/32', 'fd00::/8');
const peer: fc.Arbitrary<PolicyPeer> = fc.oneof(
  selector.map((podSelector) => ({ podSelector })),
  namespaceSelector.map((each) => ({ namespaceSelector: each })),
  fc.record({ podSelector: selector, namespaceSelector }),
  fc.record({ cidr: block, except: fc.subarray(['10.1.1.12/32', '10.1.2.0/24', '198.51.100.0/24']) }).map((ipBlock) => ({ ipBlock })),
  block.map((cidr) => ({ ipBlock: { cidr } })),
);
const number = fc.constantFrom<PolicyPort>({}, { protocol: 'UDP' }, { protocol: 'SCTP' }, { port: 80 }, { port: 53, protocol: 'UDP' });
const range = fc.constantFrom<PolicyPort>(
  { port: 80, endPort: 8000 },
  { port: 443, endPort: 443 },
  { port: 50, endPort: 90, protocol: 'UDP' },
  { port: 100, endPort: 1 },
);
const name = fc.constantFrom<PolicyPort>({ port: 'web' }, { port: 'admin' }, { port: 'dns' }, { port: 'dns', protocol: 'UDP' }, { port: 'none' });
const port: fc.Arbitrary<PolicyPort> = fc.oneof(number, range, { arbitrary: name, weight: 2 });
const listOf = <T>(each: fc.Arbitrary<T>) => fc.array(each, { maxLength: 2 });
/** Most rules name peers and ports: one that names neither lets everything through and hides the others. */
const someOf = <T>(each: fc.Arbitrary<T>) => fc.array(each, { minLength: 1, maxLength: 2 });
const narrow = fc.tuple(someOf(peer), someOf(port));
const rule = fc.oneof({ arbitrary: narrow, weight: 4 }, fc.tuple(listOf(peer), listOf(port)));
const policy: fc.Arbitrary<NetworkPolicy> = fc
  .record({
    namespace: fc.constantFrom('x', 'y'),
    name: fc.constantFrom('a', 'b', 'c', 'd'),
    podSelector: fc.oneof(fc.constant({}), selector),
    types: fc.option(fc.subarray(['Ingress' as const, 'Egress' as const]), { nil: undefined }),
    ingress: fc.option(listOf(rule.map(([from, ports]) => ({ from, ports }))), { nil: undefined }),
    egress: fc.option(listOf(rule.map(([to, ports]) => ({ to, ports }))), { nil: undefined }),
  })
  .map(({ namespace, name, podSelector, types, ingress, egress }) => ({
    metadata: { name, namespace },
    spec: { podSelector, ...(types && { policyTypes: types }), ...(ingress && { ingress }), ...(egress && { egress }) },
  }));
const policies = fc.uniqueArray(policy, { maxLength: 4, selector: ({ metadata }) => `${metadata.namespace ?? ''}/${metadata.name}` });

const rulesFor = (all: readonly NetworkPolicy[]) => (node: string) => joinedTables(policyRules({ node, pods, namespaces, policies: all }), policyAcceptRules);
const everybody = [...pods.filter(({ hostNetwork }) => !hostNetwork).map((pod) => `${pod.namespace}/${pod.name}`), 'n1', 'n2', 'far'];
const addresses = [...pods.map(({ address }) => address), '192.0.2.1', '198.51.100.9'];
const ports = [
  ['tcp', 53],
  ['tcp', 80],
  ['tcp', 443],
  ['tcp', 8080],
  ['udp', 53],
  ['udp', 80],
] as const;

const connection = fc.tuple(fc.constantFrom(...everybody), fc.constantFrom(...addresses), fc.constantFrom(...ports));

test('a packet arrives if and only if the policies allow its connection, whatever policies and connection', () => {
  const seen = { allowed: 0, refused: 0 };
  fc.assert(
    fc.property(policies, fc.array(connection, { minLength: 30, maxLength: 30 }), (all, connections) => {
      const network = exampleNetwork(rulesFor(all));
      for (const [from, to, [kind, port]] of connections) {
        const route = routeTo(network.namespaces[from]!, to);
        const source = route.kind === 'unicast' ? route.source : to;
        const protocol = kind === 'tcp' ? 'TCP' : 'UDP';
        const { allowed } = policyVerdict({ source, destination: to, protocol, port }, all, exampleCluster);
        const { outcome } = followPacket(network, { kind, from, to, port }).result;
        seen[allowed ? 'allowed' : 'refused'] += 1;
        expect(outcome, `${from} to ${to}:${port}`).toBe(allowed ? (kind === 'tcp' ? 'connected' : 'answered') : 'ECONNREFUSED');
      }
    }),
    { numRuns: 150 },
  );
  expect(Math.min(seen.allowed, seen.refused)).toBeGreaterThan(1000);
});

test('the lines say the same as the rules: read back, they decide the same', () => {
  fc.assert(
    fc.property(policies, connection, (all, [from, to, [kind, port]]) => {
      const readBack = (node: string) => {
        const chains = Object.entries(rulesFor(all)(node).filter!);
        const heads = chains.map(([name, { policy: held }]) => `:${name} ${held ?? '-'} [0:0]`);
        return parseIptablesSave(['*filter', ...heads, ...chains.flatMap(([, { rules }]) => rules.map(({ text }) => text)), 'COMMIT'].join('\n'));
      };
      const [data, text] = [rulesFor(all), readBack].map((rules) => followPacket(exampleNetwork(rules), { kind, from, to, port }).result);
      expect(text).toEqual(data);
    }),
    { numRuns: 300 },
  );
});

test('every chain that a rule jumps to exists, no rule holds an unknown condition, and names are as long as iptables allows', () => {
  fc.assert(
    fc.property(policies, fc.constantFrom('n1', 'n2', 'n3'), (all, node) => {
      const chains = rulesFor(all)(node).filter!;
      const rules = Object.values(chains).flatMap((chain) => chain.rules);
      const missing = rules.flatMap(({ target }) => (target?.kind === 'jump' && !chains[target.chain] ? [target.chain] : []));
      expect(missing).toEqual([]);
      expect(Object.keys(chains).filter((name) => name.length > 28)).toEqual([]);
      for (const [name, chain] of Object.entries(chains)) for (const { text } of chain.rules) expect(text.startsWith(`-A ${name} `)).toBe(true);
    }),
    { numRuns: 300 },
  );
});
