import { describe, expect, test } from 'vitest';
import { changeOf, placeOf, rulesOn } from './rules-on.ts';
import { longestRoute, podProbe, routeOf } from './routes.ts';
import { reduce } from './reduce.ts';
import type { Action, State } from './state.ts';
import type { Seen } from './situation.ts';
import { scenarioState, stateOf } from './testing.ts';
import { crowdService, sizeOf, writtenOn } from './written.ts';

const after = (state: State, ...actions: readonly Action[]): State => actions.reduce(reduce, state);

/** A Service with so many ready pods on node-b. */
function withPods(number: number): State {
  const service =
    'apiVersion: v1\nkind: Service\nmetadata: { name: web, namespace: shop }\nspec:\n  selector: { app: web }\n  ports: [{ port: 80, targetPort: 8080 }]\n';
  const deployment = `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web, namespace: shop }\nspec:\n  replicas: ${number}\n  selector: { matchLabels: { app: web } }\n  template:\n    metadata: { labels: { app: web } }\n    spec: { containers: [{ name: web, image: registry.example/web:1 }] }\n`;
  return stateOf({ objects: `${service}---\n${deployment}` });
}

describe('the choice among endpoints', () => {
  test.each([1, 2, 3, 5, 8])('%i endpoints: probabilities 1/n, 1/(n-1) … 1, and equal shares', (number) => {
    const state = withPods(number);
    const lines = state.outlook.blocks.find(({ name }) => name.startsWith('KUBE-SVC-'))?.lines.filter(({ share }) => share !== undefined) ?? [];
    expect(lines.map(({ chance = 0 }) => 1 / chance)).toEqual(Array.from({ length: number }, (_, index) => expect.closeTo(number - index) as number));
    for (const { share } of lines) expect(share).toBeCloseTo(1 / number);
    expect(Object.values(state.outlook.ways[0]?.inside.shares ?? {})).toEqual(Array.from({ length: number }, () => expect.closeTo(1 / number) as number));
  });

  test('what the picture says is what the rule says', () => {
    const texts = withPods(3).outlook.blocks.flatMap(({ lines }) => lines.map(({ text }) => text));
    expect(texts.filter((text) => text.includes('--probability')).map((text) => /probability (\S+)/u.exec(text)?.[1])).toEqual([
      '0.33333333349',
      '0.50000000000',
    ]);
  });

  test('in nftables mode one rule rolls a number', () => {
    const state = after(withPods(3), { type: 'mode', mode: 'nftables' });
    const lines = state.outlook.blocks.find(({ name }) => name.startsWith('service-'))?.lines ?? [];
    expect(lines).toHaveLength(1);
    expect(lines[0]?.text).toContain('numgen random mod 3');
    expect(lines[0]?.choices?.map(({ share }) => share)).toEqual([1 / 3, 1 / 3, 1 / 3]);
  });
});

describe('trafficDistribution', () => {
  const pod = (name: string, node: string): string =>
    `---\napiVersion: v1\nkind: Pod\nmetadata: { name: ${name}, labels: { app: web } }\nspec: { nodeName: ${node}, containers: [{ name: web, image: registry.example/web:1 }] }\n`;
  const withDistribution = (value: string): State =>
    stateOf({
      objects: `apiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec:\n  trafficDistribution: ${value}\n  selector: { app: web }\n  ports: [{ port: 80 }]\n${pod('a', 'node-a')}${pod('b', 'node-b')}`,
    });
  const podsOf = ({ outlook }: State): readonly number[] => outlook.ways.map(({ inside }) => Object.keys(inside.shares).length);

  test.each([
    ['PreferSameNode', [1, 1]],
    // Nodes of this lab have no zone, so there is nothing to hint at.
    ['PreferSameZone', [2, 2]],
  ] as const)('%s', (value, expected) => {
    expect(podsOf(withDistribution(value))).toEqual(expected);
  });

  test('without a ready pod of its own a node takes all', () => {
    const state = after(withDistribution('PreferSameNode'), { type: 'ready', pod: 'default/a', ready: false });
    expect(podsOf(state)).toEqual([1, 1]);
    expect(Object.keys(state.outlook.ways[0]?.inside.shares ?? {})).toEqual(Object.keys(state.outlook.ways[1]?.inside.shares ?? {}));
  });
});

describe('no endpoint', () => {
  test('REJECT in table filter, no chain in nat', () => {
    const { outlook } = withPods(0);
    expect(outlook.ways[0]?.inside.refused).toBe('reject');
    expect(outlook.blocks.filter(({ role }) => role !== 'behind').map(({ id }) => id)).toEqual(['filter/KUBE-SERVICES']);
    expect(outlook.blocks[0]?.lines[0]?.text).toContain('-j REJECT --reject-with icmp-port-unreachable');
  });

  test('a cluster IP that nobody has: no rule speaks of it in iptables mode, dropped in nftables mode', () => {
    const state = withPods(1);
    const probe = { source: podProbe, destination: '10.99.0.99', protocol: 'tcp', port: 80, isToNode: false };
    expect(routeOf(rulesOn(state), probe).refused).toBe('through');
    expect(routeOf(writtenOn(state.now, placeOf(state), 'nftables'), probe).refused).toBe('drop');
  });

  test.each(['iptables', 'nftables'] as const)('rejected in %s mode too', (mode) => {
    expect(after(withPods(0), { type: 'mode', mode }).outlook.ways.map(({ inside }) => inside.refused)).toEqual(['reject', 'reject']);
  });
});

describe('a crowd of Services that are counted', () => {
  /** The same crowd, every one of its Services written. */
  function written(state: State, services: number, endpoints: number): Seen {
    const all = Array.from({ length: services }, (_, index) => index);
    const name = (index: number): string => `svc-${String(index + 1).padStart(4, '0')}`;
    return {
      ...state.now,
      crowd: { services: 0, endpoints: 0 },
      services: [
        ...all.map((index) => ({
          metadata: { name: name(index), namespace: 'fillers' },
          spec: { clusterIP: `10.97.${Math.floor(index / 250)}.${(index % 250) + 1}`, ports: [{ port: 80 }] },
        })),
        ...state.now.services,
      ],
      slices: [
        ...all.map((index) => ({
          metadata: { name: `${name(index)}-x`, namespace: 'fillers', labels: { 'kubernetes.io/service-name': name(index) } },
          addressType: 'IPv4' as const,
          endpoints: Array.from({ length: endpoints }, (_, each) => ({
            addresses: [`10.244.${128 + Math.floor((index * endpoints + each) / 250)}.${((index * endpoints + each) % 250) + 1}`],
            conditions: { ready: true, serving: true, terminating: false },
          })),
          ports: [{ name: '', port: 8080, protocol: 'TCP' as const }],
        })),
        ...state.now.slices,
      ],
    };
  }

  test.each([
    [1, 10],
    [20, 3],
    [20, 0],
    [1000, 10],
  ])('%i Services × %i endpoints: as many rules, and as long a way, as if each were written', (services, endpoints) => {
    const state = after(withPods(2), { type: 'crowd', services }, { type: 'crowd endpoints', endpoints });
    const whole = written(state, services, endpoints);
    for (const mode of ['iptables', 'nftables'] as const) {
      const [counted, all] = [writtenOn(state.now, placeOf(state), mode), writtenOn(whole, placeOf(state), mode)];
      expect(sizeOf(counted.blocks)).toEqual(sizeOf(all.blocks));
      expect(longestRoute(counted)).toMatchObject({ rules: longestRoute(all).rules, lookups: longestRoute(all).lookups });
      const own = (blocks: typeof all.blocks): readonly string[] =>
        blocks.filter(({ service }) => service === 'shop/web').flatMap(({ lines }) => lines.map(({ text }) => text));
      expect(own(counted.blocks)).toEqual(own(all.blocks));
    }
  });

  test('iptables grows with the number of Services, nftables does not', () => {
    const lengths = [0, 500, 2000].map((services) => after(withPods(2), { type: 'crowd', services }).outlook.sizes.map(({ route }) => route.rules));
    expect(lengths.map(([linear = 0]) => linear > 2000)).toEqual([false, false, true]);
    expect(new Set(lengths.map(([, mapped]) => mapped)).size).toBe(1);
  });

  test('with more than 1,000 endpoints the rules of endpoints lose their comments', () => {
    const comments = (services: number): number =>
      rulesOn(after(withPods(2), { type: 'crowd', services }))
        .blocks.filter(({ service, name }) => service !== crowdService && name.startsWith('KUBE-SEP-'))
        .flatMap(({ lines }) => lines.filter(({ text }) => text.includes('--comment'))).length;
    expect([comments(0), comments(100)]).toEqual([4, 0]);
  });
});

describe('what a change rewrites', () => {
  test('an untouched Service keeps its rules', () => {
    const state = scenarioState('nftables-maps');
    const next = after(state, { type: 'ready', pod: 'shop/cart-b', ready: false });
    const change = changeOf(next);
    expect([...(change?.blocks.values() ?? [])].filter(({ is, block }) => is !== 'same' && block.service === 'shop/web')).toEqual([]);
    expect(change?.removed).toBeGreaterThan(0);
  });

  test('added, removed and untouched add up to what is there', () => {
    const state = after(withPods(3), { type: 'crowd', services: 300 });
    const change = changeOf(state);
    const { rules, elements } = sizeOf(rulesOn(state).blocks);
    expect((change?.added ?? 0) + (change?.untouched ?? 0)).toBe(rules + elements);
  });

  test('there and back changes nothing in the end', () => {
    const state = withPods(2);
    const next = after(state, { type: 'mode', mode: 'nftables' }, { type: 'mode', mode: 'iptables' });
    expect(rulesOn(next).blocks).toEqual(rulesOn(state).blocks);
  });
});

describe('kube-proxy writes, and nobody else', () => {
  const stopped = after(scenarioState('who-writes-the-rules'), { type: 'proxy', node: 'node-a', running: false });
  const gone = after(stopped, { type: 'terminate', pod: 'shop/cart-a' }, { type: 'remove', pod: 'shop/cart-a' });

  test('stopped: the rules stay, also those for a pod that is gone', () => {
    expect(rulesOn(gone).blocks).toEqual(rulesOn(stopped).blocks);
    expect(rulesOn(gone, 'node-b').blocks).not.toEqual(rulesOn(stopped, 'node-b').blocks);
  });

  test('another mode is not written either', () => {
    expect(rulesOn(after(gone, { type: 'mode', mode: 'nftables' })).mode).toBe('iptables');
  });

  test('started again: it writes what is the case, and the log says so', () => {
    const started = after(gone, { type: 'proxy', node: 'node-a', running: true });
    expect(started.outlook.ways.filter(({ node }) => node === 'node-a').map(({ inside }) => Object.keys(inside.shares).length)).toEqual([1]);
    expect(started.entries.at(-1)?.text).toMatch(/syncs: .* removed/u);
  });
});

describe('an edit in the middle', () => {
  test('keeps what the learner did to objects whose text is the same', () => {
    const state = after(scenarioState('one-two-three-endpoints'), { type: 'ready', pod: 'shop/cart-a', ready: false });
    const { input } = scenarioState('one-two-three-endpoints', { proxy: 'node: node-b' });
    const next = after(state, { type: 'apply', input });
    expect(next.node).toBe('node-b');
    expect(Object.keys(next.outlook.ways.find(({ node }) => node === 'node-b')?.inside.shares ?? {})).toHaveLength(1);
  });

  test('keeps the pods of a Deployment that stays, and takes the number of one that changes', () => {
    const scaled = after(withPods(2), { type: 'scale', deployment: 'shop/web', replicas: 4 });
    const moved = after(scaled, { type: 'apply', input: { ...withPods(2).input, settings: { ...scaled.input.settings, mode: 'nftables' } } });
    expect(moved.cluster.pods).toEqual(scaled.cluster.pods);
    expect(after(scaled, { type: 'apply', input: withPods(3).input }).cluster.pods).toHaveLength(3);
  });
});
