import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { judge } from './compare-file.ts';
import type { ComparedCase } from './comparator.ts';
import ignored from './ignored.json' with { type: 'json' };
import { leavesOf, matches } from './leaves.ts';
import { packetComparator } from './packet-comparator.ts';

const file = path.join(import.meta.dirname, 'recorded', 'packet-paths.json');
const text = readFileSync(file, 'utf8');
interface Recording {
  readonly flows: readonly { readonly id: string; readonly request: object }[];
}
const content = JSON.parse(text) as Recording;
const compared = packetComparator.compare(content);
const verdictsOf = (cases: readonly ComparedCase[]) =>
  cases.flatMap((each) => {
    const { id, disagreements, soft } = judge(each, packetComparator);
    return [...disagreements, ...soft].map((one) => ({ id, ...one }));
  });

/** Words of the outcome without addresses and numbers, and what is special about the frames. */
function kindOf({ expected }: ComparedCase): string {
  const leaves = leavesOf(expected);
  const special = [...leaves.keys()].flatMap((where) => /\.(encapsulation|frag|nftRules)\./u.exec(where)?.[1] ?? []);
  const outcome = String(leaves.get('result.outcome')).replaceAll(/\S*\d\S*/gu, '#');
  return [outcome.slice(0, 60), special.includes('frag') ? 'frag' : special[0]].join(' ');
}

function isExact(where: string): boolean {
  const { inputs, ignored: unimportant, soft } = ignored['packet-paths'];
  return ![inputs, unimportant, soft].some((reasons) => Object.keys(reasons).some((pattern) => matches(where, pattern)));
}

test('every frame, hook, rule and conversation agrees, soft ones too', () => {
  expect(compared.length).toBeGreaterThanOrEqual(82);
  expect(verdictsOf(compared)).toEqual([]);
});

describe('the checker notices every change', () => {
  // The shortest flow of each way to end and of each way over the wire: all leaves of all flows would take minutes.
  const byLength = compared.toSorted((one, other) => leavesOf(other.expected).size - leavesOf(one.expected).size);
  const groups = new Map(byLength.map((each) => [kindOf(each), each]));

  test.each([...groups])(
    '%s: changing or dropping any compared value is a disagreement',
    (_, { expected, ...rest }) => {
      const places = [...leavesOf(expected).keys()].filter((where) => isExact(where));
      expect(places.length).toBeGreaterThan(0);
      for (const where of places) {
        for (const change of [() => 'spoilt', () => undefined]) {
          const verdict = judge({ ...rest, expected: withChanged(expected, where, change) }, packetComparator);
          expect(verdict.disagreements, `${rest.id}: ${where}`).not.toEqual([]);
        }
      }
      expect(judge({ ...rest, expected: { ...(expected as object), extra: 1 } }, packetComparator).disagreements).not.toEqual([]);
    },
    30_000,
  );

  test('a rule, a frame or a conversation more or less is one', () => {
    const [first] = compared;
    const { hops, conntrack, ...others } = first!.expected as { readonly hops: readonly object[]; readonly conntrack: object };
    for (const spoilt of [
      { hops: hops.slice(1), conntrack },
      { hops: [...hops, hops[0]], conntrack },
      { hops, conntrack: {} },
    ]) {
      expect(judge({ ...first!, expected: { ...others, ...spoilt } }, packetComparator).disagreements).not.toEqual([]);
    }
  });
});

test('a request that cannot be played is a disagreement of its flow alone', () => {
  const [one, other] = content.flows;
  const odd = { ...one!, request: { kind: 'sing', dst: '10.244.1.6' } };
  const verdicts = packetComparator.compare({ ...content, flows: [odd, other!] }).map((each) => judge(each, packetComparator));
  expect(verdicts.map(({ disagreements }) => disagreements.length > 0)).toEqual([true, false]);
});

/** Consistent changes of every name and number that the network gives out. */
const renamings: readonly (readonly [string, (recording: string) => string])[] = [
  ['pods called otherwise', (recording) => recording.replaceAll(/\b(a1|a2|b1|b2|dns1|dns2)\b/gu, (name) => `${name}x`)],
  [
    'nodes and machines called otherwise',
    (recording) => recording.replaceAll(/\b(node1|node2|client|lan|router)\b(?=[@ "/':]| ->|$)/gu, (name) => `m${name}`).replaceAll('a mclient', 'a client'),
  ],
  ['another pod network', (recording) => recording.replaceAll(/\b10\.244\./gu, '10.42.')],
  ['another network of nodes', (recording) => recording.replaceAll(/\b192\.168\.1\./gu, '172.16.7.')],
  ['other Service addresses and node ports', (recording) => recording.replaceAll(/\b10\.96\./gu, '10.112.').replaceAll(/\b3008(?=[0-2]\b)/gu, '3118')],
  ['other MACs', (recording) => recording.replaceAll(/\b0a:58:/gu, '06:11:').replaceAll(/\b02:42:/gu, '06:22:')],
  [
    'other chains',
    (recording) => recording.replaceAll(/KUBE-(SVC|SEP|SVL|EXT)-([A-Z0-9]{4})/gu, (_, kind: string, hash: string) => `KUBE-${kind}-${hash.toLowerCase()}`),
  ],
  ['other devices', (recording) => recording.replaceAll(/\bcni0\b/gu, 'br-pods').replaceAll(/\bflannel\.1\b/gu, 'overlay')],
];

describe('the model follows rules, not names', () => {
  test.each(renamings)('%s: the same paths', (_, rename) => {
    const renamed = rename(text);
    expect(renamed).not.toBe(text);
    expect(verdictsOf(packetComparator.compare(JSON.parse(renamed))).slice(0, 3)).toEqual([]);
  });
});

/** A copy with another value at a path. */
function withChanged(value: unknown, where: string, change: () => unknown): unknown {
  if (where === '') return change();
  if (typeof value !== 'object' || value === null) return value;
  const key = Object.keys(value).find((each) => where === each || where.startsWith(`${each}.`)) ?? '';
  const held = withChanged((value as Readonly<Record<string, unknown>>)[key], where.slice(key.length + 1), change);
  return Array.isArray(value) ? value.map((each: unknown, index) => (String(index) === key ? held : each)) : { ...value, [key]: held };
}
