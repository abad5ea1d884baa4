import { describe, expect, test } from 'vitest';
import type { NftChain, NftStatement, NftTable } from '../kube-proxy/nftables-types.ts';
import { chanceOf, type ChanceOptions } from './chance.ts';
import { runHook, type HookOutcome } from './netfilter.ts';
import type { Packet } from './packet.ts';
import type { NetworkNamespace } from './topology.ts';

const endpoints = ['10.244.1.5', '10.244.1.6', '10.244.2.7', '10.244.2.8'].map((address) => ({ address, port: 8080 }));
const rulesOf = (...rules: readonly (readonly NftStatement[])[]): NftChain['rules'] => rules.map((statements) => ({ statements }));
const serviceFields = ['ip daddr', 'meta l4proto', 'th dport'] as const;

const table: NftTable = {
  family: 'ip',
  name: 'kube-proxy',
  comment: '',
  sets: [{ name: 'cluster-ips', type: ['ipv4_addr'], elements: [{ key: ['10.96.0.0/16'] }] }],
  maps: [
    {
      name: 'service-ips',
      type: ['ipv4_addr', 'inet_proto', 'inet_service', 'verdict'],
      comment: '',
      elements: [{ key: ['10.96.0.10', 'tcp', '80'], verdict: { kind: 'goto', chain: 'web' } }],
    },
  ],
  chains: [
    {
      name: 'nat-prerouting',
      hook: { type: 'nat', hook: 'prerouting', priority: -100 },
      rules: rulesOf([{ kind: 'verdict', verdict: { kind: 'jump', chain: 'services' } }]),
    },
    { name: 'services', rules: rulesOf([{ kind: 'verdict map', fields: serviceFields, map: 'service-ips' }]) },
    {
      name: 'web',
      rules: rulesOf(
        [
          { kind: 'match', field: 'ip saddr', values: ['10.244.0.0/16'], not: true },
          { kind: 'change mark', operator: '|', value: 0x4000 },
        ],
        [{ kind: 'dnat at random', to: endpoints }],
      ),
    },
    {
      name: 'filter-prerouting',
      hook: { type: 'filter', hook: 'prerouting', priority: -110 },
      rules: rulesOf(
        [
          { kind: 'lookup', fields: ['ip daddr'], set: 'cluster-ips' },
          { kind: 'conntrack state', state: 'new' },
          { kind: 'has mark', mask: 0x1 },
        ],
        [{ kind: 'is local', of: 'daddr' }, { kind: 'reject' }],
      ),
    },
  ],
};
const node: NetworkNamespace = {
  role: 'node',
  devices: [{ kind: 'bridge', name: 'cni0', mac: 'bridge', mtuBytes: 1500, addresses: [{ address: '10.244.1.1', prefixLength: 24 }] }],
  routes: [{ to: '0.0.0.0/0', via: '10.244.1.9', device: 'cni0' }],
  sysctls: { forwards: true, filtersBridged: true, routesLocalnet: false },
  rules: { nftables: [table] },
  listeners: [],
};
const packet: Packet = {
  protocol: 'tcp',
  source: '10.244.1.5',
  sourcePort: 40_003,
  destination: '10.96.0.10',
  destinationPort: 80,
  ttl: 64,
  lengthBytes: 60,
  doNotFragment: true,
  flags: 'SYN',
};
function visit(change: Partial<Packet> = {}, chance: ChanceOptions = {}, tells = true): HookOutcome {
  const memory = { table: [], remembered: new Map<string, Set<string>>() };
  const where = { namespace: node, memory, hook: 'PREROUTING', tracked: undefined, in: 'cni0', out: undefined } as const;
  return runHook({ ...where, packet: { ...packet, ...change }, mark: 0, chooses: chanceOf(chance), tells });
}
const toldOf = ({ tried = [] }: HookOutcome) =>
  tried.map(({ chain, text, failed, found }) => [chain, failed ? `${failed.match} saw ${failed.saw}` : (found ?? text)].join(': '));

describe('what nft’s rules tell', () => {
  test('every rule, the element that was found, and what kept a rule from matching', () => {
    expect(toldOf(visit())).toEqual([
      'filter-prerouting: meta mark & 0x00000001 != 0x00000000 saw 0x00000000',
      'filter-prerouting: fib daddr type local saw unicast',
      'filter-prerouting: policy accept',
      'nat-prerouting: jump services',
      'services: 10.96.0.10 . tcp . 80 : goto web',
      'web: ip saddr != 10.244.0.0/16 saw 10.244.1.5',
      expect.stringMatching(/^web: dnat ip to numgen random mod 4 map /u),
    ]);
  });

  test.each<[string, Partial<Packet>, string]>([
    ['a key that the map does not have', { destinationPort: 81 }, 'services: ip daddr . meta l4proto . th dport vmap @service-ips saw 10.96.0.10 . tcp . 81'],
    ['an address that the set does not have', { destination: '8.8.8.8' }, 'filter-prerouting: ip daddr @cluster-ips saw 8.8.8.8'],
  ])('%s', (_, change, expected) => {
    expect(toldOf(visit(change))).toContain(expected);
  });

  test('a mark that a rule sets stands at that rule', () => {
    const { tried = [], mark } = visit({ source: '192.168.1.50' });
    expect(tried.flatMap((rule) => (rule.mark ? [[rule.chain, rule.mark]] : []))).toEqual([['web', { before: 0, after: 0x4000 }]]);
    expect(mark).toBe(0x4000);
  });

  test('without telling there is the same outcome', () => {
    const { tried, ...told } = visit();
    const { tried: none, ...silent } = visit({}, {}, false);
    expect(tried).not.toEqual([]);
    expect(none).toBeUndefined();
    expect(silent).toEqual(told);
  });
});

describe('a choice of one of several', () => {
  const drawOf = (outcome: HookOutcome) => outcome.tried?.at(-1)?.draw ?? { drawn: -1, below: -1 };

  test.each(endpoints.map(({ address }, index): [string, number] => [address, index]))(
    'falls on %s when that is wanted, and the number shows it',
    (address, index) => {
      for (let connection = 0; connection < 20; connection += 1) {
        const outcome = visit({}, { connection, backends: [address] });
        expect(outcome.packet.destination).toBe(address);
        const { drawn, below } = drawOf(outcome);
        expect([Math.floor(drawn * 4), below]).toEqual([index, (index + 1) / 4]);
      }
    },
  );

  test('is as likely for each, whatever is wanted of others', () => {
    const chosen = Array.from({ length: 800 }, (_, connection) => visit({}, { connection, backends: ['10.9.9.9'] }, false).packet.destination);
    // 200 each; five standard deviations of 800 draws at 1/4 are 61.
    for (const { address } of endpoints) expect(Math.abs(chosen.filter((each) => each === address).length - 200)).toBeLessThan(61);
  });
});
