import { describe, expect, test } from 'vitest';
import { headlineOf, streaks } from './describe.ts';
import { expectedLoss, expectedShare } from './expected.ts';
import lab from './lab.ts';
import { testOf } from './shares.ts';
import { worldOf } from './simulation.ts';
import { choicesOf, type State } from './state.ts';
import { exampleInput, node, ran, requestsOf, runOf } from './testing.ts';

const seeds = Array.from({ length: 60 }, (_, index) => index + 1);
const external = (policy: 'Cluster' | 'Local') => ({ type: 'LoadBalancer', externalTrafficPolicy: policy }) as const;
const internet = { from: 'internet', clients: 40 } as const;
const expectations = (state: State): readonly number[] => state.pods.map(({ name }) => Number(expectedShare(state.outlook, name).toFixed(4)));

/** Of 60 fair runs the test calls about three unlikely; more than ten would come once in ten thousand times. */
function unlikely(states: readonly State[]): number {
  return states.filter((state) => (testOf(state)?.probability ?? 0) < 0.05).length;
}

describe.each(['iptables', 'nftables'] as const)('%s', (proxy) => {
  test('Cluster: over many seeds the counts fit 1/n, neither worse nor better than chance', () => {
    const states = seeds.map((seed) => runOf({ proxy, spec: external('Cluster'), traffic: { ...internet, requests: 300 } }, seed));
    expect(expectations(states[0]!)).toEqual([0.3333, 0.3333, 0.3333]);
    expect(unlikely(states)).toBeLessThanOrEqual(10);
    const mean = states.reduce((sum, state) => sum + (testOf(state)?.probability ?? 0), 0) / states.length;
    expect(mean).toBeGreaterThan(0.35);
    expect(mean).toBeLessThan(0.65);
    const total = states.map(requestsOf).reduce((sum, counts) => sum.map((each, index) => each + (counts[index] ?? 0)), [0, 0, 0]);
    for (const count of total) expect(Math.abs(count - 6000)).toBeLessThan(4 * Math.sqrt((18_000 * 2) / 9));
  });

  test('Local: the share of a pod is the share of its node, divided by the pods there', () => {
    const states = seeds.slice(0, 20).map((seed) => runOf({ proxy, spec: external('Local'), traffic: { ...internet, requests: 400 } }, seed));
    for (const state of states) {
      expect(expectations(state)).toEqual([0.25, 0.25, 0.5]);
      expect(requestsOf(state)[2]).toBe(200);
    }
    expect(unlikely(states)).toBeLessThanOrEqual(5);
  });
});

test('Local with a node that has no ready pod: its part is dropped, unless the load balancer heeds the health check', () => {
  const nodes = [node('node-1', 2), node('node-2', 1, { notReady: 1 })];
  const all = runOf({ nodes, spec: external('Local'), traffic: { ...internet, requests: 100 } });
  expect(all.tally.dropped).toBe(50);
  expect(expectedLoss(all.outlook)).toBe(0.5);
  const healthy = runOf({ nodes, spec: external('Local'), traffic: { ...internet, requests: 100, loadBalancer: 'healthy nodes' } });
  expect(healthy.tally.dropped).toBe(0);
  expect(requestsOf(healthy)[2]).toBe(0);
});

test.each([1, 2, 3, 4, 7, 100, 1000])('IPVS round robin after %i connections at one node: even within one', (requests) => {
  const counts = requestsOf(runOf({ proxy: 'ipvs rr', traffic: { requests } }));
  expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
});

test('IPVS least connection fills a new pod first, where connections stay open', () => {
  const state = runOf({
    proxy: 'ipvs lc',
    nodes: [node('node-1', 2, { podsLater: 3 })],
    scaleAfterRequests: 20,
    traffic: { clients: 30, requestsPerConnection: null, requests: 30 },
  });
  expect(worldOf(state).open.filter((each) => each?.pod === 'cart-c')).toHaveLength(10);
});

test('IPVS least connection spreads short connections too: closed ones weigh for two minutes', () => {
  expect(requestsOf(runOf({ proxy: 'ipvs lc', traffic: { requests: 300, msBetweenRequests: 10 } }))).toEqual([100, 100, 100]);
});

test('one connection has one pod, however many requests it carries', () => {
  for (const seed of seeds.slice(0, 10)) {
    const state = runOf({ traffic: { requestsPerConnection: null } }, seed);
    expect(requestsOf(state).filter((count) => count > 0)).toEqual([1000]);
    expect(choicesOf(state)).toBe(1);
  }
});

test('a pool makes as many choices as it has connections', () => {
  const state = runOf({ traffic: { connectionsPerClient: 10, requestsPerConnection: null } });
  expect(choicesOf(state)).toBe(10);
  expect(requestsOf(state).every((count) => count % 100 === 0)).toBe(true);
  expect(choicesOf(runOf({ traffic: { connectionsPerClient: 10, requestsPerConnection: 50 } }))).toBe(20);
});

describe('affinity', () => {
  const sticky = { sessionAffinity: 'ClientIP' } as const;
  test('each client is chosen for once', () => {
    const state = runOf({ spec: sticky, traffic: { clients: 12 } });
    expect([choicesOf(state), state.tally.switches]).toEqual([12, 0]);
  });
  test.each([
    ['iptables', 10_799, 1],
    ['iptables', 10_800, 1],
    ['iptables', 10_801, 10],
    ['nftables', 10_799, 1],
    ['nftables', 10_800, 10],
    ['ipvs rr', 10_799, 1],
    ['ipvs rr', 10_800, 10],
  ] as const)('%s, a connection every %i s: %i choices in ten', (proxy, seconds, choices) => {
    expect(choicesOf(runOf({ proxy, spec: sticky, traffic: { requests: 10, msBetweenRequests: seconds * 1000 } }))).toBe(choices);
  });
  test('timeoutSeconds counts instead of three hours', () => {
    const spec = { ...sticky, sessionAffinityConfig: { clientIP: { timeoutSeconds: 60 } } };
    expect(choicesOf(runOf({ spec, traffic: { requests: 10, msBetweenRequests: 60_001 } }))).toBe(10);
    expect(choicesOf(runOf({ spec, traffic: { requests: 10, msBetweenRequests: 59_999 } }))).toBe(1);
  });
  test('each node remembers for itself', () => {
    const nodes = [node('node-1', 2), node('node-2', 2), node('node-3', 2)];
    expect(choicesOf(runOf({ nodes, spec: { ...sticky, type: 'LoadBalancer' }, traffic: { from: 'internet', requests: 90 } }))).toBe(3);
  });
  test('after three hours of silence the learner sees new choices', () => {
    const before = runOf({ spec: sticky, traffic: { clients: 12, requests: 120 } });
    const after = ran(lab.reduce(lab.reduce(before, { type: 'wait' }), { type: 'more', requests: 120 }));
    expect(choicesOf(after)).toBe(24);
  });
});

describe('UDP', () => {
  const udp = { ports: [{ port: 8125, protocol: 'UDP' }] } as const;
  const socket = { requestsPerConnection: null, requests: 200 } as const;
  test('one socket keeps its pod while it is never silent for more than two minutes', () => {
    expect(choicesOf(runOf({ spec: udp, traffic: { ...socket, msBetweenRequests: 120_000 } }))).toBe(1);
    expect(choicesOf(runOf({ spec: udp, traffic: { ...socket, msBetweenRequests: 120_001 } }))).toBe(200);
  });
  test('a new socket for each datagram chooses each time', () => {
    expect(choicesOf(runOf({ spec: udp, traffic: { requests: 200 } }))).toBe(200);
  });
  test('kube-proxy deletes the entry when its pod is not ready any more; TCP stays', () => {
    const unready = (spec: object): number => {
      const state = runOf({ spec, nodes: [node('node-1', 3)], traffic: socket });
      const changed = lab.reduce(state, { type: 'not-ready', node: 'node-1', pods: 3 });
      return changed.openCount;
    };
    expect([unready(udp), unready({})]).toEqual([0, 1]);
  });
});

test('a pod that comes later gets nothing over open connections, and its part of new ones', () => {
  const later = (requestsPerConnection: number | null): readonly number[] =>
    requestsOf(
      runOf({ nodes: [node('node-1', 2, { podsLater: 3 })], scaleAfterRequests: 100, traffic: { clients: 20, requestsPerConnection, requests: 1000 } }),
    );
  expect(later(null)[2]).toBe(0);
  expect(later(1)[2]).toBeGreaterThan(230);
});

test('other clients have connections of their own, and no more than the lab bears', () => {
  const state = runOf({ traffic: { connectionsPerClient: 20, requestsPerConnection: null } });
  const more = ran(lab.reduce(state, { type: 'clients', clients: 10 }));
  expect([state.openCount, more.openCount, more.tally.broken, choicesOf(more)]).toEqual([20, 200, 20, 200]);
  expect(lab.reduce(state, { type: 'clients', clients: 51 })).toBe(state);
});

test('nothing is left to chance but the seed', () => {
  const again = (seed: number): string => JSON.stringify(runOf({ traffic: { requests: 300 } }, seed));
  expect(again(5)).toBe(again(5));
  expect(again(5)).not.toBe(again(6));
});

test('10,000 connections are worked out in well under a second', () => {
  const input = exampleInput({ traffic: { requests: 10_000 } });
  lab.start(input, 1);
  const times = [1, 2, 3].map(() => {
    const begin = performance.now();
    lab.start(input, 1);
    return performance.now() - begin;
  });
  // About 100 ms alone; other work may slow the machine down.
  expect(Math.min(...times)).toBeLessThan(600);
});

test('the models work out the same world again from where a plan began', () => {
  const input = exampleInput({
    nodes: [node('node-1', 2, { podsLater: 3 })],
    scaleAfterRequests: 40,
    spec: { sessionAffinity: 'ClientIP' },
    traffic: { clients: 7, connectionsPerClient: 3, requestsPerConnection: 4, requests: 200 },
  });
  let state = lab.start(input, 3);
  const whole = ran(state);
  for (let action = lab.next(state); action !== undefined; action = lab.next(state)) {
    state = lab.reduce(state, action);
    const again = worldOf(state);
    expect([again.sent, again.tally, again.pods, again.clockMs]).toEqual([state.sent, state.tally, state.pods, state.clockMs]);
    // A pause without any effect but time: what follows is worked out from here, and comes out the same.
    const later = ran(lab.reduce(state, { type: 'not-ready', node: 'node-9', pods: 1 }));
    expect(later.tally).toEqual(whole.tally);
  }
});

test('a headline of requests that were all lost speaks of no share', () => {
  const state = runOf({
    spec: { internalTrafficPolicy: 'Local' },
    traffic: { nodes: ['node-2'], requests: 20 },
    nodes: [node('node-1', 1), node('node-2', 0)],
  });
  expect(headlineOf(state)).toBe('20 requests over 20 new connections: all 20 were lost.');
});

test('round robin of two nodes is not told as streaks: each node goes through its own list', () => {
  const traffic = { nodes: ['node-1', 'node-2'], clients: 2, requests: 30 };
  expect(streaks(runOf({ proxy: 'ipvs rr', traffic }))).toBe('30 choices: the nodes take turns, and each counts for itself');
  expect(streaks(runOf({ proxy: 'ipvs rr', traffic: { requests: 30 } }))).toContain('0 of 29 choices went where the one before went');
});
