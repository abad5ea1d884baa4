import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { judge } from './compare-file.ts';
import { leavesOf, matches } from './leaves.ts';
import ignored from './ignored.json' with { type: 'json' };
import { schedulingComparator } from './scheduling-comparator.ts';
import type { RecordedScenario } from './scheduling-recording.ts';

const file = path.join(import.meta.dirname, 'recorded', 'scheduling.json');
const { scenarios } = JSON.parse(readFileSync(file, 'utf8')) as { readonly scenarios: readonly RecordedScenario[] };
const compared = schedulingComparator.compare({ scenarios });
const groupOf = (id: string) => id.split('-')[0]!;

function isExact(where: string): boolean {
  const { inputs, ignored: unimportant, soft } = ignored.scheduling;
  return ![inputs, unimportant, soft].some((reasons) => Object.keys(reasons).some((pattern) => matches(where, pattern)));
}

describe('the checker notices every change', () => {
  const groups = new Map(compared.toReversed().map((each) => [groupOf(each.id), each]));

  test.each([...groups])('%s: changing or dropping any compared value is a disagreement', (_, { expected, ...rest }) => {
    const places = [...leavesOf(expected).keys()].filter((where) => isExact(where));
    expect(places.length).toBeGreaterThan(1);
    for (const where of places) {
      for (const change of [() => 'spoilt', () => undefined]) {
        const verdict = judge({ ...rest, expected: withChanged(expected, where, change) }, schedulingComparator);
        expect(verdict.disagreements, `${rest.id}: ${where}`).not.toEqual([]);
      }
    }
    expect(judge({ ...rest, expected: { ...(expected as object), extra: 1 } }, schedulingComparator).disagreements).not.toEqual([]);
  });
});

test('a step that cannot be played is a disagreement of its scenario alone', () => {
  const odd = { ...scenarios[0]!, id: 'odd', steps: [{ ...scenarios[0]!.steps[0]!, action: 'sing' }] };
  const verdicts = schedulingComparator.compare({ scenarios: [odd, scenarios[0]!] }).map((each) => judge(each, schedulingComparator));
  expect(verdicts.map(({ disagreements }) => disagreements.length > 0)).toEqual([true, false]);
  expect(verdicts[0]!.disagreements).toContainEqual({ path: 'unplayable', expected: undefined, got: 'the action sing cannot be played' });
});

describe('the scheduler follows rules, not names', () => {
  test('with all nodes, pods and labels renamed the renamed decisions are made', () => {
    const renamed = scenarios.map((scenario) => renamedScenario(scenario));
    expect(/"n1"|"app"|default\/p[" ]/u.test(JSON.stringify(renamed))).toBe(false);
    const verdicts = schedulingComparator.compare({ scenarios: renamed }).map((each) => judge(each, schedulingComparator));
    expect(verdicts.flatMap(({ id, disagreements }) => disagreements.map((each) => ({ id, ...each })))).toEqual([]);
  });

  test('with the nodes in another order the same decisions are made', () => {
    const turned = scenarios.map((scenario) => ({ ...scenario, nodes: scenario.nodes.toReversed() }));
    const verdicts = schedulingComparator.compare({ scenarios: turned }).map((each) => judge(each, schedulingComparator));
    expect(verdicts.flatMap(({ id, disagreements }) => disagreements.map((each) => ({ id, ...each })))).toEqual([]);
  });
});

/** Nodes sort the other way round afterwards; pods keep their order, as it decides between victims that are alike. */
function renamedScenario(scenario: RecordedScenario): RecordedScenario {
  const nodes = scenario.nodes.map((node) => (typeof node === 'string' ? node : node.name));
  const nodeNames = new Map(['n9', ...nodes].map((name) => [name, `m${9 - Number(/\d/u.exec(name)?.[0] ?? 0)}-worker`]));
  const pods = new Set(scenario.steps.flatMap(({ objects = [], state }) => [...namesOf(objects), ...Object.keys(state.pods)]));
  const podNames = new Map([...pods].map((name) => [name, `${name}-pod`]));
  const labels = new Map([...'app disk gen pool'.split(' ')].map((name) => [name, `x-${name}`]));
  const text = (value: string): string => {
    const known = nodeNames.get(value) ?? labels.get(value);
    if (known !== undefined) return known;
    return value
      .replaceAll(/\b(n\d)\b/gu, (name) => nodeNames.get(name) ?? name)
      .replaceAll(/(?<=^Pod\/|default\/|pods ")([\w-]+)/gu, (name) => podNames.get(name) ?? name);
  };
  const walk = (value: unknown, field = ''): unknown => {
    if (typeof value === 'string') return field === 'name' ? (podNames.get(value) ?? text(value)) : text(value);
    if (Array.isArray(value)) return value.map((each) => walk(each));
    if (typeof value !== 'object' || value === null) return value;
    const isByPod = field === 'pods' || field === 'scores';
    return Object.fromEntries(Object.entries(value).map(([key, held]) => [isByPod ? (podNames.get(key) ?? key) : text(key), walk(held, key)]));
  };
  return {
    ...(walk({ nodes: scenario.nodes, steps: scenario.steps }) as RecordedScenario),
    id: scenario.id,
    tieBetweenBestNodes: scenario.tieBetweenBestNodes,
  };
}

function namesOf(objects: readonly unknown[]): readonly string[] {
  return (objects as readonly { readonly kind: string; readonly metadata: { readonly name: string } }[]).flatMap(({ kind, metadata }) =>
    kind === 'Pod' ? [metadata.name] : [],
  );
}

/** A copy with another value at a path; the parts of names that hold dots are found again. */
function withChanged(value: unknown, where: string, change: () => unknown): unknown {
  if (where === '') return change();
  if (typeof value !== 'object' || value === null) return value;
  const key = Object.keys(value).find((each) => where === each || where.startsWith(`${each}.`)) ?? '';
  const held = withChanged((value as Readonly<Record<string, unknown>>)[key], where.slice(key.length + 1), change);
  return Array.isArray(value) ? value.map((each: unknown, index) => (String(index) === key ? held : each)) : { ...value, [key]: held };
}
