import { describe, expect, test } from 'vitest';
import { describe as describeState } from './describe.ts';
import { explain } from './explain.ts';
import { invariants } from './invariants.ts';
import type { Outlook } from './outlook.ts';
import { reduce } from './reduce.ts';
import { scenarioState, stateOf } from './testing.ts';
import type { Action, State } from './state.ts';

const holds = invariants['the stored outlook is the outlook of the state']!;
const set = scenarioState('statefulset');

describe('the stored outlook is that of the state', () => {
  test.each<Action>([
    { type: 'ask', name: 'db-0.db.data.svc.cluster.local' },
    { type: 'qtype', qtype: 'SRV' },
    { type: 'ready', pod: 'data/db-1', ready: false },
    { type: 'scale', set: 'data/db', replicas: 5 },
    { type: 'delete', service: 'data/db' },
    { type: 'pods', mode: 'disabled' },
  ])('after $type', (action) => {
    const after = reduce(set, action);
    expect(after).not.toBe(set);
    expect(holds(after)).toBeUndefined();
    expect(holds(JSON.parse(JSON.stringify(after)) as State)).toBeUndefined();
  });

  const [answer] = set.outlook.answers;
  test.each<[string, Partial<Outlook>]>([
    ['another zone', { zone: 'example.' }],
    ['a record that is not there', { records: set.outlook.records.slice(1) }],
    ['an answer of before', { answers: [{ ...answer!, words: 'NXDOMAIN' }, ...set.outlook.answers.slice(1)] }],
    ['a group of before', { groups: [] }],
    ['a goal that is met too early', { checks: { ...set.outlook.checks, 'same-name-new-address': { met: true, because: '' } } }],
    ['a "why?" of before', { explanations: {} }],
  ])('a planted fault is seen: %s', (_, fault) => {
    expect(holds({ ...set, outlook: { ...set.outlook, ...fault } })).toBe(`its ${Object.keys(fault)[0]!} are not those of the state`);
  });

  test('an act without its outlook is seen', () => {
    const after = reduce(set, { type: 'ready', pod: 'data/db-1', ready: false });
    expect(holds({ ...after, outlook: set.outlook })).toBeDefined();
  });
});

test('a question leaves what follows from the objects as it is', () => {
  const { outlook } = reduce(set, { type: 'ask', name: 'nope' });
  for (const field of ['records', 'groups', 'explanations'] as const) expect(outlook[field]).toBe(set.outlook[field]);
  expect(outlook.answers[0]).toBe(set.outlook.answers[0]);
  expect(outlook.answers).toHaveLength(set.outlook.answers.length + 1);
});

test('the folded names open when one of them is asked for, also one that is not drawn', () => {
  const foldedIn = (state: State, name: string): string | undefined => reduce(state, { type: 'ask', name }).outlook.answers.at(-1)?.foldedIn;
  const many = stateOf({ cluster: members(30) });
  expect(foldedIn(many, '10-244-1-30.data.pod.cluster.local')).toBe('Names of pod addresses (pods insecure)');
  expect(foldedIn(many, 'Kubernetes.default.svc.cluster.local')).toBe('In every cluster');
  expect(foldedIn(many, 'm-1.db.data.svc.cluster.local')).toBe('');
});

/** A headless Service, and a StatefulSet that names `serviceName`. */
function members(replicas: number, serviceName = 'db'): string {
  return `apiVersion: v1
kind: Service
metadata: { name: db, namespace: data }
spec: { clusterIP: None, selector: { app: db }, ports: [{ name: pg, port: 5432 }] }
---
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: m, namespace: data }
spec:
  serviceName: ${serviceName}
  replicas: ${replicas}
  selector: { matchLabels: { app: db } }
  template: { metadata: { labels: { app: db } }, spec: { containers: [{ name: c, image: registry.example/c:1 }] } }
`;
}

describe('with 1,000 members', () => {
  const state = stateOf({ cluster: members(1000), guess: 'db.data.svc.cluster.local' });
  const nameless = stateOf({ cluster: members(1000, 'nope') });

  test.each([
    ['members with names', state],
    ['members whose Service does not exist', nameless],
  ])('%s: the outlook stays below 700 kB', (_, { outlook }) => {
    expect(JSON.stringify(outlook).length).toBeLessThan(700_000);
    expect(outlook.records.length).toBeLessThan(1_200);
    expect(outlook.groups.flatMap(({ rows }) => rows).length).toBeLessThan(400);
  });

  test('the tables say how many there are', () => {
    expect(describeState(state).tables.find(({ id }) => id === 'records')?.caption).toMatch(/^\d+ of the 6013 records/);
    expect(describeState(nameless).tables.find(({ id }) => id === 'missing')?.caption).toMatch(/^312 of the 1000 names/);
  });

  test('every row of a table and every row of the picture has its "why?"', () => {
    const subjects = [
      ...describeState(nameless).tables.flatMap(({ rows }) => rows.map(({ subject = '' }) => subject)),
      ...nameless.outlook.groups.flatMap(({ rows }) => rows.flatMap(({ subject, name }) => (name === '' ? [subject] : [subject, `name:${name}`]))),
    ];
    expect(subjects.filter((subject) => explain(nameless, subject) === undefined)).toEqual([]);
  });

  test('a name that has lost its list of records says so', () => {
    expect(explain(state, 'name:db.data.svc.cluster.local.')?.steps).toContain('There are too many records here to list them all.');
  });
});
