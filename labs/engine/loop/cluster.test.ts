import { describe, expect, test } from 'vitest';
import { getObject, listObjects } from '../store/store.ts';
import { entriesAfter, lengthOf } from './cluster-log.ts';
import { causesOf, createCluster, type Cluster, type ClusterEngine } from './cluster.ts';
import { nothing, type Controller } from './controller.ts';
import { eventsAbout } from './event-recorder.ts';

const configMap = (name: string, data: Readonly<Record<string, string>> = {}) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data });
const keyOf = (name: string) => ({ apiVersion: 'v1', kind: 'ConfigMap', namespace: 'default', name });

/** Keeps a copy of each ConfigMap without a dash, and says so. */
const copier: Controller = {
  name: 'copier',
  watches: ['ConfigMap'],
  delayMs: 10,
  enqueue: ({ object }) => (object.metadata.name.includes('-') ? [] : [{ key: object.metadata.name }]),
  reconcile: (name, { store }) => {
    const original = getObject(store, keyOf(name));
    if (original === undefined) return nothing;
    const copy = { ...configMap(`${name}-copy`), data: original.data ?? {} };
    const exists = getObject(store, keyOf(`${name}-copy`)) !== undefined;
    return {
      steps: [
        { write: { verb: exists ? 'update' : 'create', object: copy }, text: `copies ${name}`, because: 'it has no dash' },
        { about: original, type: 'Normal', reason: 'Copied', message: `Copied ${name}` },
      ],
    };
  },
};

/** Looks once a second, three times, and counts in its memory. */
const counter: Controller = {
  name: 'counter',
  watches: ['ConfigMap'],
  delayMs: 0,
  enqueue: ({ type }) => (type === 'ADDED' ? [{ key: 'all' }] : []),
  reconcile: (_, { memory }) => {
    const count = Number(memory ?? 0) + 1;
    return { steps: [{ note: `looks for the ${count}. time` }], memory: count, ...(count < 3 && { requeueAfterMs: 1000 }) };
  },
};

const create = (engine: ClusterEngine, cluster: Cluster, name: string) =>
  engine.request(cluster, { verb: 'create', object: configMap(name) }, { text: `create ${name}` }).cluster;
const settled = (engine: ClusterEngine, cluster: Cluster) => engine.run(cluster, { stepsMax: 100 }).cluster;
const texts = (cluster: Cluster) => entriesAfter(cluster.log, 0).map(({ atMs, by, text }) => `${atMs} ${by}: ${text}`);

describe('a cluster', () => {
  const engine = createCluster({ controllers: [copier] });
  const started = engine.start({ seed: 'one' });

  test('a controller acts after its delay, and its entry names the act that led there', () => {
    const end = settled(engine, create(engine, started, 'a'));
    expect(texts(end)).toEqual(['0 start: The cluster starts', '0 learner: create a', '10 copier: copies a', '10 copier: Copied: Copied a']);
    expect(causesOf(end.log, 4).map(({ id }) => id)).toEqual([4, 2]);
    expect(entriesAfter(end.log, 2)[0]).toMatchObject({ subject: 'ConfigMap/default/a-copy', because: 'it has no dash', revision: 3 });
  });

  test('writing the same again is no entry, and the Event only counts', () => {
    const once = settled(engine, create(engine, started, 'a'));
    const touched = engine.request(
      once,
      { verb: 'patch', key: keyOf('a'), patchType: 'merge', patch: { metadata: { labels: { x: 'y' } } } },
      { text: 'label a' },
    );
    const end = settled(engine, touched.cluster);
    expect(texts(end).slice(4)).toEqual(['10 learner: label a']);
    const events = eventsAbout(listObjects(end.store, { apiVersion: 'v1', kind: 'Event' }), getObject(end.store, keyOf('a'))!);
    expect(events).toMatchObject([{ reason: 'Copied', count: 2, firstTimestamp: '2026-01-01T00:00:00Z', source: { component: 'copier' } }]);
  });

  test('a key that waits already is looked at once', () => {
    const twice = engine.request(create(engine, started, 'a'), { verb: 'delete', key: keyOf('a') }, { text: 'delete a' }).cluster;
    expect(texts(settled(engine, twice)).slice(3)).toEqual([]);
  });

  test('a refused request changes nothing but the log', () => {
    const cluster = create(engine, started, 'a');
    const { cluster: after, answer } = engine.request(cluster, { verb: 'create', object: configMap('a') }, { text: 'create a again' });
    expect(answer).toMatchObject({ ok: false, error: { code: 409 } });
    expect(after.store).toBe(cluster.store);
    expect(entriesAfter(after.log, 2)).toMatchObject([{ text: 'create a again: refused', tone: 'bad', because: 'configmaps "a" already exists' }]);
  });

  test('is plain data: a JSON round trip goes on as if nothing had happened', () => {
    const middle = create(engine, started, 'a');
    const copy = JSON.parse(JSON.stringify(middle)) as Cluster;
    expect(copy).toEqual(middle);
    expect(settled(engine, copy)).toEqual(settled(engine, middle));
  });

  test('what is given is never changed', () => {
    const middle = create(engine, started, 'a');
    const before = JSON.stringify(middle);
    settled(engine, middle);
    expect(JSON.stringify(middle)).toBe(before);
  });
});

describe('running', () => {
  const engine = createCluster({ controllers: [counter] });
  const cluster = create(engine, engine.start({ seed: 'one' }), 'a');

  test('requeueAfterMs brings a key back, and memory is kept', () => {
    expect(texts(settled(engine, cluster)).slice(2)).toEqual([
      '0 counter: looks for the 1. time',
      '1000 counter: looks for the 2. time',
      '2000 counter: looks for the 3. time',
    ]);
  });

  test('stops at a time, and the clock stands there', () => {
    const { cluster: end, stop } = engine.run(cluster, { untilMs: 1500, stepsMax: 100 });
    expect({ stop, clockMs: end.clockMs, entries: lengthOf(end.log), nextAtMs: engine.nextAtMs(end) }).toEqual({
      stop: 'time',
      clockMs: 1500,
      entries: 4,
      nextAtMs: 2000,
    });
  });

  test('stops after so many steps', () => {
    expect(engine.run(cluster, { stepsMax: 2 }).stop).toBe('steps');
    expect(engine.run(cluster, { stepsMax: 3 }).stop).toBe('settled');
  });
});

describe('a controller that is refused', () => {
  const stubborn: Controller = {
    name: 'stubborn',
    watches: ['ConfigMap'],
    delayMs: 0,
    enqueue: ({ object }) => [{ key: object.metadata.name }],
    reconcile: () => ({ steps: [{ write: { verb: 'delete', key: keyOf('missing') }, text: 'deletes what is not there' }, { note: 'never reached' }] }),
  };

  test('tries again after 5, 10, 20 … ms, and says so once', () => {
    const engine = createCluster({ controllers: [stubborn] });
    const { cluster } = engine.run(create(engine, engine.start({ seed: 's' }), 'a'), { stepsMax: 4 });
    expect(cluster.clockMs).toBe(5 + 10 + 20);
    expect(entriesAfter(cluster.log, 2)).toMatchObject([{ text: 'deletes what is not there', tone: 'bad', because: 'configmaps "missing" not found' }]);
  });

  test('does what it planned for the refusal instead, and is done', () => {
    const careful: Controller = {
      ...stubborn,
      reconcile: () => ({ steps: [{ write: { verb: 'delete', key: keyOf('missing') }, text: 'deletes', refused: ({ message }) => [{ note: message }] }] }),
    };
    const engine = createCluster({ controllers: [careful] });
    expect(texts(settled(engine, create(engine, engine.start({ seed: 's' }), 'a'))).slice(2)).toEqual([
      '0 careful: configmaps "missing" not found'.replace('careful', 'stubborn'),
    ]);
  });
});

test('a fact of the world wakes those who notice it', () => {
  const watcher: Controller = {
    name: 'watcher',
    watches: [],
    delayMs: 1,
    enqueue: () => [],
    notice: (fact) => (fact.startsWith('power/') ? [{ key: fact }] : []),
    reconcile: (key, { world }) => ({ steps: [{ note: `${key} is ${JSON.stringify(world[key] ?? 'on')}` }] }),
  };
  const engine = createCluster({ controllers: [watcher] });
  const off = settled(engine, engine.setWorld(engine.start({ seed: 's' }), 'power/n1', 'off', 'cut the power of n1'));
  const on = settled(engine, engine.setWorld(off, 'power/n1', null, 'give n1 its power back'));
  expect(texts(on).slice(1)).toEqual([
    '0 learner: cut the power of n1',
    '1 watcher: power/n1 is "off"',
    '1 learner: give n1 its power back',
    '2 watcher: power/n1 is "on"',
  ]);
});

test('of keys due at once the controller named first goes first, then the least rank, then what came first', () => {
  const speaker = (name: string, ranks: Readonly<Record<string, number>>): Controller => ({
    name,
    watches: ['ConfigMap'],
    delayMs: 0,
    enqueue: ({ object }) => [{ key: object.metadata.name, rank: ranks[object.metadata.name] ?? 0 }],
    reconcile: (key) => ({ steps: [{ note: key }] }),
  });
  const engine = createCluster({ controllers: [speaker('first', {}), speaker('second', { a: 2, b: 1 })] });
  const all = ['a', 'b', 'c'].reduce((cluster, name) => create(engine, cluster, name), engine.start({ seed: 's' }));
  expect(texts(settled(engine, all)).slice(4)).toEqual(['first: a', 'first: b', 'first: c', 'second: c', 'second: b', 'second: a'].map((text) => `0 ${text}`));
});
