import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { judge } from './compare-file.ts';
import { leavesOf } from './leaves.ts';
import { pvBindingComparator } from './pv-binding-comparator.ts';
import type { RecordedScenario, RecordedScenarios } from './pv-binding-recording.ts';

const file = path.join(import.meta.dirname, 'recorded', 'pv-binding.json');
const content = JSON.parse(readFileSync(file, 'utf8')) as RecordedScenarios;
const verdictOf = (scenarios: readonly RecordedScenario[]) => pvBindingComparator.compare({ scenarios }).map((each) => judge(each, pvBindingComparator));

test('the recording is recognised, others of scenarios are not', () => {
  expect(pvBindingComparator.recognises(content)).toBe(true);
  expect(pvBindingComparator.recognises({ scenarios: [{ id: 'x', nodes: [], steps: [{ action: 'create', state: { pods: {} } }] }] })).toBe(false);
});

test('Events and error texts agree too', () => {
  expect(verdictOf(content.scenarios).flatMap(({ id, soft }) => soft.map((each) => ({ id, ...each })))).toEqual([]);
});

describe('the checker notices every change', () => {
  const groups = new Map(content.scenarios.map((scenario) => [scenario.id.split('-')[0], scenario]));
  const inputs = /^(?:id|title|nodes|stable|steps\.\d+\.(?:action|object|objects|patch))(?:\.|$)|\.source$/u;

  test.each([...groups.values()].map((scenario) => [scenario.id, scenario] as const))('%s', (_, scenario) => {
    const [compared] = pvBindingComparator.compare({ scenarios: [scenario] });
    const paths = [...leavesOf(compared!.expected).keys()].filter((where) => !inputs.test(where));
    expect(paths.length).toBeGreaterThan(0);
    for (const where of paths) {
      const leaves = leavesOf(compared!.expected);
      const spoilt = spoil(compared!.expected, leaves, where);
      const verdict = judge({ ...compared!, expected: spoilt }, pvBindingComparator);
      expect(
        [...verdict.disagreements, ...verdict.soft].map((each) => each.path),
        where,
      ).toContain(where);
    }
  });
});

test('the model follows rules, not names: with all names changed the changed answer is given', () => {
  const renamed = content.scenarios.map((scenario) => renamedScenario(scenario));
  const verdicts = verdictOf(renamed);
  expect(verdicts.flatMap(({ id, disagreements, soft }) => [...disagreements, ...soft].map((each) => ({ id, ...each })))).toEqual([]);
});

/** A copy in which the leaf at a path is another. Keys may hold dots, so the path is followed by prefixes. */
function spoil(value: unknown, leaves: ReadonlyMap<string, unknown>, where: string): unknown {
  if (where === '') return `${JSON.stringify(value)}x`;
  const parts = value as Readonly<Record<string, unknown>>;
  const key = Object.keys(parts).find((each) => where === each || where.startsWith(`${each}.`));
  if (key === undefined) return value;
  const inner = spoil(parts[key], leaves, where.slice(key.length + 1));
  return Array.isArray(value) ? (value as unknown[]).map((held, index) => (String(index) === key ? inner : held)) : { ...parts, [key]: inner };
}

function renamedScenario(scenario: RecordedScenario): RecordedScenario {
  const objects = scenario.steps.flatMap(({ objects: created = [] }) => created);
  const named = objects.map(({ metadata }) => (metadata as { readonly name: string }).name);
  const classes = objects.map(({ spec }) => (spec as { readonly storageClassName?: string } | undefined)?.storageClassName ?? '');
  const names = new Set([...named, ...classes, ...(scenario.nodes as readonly string[])].filter((name) => /^[a-z\d]/u.test(name)));
  const change = (text: string): string => {
    if (names.has(text)) return `x${text}`;
    // Names in sentences stand in quotation marks or after such words; paths stay.
    return text.replaceAll(/(?<=^[A-Z]\w+\/|"|default\/|<uid:| to |\bpod )([a-z\d-]+)(?="|>| to |$)/gu, (name) => (names.has(name) ? `x${name}` : name));
  };
  // Names are keys only where a state lists objects.
  const walk = (value: unknown, isListing = false): unknown => {
    if (typeof value === 'string') return change(value);
    if (Array.isArray(value)) return value.map((each) => walk(each));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, held]) => [isListing ? change(key) : key, walk(held, /^(?:pv|pvc|pod)$/u.test(key))]));
  };
  return { ...(walk(scenario) as RecordedScenario), id: scenario.id };
}
