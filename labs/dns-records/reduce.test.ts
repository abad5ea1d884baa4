import { describe, expect, test } from 'vitest';
import { answerOf } from './answer.ts';
import { describe as describeState } from './describe.ts';
import { explain } from './explain.ts';
import { groupsOf } from './groups.ts';
import { queryOf } from './query.ts';
import { reduce } from './reduce.ts';
import { inputOf, scenarioState, stateOf, textsOf } from './testing.ts';
import type { Action, State } from './state.ts';

const after = (state: State, ...actions: readonly Action[]): State => actions.reduce(reduce, state);
const words = (state: State, name: string): string => answerOf(state, queryOf(name, 'A')).words;
const rowOf = (state: State, name: string): string => {
  const row = groupsOf(state)
    .flatMap(({ rows }) => rows)
    .find((each) => each.name === `${name}.`);
  return `${row?.state ?? 'none'}: ${row?.because ?? ''}`;
};

const set = scenarioState('statefulset');
const member = 'db-1.db.data.svc.cluster.local';

describe('a pod that is not ready any more', () => {
  const state = after(set, { type: 'ready', pod: 'data/db-1', ready: false });

  test('loses its name, which is struck, with the reason', () => {
    expect(words(state, member)).toBe('NXDOMAIN');
    expect(rowOf(state, member)).toBe('gone: pod db-1 is no ready endpoint of Service db: its condition Ready is not True');
  });

  test('is told in a chain: act, endpoint, record, answer', () => {
    const asked = after(set, { type: 'ask', name: member });
    const { entries } = after(asked, { type: 'ready', pod: 'data/db-1', ready: false });
    const answer = entries.findLast(({ text }) => text === `A of ${member}.: NXDOMAIN`);
    const record = entries[(answer?.cause ?? 0) - 1];
    const endpoint = entries[(record?.cause ?? 0) - 1];
    const act = entries[(endpoint?.cause ?? 0) - 1];
    expect(record?.text).toBe(`Gone: ${member}. A 10.244.1.7`);
    expect(endpoint).toMatchObject({ text: 'db-1 is no ready endpoint of Service db any more', because: 'its condition Ready is not True' });
    expect(act).toMatchObject({ by: 'learner', text: 'Pod db-1 is not ready any more: you say so' });
  });

  test('comes back as it was', () => {
    const back = after(state, { type: 'ready', pod: 'data/db-1', ready: true });
    expect(words(back, member)).toBe('10.244.1.7');
    expect(back.gone).toEqual([]);
  });

  test('stays not ready when the texts are edited', () => {
    const cluster = textsOf('statefulset').cluster.replace('clusterIP: None', 'clusterIP: None\n  publishNotReadyAddresses: true');
    const edited = after(state, { type: 'apply', input: inputOf({ ...textsOf('statefulset'), cluster }) });
    expect(words(edited, member)).toBe('10.244.1.7');
    const again = after(edited, { type: 'apply', input: inputOf(textsOf('statefulset')) });
    expect(words(again, member)).toBe('NXDOMAIN');
  });
});

describe('scaling', () => {
  const down = after(set, { type: 'scale', set: 'data/db', replicas: 2 });
  const up = after(down, { type: 'scale', set: 'data/db', replicas: 4 });

  test('takes the highest member first', () => {
    expect([words(down, member), words(down, member.replace('1', '2'))]).toEqual(['10.244.1.7', 'NXDOMAIN']);
  });

  test('gives new pods their old names and new addresses', () => {
    expect(words(up, member.replace('1', '2'))).toBe('10.244.200.2');
    expect(words(up, member.replace('1', '3'))).toBe('10.244.200.3');
    expect(words(up, member)).toBe('10.244.1.7');
  });
});

describe('a Service', () => {
  const state = after(set, { type: 'delete', service: 'data/db' });

  test('takes its records with it', () => {
    expect(words(state, member)).toBe('NXDOMAIN');
    expect(rowOf(state, 'db.data.svc.cluster.local')).toBe('gone: there is no Service db in namespace data');
    expect(rowOf(state, member)).toBe('gone: the serviceName of its StatefulSet is db, and no Service in namespace data is called so');
    expect(explain(state, 'service:data/db')?.title).toBe('There is no Service db in namespace data');
  });

  test('brings them back', () => {
    const back = after(state, { type: 'restore', service: 'data/db' });
    expect([words(back, member), back.deleted, back.gone]).toEqual(['10.244.1.7', [], []]);
  });
});

test('an edit keeps the addresses of pods that were there, and gives new ones others', () => {
  const texts = textsOf('statefulset');
  const pod = 'apiVersion: v1\nkind: Pod\nmetadata: { name: first, namespace: data }\nspec: {}\n---\n';
  const edited = after(set, { type: 'apply', input: inputOf({ ...texts, cluster: pod + texts.cluster }) });
  const addresses = Object.fromEntries(edited.cluster.pods.map(({ pod: each }) => [each.metadata.name, each.status?.podIP]));
  expect(addresses).toEqual({ first: '10.244.200.2', 'db-0': '10.244.1.6', 'db-1': '10.244.1.7', 'db-2': '10.244.1.8' });
});

test('an edit of the names shows the new name, and keeps what was asked', () => {
  const asked = after(set, { type: 'ask', name: 'kubernetes.default.svc.cluster.local', qtype: 'AAAA' });
  const edited = after(asked, { type: 'apply', input: inputOf({ ...textsOf('statefulset'), guess: 'db-0.db.data.svc.cluster.local' }) });
  expect(edited.queries.map(({ name, type }) => `${type} ${name}`)).toEqual([
    'A db-0.db.data.svc.cluster.local.',
    'AAAA kubernetes.default.svc.cluster.local.',
  ]);
  expect(edited.shown).toBe(0);
});

describe('what cannot be done changes nothing', () => {
  test.each<Action>([
    { type: 'ready', pod: 'data/db-1', ready: true },
    { type: 'ready', pod: 'data/db-9', ready: false },
    { type: 'scale', set: 'data/db', replicas: 3 },
    { type: 'scale', set: 'data/db', replicas: -1 },
    { type: 'scale', set: 'data/db', replicas: 1000 },
    { type: 'scale', set: 'data/nope', replicas: 1 },
    { type: 'delete', service: 'data/nope' },
    { type: 'restore', service: 'data/db' },
    { type: 'pods', mode: 'insecure' },
    { type: 'ask', name: 'DB-2.db.data.svc.cluster.local' },
  ])('$type', (action) => {
    const shown = { ...set, shown: set.queries.findIndex(({ name }) => name.startsWith('db-2')) };
    expect(reduce(shown, action)).toBe(shown);
  });

  test('too many acts', () => {
    let state = set;
    for (let index = 0; index < 200; index += 1) state = reduce(state, { type: 'ready', pod: 'data/db-1', ready: index % 2 === 1 });
    expect(state.entries.filter(({ by }) => by === 'learner')).toHaveLength(80);
  });
});

describe('why a name has no data', () => {
  const service = (name: string, spec: string): string => `apiVersion: v1\nkind: Service\nmetadata: { name: ${name}, namespace: a }\nspec: ${spec}\n---\n`;
  const pod = (name: string, spec: string, labels = '{ app: x }'): string =>
    `apiVersion: v1\nkind: Pod\nmetadata: { name: ${name}, namespace: a, labels: ${labels} }\nspec: ${spec}\n---\n`;
  const headless = service('h', '{ clusterIP: None, selector: { app: x } }');
  const end = 'a.svc.cluster.local';
  test.each([
    ['another selector', headless + pod('p', '{ hostname: p, subdomain: h }', '{ app: z }'), `p.h.${end}`, 'Service h selects app: x, and pod p has app: z'],
    ['no label', headless + pod('p', '{ hostname: p, subdomain: h }', '{}'), `p.h.${end}`, 'Service h selects app: x, and pod p has no label app'],
    [
      'no hostname',
      headless + pod('p', '{}'),
      `p.h.${end}`,
      'pod p has no hostname in its spec, and the name of a pod does not count: its endpoint is called 10-244-1-6',
    ],
    [
      'another subdomain',
      headless + pod('p', '{ hostname: p, subdomain: z }'),
      `p.h.${end}`,
      'pod p is a ready endpoint of h, but its subdomain is z, so its hostname is not used here',
    ],
    ['another hostname', headless + pod('p', '{ hostname: q, subdomain: h }'), `p.h.${end}`, 'the endpoint is called by its hostname, q'],
    ['an alias', service('h', '{ type: ExternalName, externalName: x.y }') + pod('p', '{}'), `p.h.${end}`, 'Service h is an alias and has no endpoints'],
    ['no selector', service('h', '{ clusterIP: None }') + pod('p', '{}'), `p.h.${end}`, 'Service h has no selector, so only endpoints written by hand count'],
    ['a pod as a Service', pod('p', '{}'), `p.${end}`, 'p is a pod, and names directly below the namespace belong to Services'],
    ['another namespace', headless, 'h.default.svc.cluster.local', 'a Service h is in namespace a'],
    ['a short name', headless + pod('p', '{}'), 'h.a', 'no search list is used here; h.a.svc.cluster.local. exists'],
    ['a headless Service without ready pods', headless + pod('p', '{}', '{ app: z }'), `h.${end}`, 'Service h selects app: x, and pod p has app: z'],
  ])('%s', (_, cluster, name, expected) => {
    const [, ...reasons] = answerOf(stateOf({ cluster }), queryOf(name, 'A')).why;
    expect(reasons).toEqual([expected]);
  });

  test.each([
    ['a port without a name', '{ ports: [{ port: 80 }] }', 'port 80 has no name, so no label can mean it'],
    ['another protocol', '{ ports: [{ name: http, port: 80, protocol: UDP }] }', 'port http has the protocol UDP, not TCP'],
    ['appProtocol', '{ ports: [{ name: web, port: 80, appProtocol: http }] }', 'the name of the Service’s port counts, web, not its appProtocol'],
    ['targetPort', '{ ports: [{ name: web, port: 80, targetPort: http }] }', 'the name of the Service’s port counts, web, not its targetPort'],
  ])('SRV: %s', (_, spec, expected) => {
    const answered = answerOf(stateOf({ cluster: service('s', spec) }), queryOf(`_http._tcp.s.${end}`, 'SRV'));
    expect([answered.words, answered.why[1]]).toEqual(['NXDOMAIN', expected]);
  });
});

test('the tables hold every record with its object, and every name asked for', () => {
  const { tables, headline } = describeState(scenarioState('external-name'));
  expect(headline).toBe(
    'A of payments.shop.svc.cluster.local. gives alias of api.payments.example.com.: 198.51.100.20: ' +
      answerOf(scenarioState('external-name'), queryOf('payments.shop.svc.cluster.local', 'A')).because +
      '.',
  );
  expect(tables.find(({ id }) => id === 'records')?.rows.map(({ cells }) => cells.slice(0, 5).join(' '))).toContain(
    'invoices.shop.svc.cluster.local. CNAME gone.example.com. 30 s Service shop/invoices',
  );
});
