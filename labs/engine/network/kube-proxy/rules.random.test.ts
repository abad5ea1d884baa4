import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { builtInChains, iptablesRules } from './iptables-rules.ts';
import type { IptablesTable } from './iptables-types.ts';
import { nftablesRules } from './nftables-rules.ts';
import type { NftStatement, NftVerdict } from './nftables-types.ts';
import type { ProxiedService, ProxyInput } from './proxy-input.ts';
import { exampleInput, exampleService, exampleSlice } from './testing.ts';

const policy = fc.constantFrom('Cluster' as const, 'Local' as const);
const spec = fc.record({
  type: fc.constantFrom('ClusterIP' as const, 'NodePort' as const, 'LoadBalancer' as const),
  internalTrafficPolicy: policy,
  externalTrafficPolicy: policy,
  sessionAffinity: fc.constantFrom('None' as const, 'ClientIP' as const),
  externalIPs: fc.subarray(['203.0.113.7', '203.0.113.8']),
  loadBalancerSourceRanges: fc.subarray(['192.168.0.0/16', '203.0.113.0/24', '0.0.0.0/0']),
  ports: fc.constantFrom([{ port: 80, nodePort: 30_080 }], [{ port: 80 }]),
});
const endpoint = fc.record({
  addresses: fc.tuple(fc.constantFrom('10.244.0.1', '10.244.0.2', '10.244.0.3')),
  nodeName: fc.constantFrom('here', 'there'),
  conditions: fc.record({ ready: fc.boolean(), serving: fc.boolean(), terminating: fc.boolean() }),
});
const status: fc.Arbitrary<NonNullable<ProxiedService['status']>> = fc.constantFrom({}, { loadBalancer: { ingress: [{ ip: '198.51.100.7' }] } });
const inputs = fc
  .tuple(spec, status, fc.array(endpoint, { maxLength: 4 }), fc.constantFrom(['10.244.0.0/16'], []))
  .map(([given, state, endpoints, clusterCidrs]): ProxyInput => exampleInput([exampleService(given, state)], [exampleSlice(endpoints)], { clusterCidrs }));

describe('whatever the Services are', () => {
  test('iptables: every chain that a rule jumps to exists, and to every chain of a Service a rule jumps', () => {
    fc.assert(
      fc.property(inputs, (input) => {
        const rules = iptablesRules(input);
        for (const table of Object.keys(rules) as readonly IptablesTable[]) {
          const chains = rules[table];
          const targets = new Set(Object.values(chains).flatMap((each) => each.flatMap(({ target }) => (target?.kind === 'jump' ? [target.chain] : []))));
          expect([...targets].filter((chain) => chains[chain] === undefined)).toEqual([]);
          const unreached = Object.keys(chains).filter((chain) => !targets.has(chain) && !builtInChains[table].includes(chain) && /-[A-Z2-7]{16}$/.test(chain));
          // With internal policy Local the cluster's chain stays, though only some outside traffic uses it.
          expect(unreached.filter((chain) => !chain.startsWith('KUBE-SVC-') && !chain.startsWith('KUBE-SEP-') && !chain.startsWith('KUBE-SVL-'))).toEqual([]);
        }
      }),
    );
  });

  test('nftables: every chain, set and map that a rule or element names exists, and no key stands twice', () => {
    fc.assert(
      fc.property(inputs, (input) => {
        const { chains, sets, maps } = nftablesRules(input);
        const known = { chain: chains.map(({ name }) => name), set: sets.map(({ name }) => name), map: maps.map(({ name }) => name) };
        const statements = chains.flatMap(({ rules }) => rules.flatMap((rule) => rule.statements));
        const named = [
          ...statements.flatMap((statement) => namedBy(statement)),
          ...maps.flatMap(({ elements }) => elements.flatMap(({ verdict }) => chainOf(verdict))),
        ];
        expect(named.filter(([kind, name]) => !known[kind].includes(name))).toEqual([]);
        for (const { elements } of [...sets, ...maps]) {
          const keys = elements.map(({ key }) => key.join(' '));
          expect(new Set(keys).size).toBe(keys.length);
        }
      }),
    );
  });

  test('both modes send the cluster IP’s traffic to the same endpoints, or refuse it alike', () => {
    fc.assert(
      fc.property(inputs, (input) => {
        const refused = iptablesRules(input).filter['KUBE-SERVICES']?.map(({ target }) => target?.kind);
        const verdicts = nftablesRules(input).maps[0]?.elements.filter(({ key }) => key[0] === '10.96.0.7');
        expect(verdicts?.map(({ verdict }) => (verdict.kind === 'drop' ? 'DROP' : 'REJECT'))).toEqual(refused);
      }),
    );
  });
});

type Name = readonly ['chain' | 'set' | 'map', string];

const chainOf = (verdict: NftVerdict): readonly Name[] => (verdict.kind === 'drop' ? [] : [['chain', verdict.chain]]);

function namedBy(statement: NftStatement): readonly Name[] {
  if (statement.kind === 'verdict') return chainOf(statement.verdict);
  if (statement.kind === 'verdict at random') return statement.verdicts.flatMap((verdict) => chainOf(verdict));
  if (statement.kind === 'verdict map') return [['map', statement.map]];
  return statement.kind === 'lookup' || statement.kind === 'update' ? [['set', statement.set]] : [];
}
