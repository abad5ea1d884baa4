import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { judge } from './compare-file.ts';
import ignored from './ignored.json' with { type: 'json' };
import { kubeProxyComparator } from './kube-proxy-comparator.ts';
import { servicesOf, slicesOf, tablesOfRuleset, tablesOfSave, type RecordedRules } from './kube-proxy-recording.ts';
import { leavesOf, matches } from './leaves.ts';

const file = path.join(import.meta.dirname, 'recorded', 'kube-proxy.json');
const recording = JSON.parse(readFileSync(file, 'utf8')) as { readonly meta: unknown; readonly scenarios: readonly RecordedRules[] };
const { scenarios } = recording;
const compared = kubeProxyComparator.compare(recording);
const disagreementsOf = (given: readonly RecordedRules[]) =>
  kubeProxyComparator
    .compare({ scenarios: given })
    .flatMap((each) => judge(each, kubeProxyComparator).disagreements.map((found) => ({ id: each.id, ...found })));

function isExact(where: string): boolean {
  const { inputs, ignored: unimportant } = ignored['kube-proxy'];
  return ![inputs, unimportant].some((reasons) => Object.keys(reasons).some((pattern) => matches(where, pattern)));
}

describe('the checker notices every change', () => {
  test.each(compared.map((each) => [each.id, each] as const))('%s: another value, one less or one more', (_, { expected, got, ...rest }) => {
    const places = [...leavesOf(expected).keys()].filter((where) => isExact(where));
    expect(places.length).toBeGreaterThan(150);
    // Every tenth, each as a case of its own.
    for (const where of places.filter((__, index) => index % 10 === 0)) {
      const leaves = Object.fromEntries(leavesOf(expected));
      const given = Object.fromEntries(leavesOf(got));
      const verdictOf = (changed: unknown) => judge({ ...rest, expected: flat(changed), got: flat(given) }, kubeProxyComparator).disagreements;
      expect(verdictOf(leaves)).toEqual([]);
      expect(verdictOf({ ...leaves, [where]: 'spoilt' }), where).toHaveLength(1);
      expect(verdictOf(Object.fromEntries(Object.entries(leaves).filter(([each]) => each !== where))), where).toHaveLength(1);
    }
    expect(judge({ ...rest, got, expected: { ...(expected as object), extra: 1 } }, kubeProxyComparator).disagreements).toHaveLength(1);
  });

  /** Leaves with their whole places as keys, which compare as the nested values do. */
  function flat(leaves: unknown): unknown {
    return Object.fromEntries(Object.entries(leaves as object).filter(([where]) => isExact(where)));
  }

  test.each([
    ['a rule that is missing', (text: string) => text.replace(/^-A KUBE-SEP-\S+ -s .*\n/m, '')],
    ['a rule too many', (text: string) => text.replace('*filter\n', '*filter\n:KUBE-NEW - [0:0]\n').replace('COMMIT', '-A KUBE-NEW -j DROP\nCOMMIT')],
    ['two rules of one Service in the other order', (text: string) => text.replace(/^(-A KUBE-SVC-NPX\S+ .*\n)(-A KUBE-SVC-NPX\S+ .*\n)/m, '$2$1')],
    ['another policy', (text: string) => text.replace(':FORWARD ACCEPT', ':FORWARD DROP')],
    ['a chain that is missing', (text: string) => text.replace(/^:KUBE-FORWARD .*\n/m, '')],
  ])('iptables: %s', (_, change) => {
    const [first] = scenarios;
    const changed = change(first!.iptablesSave);
    expect(changed).not.toBe(first!.iptablesSave);
    expect(disagreementsOf([{ ...first!, iptablesSave: changed }])).not.toEqual([]);
  });

  test.each([
    ['an element that is missing', (text: string) => text.replace('10.96.0.1, ', '')],
    ['an element with another verdict', (text: string) => text.replace('. 443 : goto service-', '. 443 : goto local-')],
    ['a set of another type', (text: string) => text.replace('type ipv4_addr\n', 'type inet_service\n')],
    ['a rule that is missing', (text: string) => text.replace(/^\t\tmeta l4proto tcp dnat ip to .*\n/m, '')],
    ['a table that is missing', (text: string) => text.slice(0, text.indexOf('table ip6'))],
  ])('nftables: %s', (_, change) => {
    const [first] = scenarios;
    const changed = change(first!.nftRuleset);
    expect(changed).not.toBe(first!.nftRuleset);
    expect(disagreementsOf([{ ...first!, nftRuleset: changed }])).not.toEqual([]);
  });
});

describe('what says nothing is not compared', () => {
  test('counters, canary chains, the order of tables, of chains and of Services in a shared chain', () => {
    const text = '*nat\n:B - [0:0]\n:KUBE-SERVICES - [0:0]\n-A B -j X\n-A KUBE-SERVICES -j B\n-A KUBE-SERVICES -j C\nCOMMIT\n';
    const other =
      '# x\n*nat\n:KUBE-SERVICES - [5:6]\n:KUBE-PROXY-CANARY - [0:0]\n:B - [1:2]\n[7:8] -A B -j X\n-A KUBE-SERVICES -j C\n-A KUBE-SERVICES -j B\nCOMMIT\n';
    expect(tablesOfSave(other)).toEqual(tablesOfSave(text));
  });

  test('the order of chains, and of elements with their line breaks', () => {
    const text = 'table ip t {\n\tset s {\n\t\ttype x\n\t\telements = { a, b }\n\t}\n\n\tchain c {\n\t\tone\n\t\ttwo\n\t}\n}\n';
    const other = 'table ip t {\n\tchain c {\n\t\tone\n\t\ttwo\n\t}\n\tset s {\n\t\ttype x\n\t\telements = { b,\n\t\t\t     a }\n\t}\n}\n';
    expect(tablesOfRuleset(other)).toEqual(tablesOfRuleset(text));
  });
});

test('a cluster that cannot be read is a disagreement of its own', () => {
  const odd = { ...scenarios[0]!, id: 'odd', objects: [{ kind: 'Service', metadata: { name: 'x' } }] };
  expect([...new Set(disagreementsOf([odd, scenarios[0]!]).map(({ id }) => id))]).toEqual(['odd']);
});

const words: readonly (readonly [RegExp, string])[] = [
  [/px\/a\b/g, 'backstage/store-front'],
  [/\bpx\b/g, 'backstage'],
  [/:http\b/g, ':door'],
  [/\/http\b/g, '/door'],
  [/:dns\b/g, ':names'],
  [/\/dns\b/g, '/names'],
  [/10\.244\.0\.(\d+)/g, '10.77.3.$1'],
  [/10\.244\.0\.0\/16|10\.77\.3\.0\/16/g, '10.77.0.0/16'],
  [/10\.96\.10\.1\b/g, '10.96.44.5'],
  [/192\.168\.49\./g, '172.20.9.'],
  [/198\.51\.100\.7/g, '198.51.100.77'],
  [/203\.0\.113\.0\/24/g, '192.0.2.0/25'],
  [/3008([01])/g, '3177$1'],
];
const rename = (text: string): string => words.reduce((renamed, [from, to]) => renamed.replaceAll(from, to), text);

describe('the writer follows rules, not names', () => {
  test('with namespace, Service, ports, addresses and node renamed the renamed rules are written', () => {
    const renamed = scenarios.map((scenario) => renamedScenario(scenario));
    expect(JSON.stringify(renamed.map(({ iptablesSave, nftRuleset }) => [iptablesSave, nftRuleset]))).not.toMatch(
      /px\/a|10\.244|10\.96\.10\.1\b|RCH4JAHR5E2QAL7P|MD4Y36AO/,
    );
    expect(disagreementsOf(renamed)).toEqual([]);
  });
});

/** Hashes come from another implementation than the model's. */
function renamedScenario(scenario: RecordedRules): RecordedRules {
  const objects = JSON.parse(
    rename(JSON.stringify(scenario.objects))
      .replaceAll('"name":"a"', '"name":"store-front"')
      .replaceAll('service-name":"a"', 'service-name":"store-front"')
      .replaceAll('"name":"http"', '"name":"door"')
      .replaceAll('"name":"dns"', '"name":"names"')
      .replaceAll('"nodeName":"n1"', '"nodeName":"worker-7"'),
  ) as RecordedRules['objects'];
  const after = hashedTexts({ ...scenario, objects });
  const hashes = hashedTexts(scenario).map((text, index) => [hash(text), hash(after[index]!)] as const);
  const rehash = (text: string) =>
    rename(text).replaceAll(/(?<=KUBE-(?:SVC|SVL|EXT|FW|SEP)-)[A-Z2-7]{16}|(?<=[a-z]-)[A-Z2-7]{8}(?=-)/g, (old) => {
      const [, found] = hashes.find(([each]) => each.startsWith(old)) ?? [];
      if (found === undefined) throw new Error(`no text has the hash ${old}`);
      return found.slice(0, old.length);
    });
  return {
    ...scenario,
    node: 'worker-7',
    nodeIP: rename(scenario.nodeIP),
    clusterCIDR: rename(scenario.clusterCIDR),
    objects,
    iptablesSave: rehash(scenario.iptablesSave),
    nftRuleset: rehash(scenario.nftRuleset),
  };
}

/** Every text of which a chain's name holds the hash. */
function hashedTexts(scenario: RecordedRules): readonly string[] {
  return servicesOf(scenario).flatMap(({ metadata: { name, namespace = '' }, spec: { ports = [] } }) =>
    ports.flatMap((port) => {
      const protocol = (port.protocol ?? 'TCP').toLowerCase();
      const full = `${namespace}/${name}${port.name ? `:${port.name}` : ''}`;
      const base = `${namespace}/${name}/${protocol}/${port.name ?? ''}`;
      const endpoints = slicesOf(scenario)
        .filter(({ metadata }) => metadata.labels?.['kubernetes.io/service-name'] === name)
        .flatMap(({ endpoints: found, ports: numbers }) =>
          (found ?? []).flatMap(({ addresses: [address = ''] }) => (numbers ?? []).map(({ port: number }) => [address, String(number)] as const)),
        );
      return [
        ...[`${full}${protocol}`, base],
        ...endpoints.flatMap(([address, number]) => [`${full}${protocol}${address}:${number}`, `${base}__${address}/${number}`]),
      ];
    }),
  );
}

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** The first 16 characters of base32. */
function hash(text: string): string {
  const bits = [...createHash('sha256').update(text).digest()].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return Array.from({ length: 16 }, (_, index) => letters[parseInt(bits.slice(index * 5, index * 5 + 5), 2)]).join('');
}
