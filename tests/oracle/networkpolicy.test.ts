import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { policyRules } from '../../labs/engine/network/policy/policy-rules.ts';
import { judge } from './compare-file.ts';
import { leavesOf } from './leaves.ts';
import { networkPolicyComparator, type PolicyRecording } from './networkpolicy-comparator.ts';

const text = readFileSync(path.join(import.meta.dirname, 'recorded/networkpolicy.json'), 'utf8');
const content = JSON.parse(text) as PolicyRecording;
const disagreementsOf = (recording: unknown) =>
  networkPolicyComparator
    .compare(recording)
    .flatMap((each) => judge(each, networkPolicyComparator).disagreements.map(({ path: where }) => `${each.id}: ${where}`));

test('every verdict agrees, and none is passed over', () => {
  expect(disagreementsOf(content)).toEqual([]);
  const compared = networkPolicyComparator.compare(content).reduce((sum, each) => sum + judge(each, networkPolicyComparator).compared, 0);
  const recorded = content.scenarios.flatMap(({ traffic }) => traffic.flatMap(({ allowed }) => [...leavesOf(allowed)]));
  expect(compared).toBe(recorded.length);
  expect(compared).toBeGreaterThan(2000);
});

test('the checker notices every verdict that is turned round, missing or new', () => {
  for (const { expected, ...rest } of networkPolicyComparator.compare(content)) {
    const scenario = expected as PolicyRecording['scenarios'][number];
    const changed = (change: (allowed: boolean) => boolean | undefined) => ({
      ...scenario,
      traffic: scenario.traffic.map((each) => ({
        ...each,
        allowed: Object.fromEntries(
          Object.entries(each.allowed).map(([from, all]) => [from, Object.fromEntries(Object.entries(all).map(([to, may]) => [to, change(may)]))]),
        ),
      })),
    });
    const count = [...leavesOf(scenario.traffic.map(({ allowed }) => allowed))].length;
    for (const change of [(may: boolean) => !may, () => undefined]) {
      expect(judge({ ...rest, expected: changed(change) }, networkPolicyComparator).disagreements.length, rest.id).toBeGreaterThanOrEqual(count);
    }
    expect(judge({ ...rest, expected: { ...scenario, extra: 1 } }, networkPolicyComparator).disagreements).toHaveLength(1);
  }
});

describe('rules, not names', () => {
  /** Words that mean something to Kubernetes stay as they are. */
  const kept = /^(?:|kubernetes\.io\/metadata\.name|In|NotIn|Exists|DoesNotExist|Ingress|Egress|TCP|UDP|SCTP|NetworkPolicy|networking\.k8s\.io\/v1)$/u;
  const fields = new Set(['podSelector', 'namespaceSelector', 'matchLabels', 'matchExpressions', 'key', 'operator', 'values']);
  const renamedWord = (word: string): string => {
    if (kept.test(word)) return word;
    const address = /^(\d+)\.(.*)$/u.exec(word);
    // Blocks stay blocks: only the first byte changes, and 0.0.0.0/0 not at all.
    if (address) return address[1] === '0' ? word : `${Number(address[1]) + 1}.${address[2] ?? ''}`;
    return word
      .split('/')
      .map((part) => (part === '' ? '' : `r-${part}`))
      .join('/');
  };
  const renamedKeys = new Set(['labels', 'matchLabels', 'namespaces', 'allowed']);
  const renamed = (value: unknown, hasNames = false): unknown => {
    if (typeof value === 'string') return renamedWord(value);
    if (typeof value === 'number') return value + 1000;
    if (Array.isArray(value)) return value.map((each: unknown) => renamed(each));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, part]) => {
        const inner = renamedKeys.has(key) || (hasNames && !fields.has(key));
        return [hasNames ? renamedWord(key) : key, renamed(part, inner)];
      }),
    );
  };

  test('with all names, labels, addresses and ports changed the verdicts are the same', () => {
    const { namespaces, pods, scenarios } = content;
    const other = renamed({ namespaces, pods, scenarios: scenarios.map(({ id, policies, traffic }) => ({ id, policies, traffic })) }) as PolicyRecording;
    expect(other.pods[0]!.namespace).toBe(`r-${content.pods[0]!.namespace}`);
    expect(Object.keys(other.namespaces)).toEqual(Object.keys(namespaces).map((name) => `r-${name}`));
    expect(disagreementsOf(other)).toEqual([]);
  });

  test('the order of policies and of pods says nothing', () => {
    const turned = {
      ...content,
      pods: content.pods.toReversed(),
      scenarios: content.scenarios.map((each) => ({ ...each, policies: each.policies.toReversed() })),
    };
    expect(disagreementsOf(turned)).toEqual([]);
  });
});

test('for every recorded policy rules can be written', () => {
  const pods = content.pods.filter(({ namespace }) => namespace !== '').map((pod) => ({ ...pod, labels: pod.labels ?? {}, address: pod.ip, node: 'n' }));
  for (const { policies } of content.scenarios) {
    const { filter } = policyRules({ node: 'n', pods, namespaces: content.namespaces, policies });
    expect(Object.keys(filter!).filter((name) => name.startsWith('KUBE-POD-FW-'))).toHaveLength(pods.length);
  }
});
