import { describe, expect, test } from 'vitest';
import { reduce, start } from './acts.ts';
import { explain } from './explain.ts';
import { realCluster } from './real-cluster.ts';
import { isThrough, type Action, type State } from './state.ts';
import { clockMs, next } from './steps.ts';
import { passageOf } from './way.ts';
import { cartObjects, inputOf, settled, settledTexts, textsOf } from './testing.ts';

const toCart = { objects: cartObjects(), call: 'from: pod/checkout\nto: service/cart' };
const act = (state: State, action: Action): State => settled(reduce(state, action));
const backend = ({ sending }: State): string => /backend=(\S+)/u.exec(sending.followed.result.reply ?? '')?.[1] ?? '';
const service = (field: 'externalTrafficPolicy' | 'sessionAffinity' | 'targetPort' | 'type', value: string): Action => ({
  type: 'service',
  service: 'default/cart',
  field,
  value,
});

describe('a packet, and the next one', () => {
  test('one step after the other, each with its cause, until it is through', () => {
    const state = settledTexts(toCart);
    expect(isThrough(state)).toBe(true);
    expect(next(state)).toBeUndefined();
    expect(state.entries.map(({ cause }) => cause)).toEqual([undefined, ...state.entries.slice(1).map(({ id }) => id - 1)]);
    expect(clockMs(state)).toBe(state.sending.steps.length * 1000);
  });

  test('a new connection draws anew; the clock goes on', () => {
    let state = settledTexts(toCart);
    const seen = new Set([backend(state)]);
    for (let count = 0; count < 12; count += 1) {
      const before = clockMs(state);
      state = act(state, { type: 'again' });
      expect(clockMs(state)).toBeGreaterThan(before);
      seen.add(backend(state));
    }
    expect(seen).toEqual(new Set(['default/cart-1', 'default/cart-2']));
    expect(state.past).toHaveLength(12);
  });

  test('with session affinity every connection of a client goes where the first one went', () => {
    let state = act(settledTexts(toCart), service('sessionAffinity', 'ClientIP'));
    const first = backend(state);
    for (let count = 0; count < 12; count += 1) {
      state = act(state, { type: 'again' });
      expect(backend(state)).toBe(first);
    }
  });

  test('an act before anything has happened leaves no packet behind', () => {
    const state = reduce(start(inputOf(toCart), 1), { type: 'podNetwork', by: 'vxlan' });
    expect(state.past).toEqual([]);
    expect(state.sending.number).toBe(0);
    expect(state.entries).toHaveLength(1);
  });

  test('what is so already, and what is not there, changes nothing', () => {
    const state = settledTexts(toCart);
    const idle: readonly Action[] = [
      { type: 'podNetwork', by: 'host-gw' },
      { type: 'hairpin', on: true },
      { type: 'bridgeNetfilter', on: true },
      { type: 'podMtu', bytes: 1500 },
      { type: 'size', bytes: 100 },
      { type: 'from', from: 'pod/nobody' },
      { type: 'pod', pod: 'default/nobody', change: 'deleted' },
      { type: 'proxy', node: 'node-a', runs: true },
      { type: 'policy', policy: 'default/none', on: false },
      { type: 'route', host: 'node-a', to: '10.244.2.0/24', via: '192.0.2.12', present: true },
      { type: 'route', host: 'node-a', to: '1.2.3.0/24', via: '192.0.2.12', present: false },
      service('externalTrafficPolicy', 'Cluster'),
      service('type', 'ExternalName'),
      service('targetPort', 'http'),
    ];
    for (const action of idle) expect([action, reduce(state, action) === state]).toEqual([action, true]);
  });
});

describe('the cluster changes, and the next packet shows it', () => {
  test('kube-proxy that stopped keeps yesterday’s rules; started again it catches up', () => {
    const gone: Action = { type: 'pod', pod: 'default/cart-2', change: 'deleted' };
    let state = act(settledTexts(toCart), { type: 'proxy', node: 'node-a', runs: false });
    state = act(state, gone);
    const outcomes = new Set<string>();
    for (let count = 0; count < 12; count += 1) {
      state = act(state, { type: 'again' });
      outcomes.add(state.sending.followed.result.outcome);
    }
    expect(outcomes).toEqual(new Set(['connected', 'EHOSTUNREACH']));
    state = act(state, { type: 'proxy', node: 'node-a', runs: true });
    for (let count = 0; count < 12; count += 1) {
      state = act(state, { type: 'again' });
      expect(backend(state)).toBe('default/cart-1');
    }
  });

  test('a Service that becomes a node port has one, and one that stops being one is closed', () => {
    const objects = cartObjects().replace('type: NodePort', 'type: ClusterIP').replace(', nodePort: 30080', '');
    let state = act(settledTexts({ objects, call: 'from: pod/checkout\nto: service/cart' }), service('type', 'NodePort'));
    const port = state.input.world.services[0]?.spec.ports?.[0]?.nodePort ?? 0;
    expect(port).toBeGreaterThanOrEqual(30_000);
    state = act(state, { type: 'from', from: 'host/client' });
    state = act(state, { type: 'to', to: 'node/node-b', port, protocol: 'tcp' });
    expect(state.sending.followed.result.outcome).toBe('connected');
    state = act(state, service('type', 'ClusterIP'));
    expect(state.sending.followed.result.outcome).toBe('ECONNREFUSED');
  });

  test('without hairpin mode a pod does not reach itself, without br_netfilter it does, and its neighbour does not', () => {
    const toItself = { ...textsOf('to-itself'), call: 'from: pod/cart-1\nto: service/cart' };
    let state = act(settledTexts(toItself), { type: 'hairpin', on: false });
    expect(state.sending.followed.result.outcome).toMatch(/^timeout/u);
    state = act(state, { type: 'bridgeNetfilter', on: false });
    expect(state.sending.followed.result.outcome).toBe('connected');
  });

  test('sizes: what fits, what is refused at once, and what is refused on the way', () => {
    const ping = { ...toCart, network: 'podNetwork: vxlan', call: 'from: pod/checkout\nto: pod/cart-2\nprotocol: ping\nbytes: 1422' };
    let state = settledTexts(ping);
    expect(state.sending.followed.result.outcome).toContain(' bytes from ');
    state = act(state, { type: 'size', bytes: 1423 });
    expect(state.sending.followed.result.outcome).toContain('message too long, mtu=1450');
    state = act(state, { type: 'podMtu', bytes: 1500 });
    expect(state.sending.followed.result.outcome).toContain('Frag needed');
    state = act(state, { type: 'fragments', may: true });
    expect(state.sending.followed.result.outcome).toContain(' bytes from ');
  });
});

describe('words', () => {
  test('the choice of a backend is told with its draw and its probability', () => {
    const state = settledTexts(toCart);
    const index = state.sending.steps.findIndex((_, at) => state.entries[at]?.text.includes('becomes'));
    const { because = '', steps = [] } = explain(state, `step:0:${index}`) ?? {};
    expect(because).toMatch(/KUBE-SEP-\w+ puts a backend in place.*drew 0\.\d\d.*1 in 2/u);
    expect(steps.join('\n')).toMatch(/1 in 2 of all new connections/u);
  });

  test('a device tells what tcpdump has printed there by now, and no more', () => {
    const begun = reduce(start(inputOf(toCart), 1), { type: 'advance' });
    expect(explain(begun, 'device:default/checkout/eth0')?.because).toContain('nothing here yet');
    expect(explain(settledTexts(toCart), 'device:default/checkout/eth0')?.steps?.[0]).toBe(
      'IP 10.244.1.5.40003 > 10.96.0.50.80: Flags [S], options [mss 1460], length 0',
    );
  });

  test.each([
    'pod:default/cart-1',
    'service:default/cart',
    'node:node-a',
    'host:client',
    'machine:node-a',
    'machine:lan',
    'machine:default/cart-1',
    'route:node-a:10.244.2.0/24',
    'route:node-a:1.2.3.0/24',
    'address:10.96.0.50',
    'address:8.8.8.8',
    'setting:podMtu',
    'setting:proxyMode',
    'setting:podNetwork',
    'setting:hairpin',
    'setting:bridgeNetfilter',
    'call',
    'outcome',
    'packet:0',
    'conntrack:0',
  ])('“why?” of %s', (subject) => {
    const explanation = explain(settledTexts(toCart), subject);
    expect(explanation?.title).toBeTruthy();
    expect(explanation?.because).toMatch(/[.:]$/u);
  });

  test.each(['pod:default/nobody', 'service:x', 'node:x', 'rule:0:0', 'rule:x', 'step:9:9', 'step:x', 'device:x', 'conntrack:9', 'nothing', ''])(
    'nothing is said of %j',
    (subject) => {
      expect(explain(settledTexts(toCart), subject)).toBeUndefined();
    },
  );

  test('on a real cluster the acts stand as commands', () => {
    const state = act(settledTexts(toCart), service('sessionAffinity', 'ClientIP'));
    expect(realCluster(state).commands).toContain(`kubectl -n default patch service cart -p '{"spec":{"sessionAffinity":"ClientIP"}}'`);
    expect(realCluster(state).commands).toContain('kubectl -n default exec checkout -- nc -vz -w 3 10.96.0.50 80');
  });
});

test('behind the tunnel’s device every step shows the outer packet, until it is taken off', () => {
  const { sending } = settledTexts(textsOf('other-node-overlay'));
  const wrap = sending.steps.findIndex(({ kind }) => kind === 'wrap');
  const unwrap = sending.steps.findIndex(({ kind }) => kind === 'unwrap');
  for (let index = wrap + 1; index < unwrap; index += 1) {
    const { before, after } = passageOf(sending, index);
    expect([index, before?.dst, after?.dst]).toEqual([index, '192.0.2.12:8472', '192.0.2.12:8472']);
  }
  expect(passageOf(sending, unwrap).after?.dst).toBe('10.244.2.7:8080');
});
