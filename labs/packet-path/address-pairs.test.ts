import { describe, expect, test } from 'vitest';
import type { State } from './state.ts';
import { cartObjects, settledTexts } from './testing.ts';

/** Source and destination of every frame and of every visit of rules, in the direction asked for; of a tunnel’s packets both pairs. */
function pairs({ sending }: State, leg: 'there' | 'back'): readonly string[] {
  return sending.followed.hops.flatMap((hop) => {
    if (hop.type !== 'packet' || hop.leg !== leg) return [];
    const inner = hop.encapsulation?.inner;
    const pair = `${hop.src} -> ${hop.dst}`;
    return [`${hop.where}: ${inner ? `${hop.src.split(':')[0] ?? ''} -> ${hop.dst.split(':')[0] ?? ''} (${inner.src} -> ${inner.dst})` : pair}`];
  });
}

/** The first seed under which chance takes this backend. */
function withBackend(texts: Parameters<typeof settledTexts>[0], backend: string): State {
  for (let seed = 1; seed < 40; seed += 1) {
    const state = settledTexts(texts, seed);
    if (state.sending.followed.result.reply?.includes(`backend=${backend} `)) return state;
  }
  throw new Error(`${backend} was never chosen`);
}

const fromClient = '198.51.100.7:40003';

describe('address pairs hop by hop', () => {
  test.each(['iptables', 'nftables'])('a pod calls a ClusterIP with the backend on another node, by route, in %s mode', (mode) => {
    const state = withBackend({ objects: cartObjects(), network: `proxyMode: ${mode}`, call: 'from: pod/checkout\nto: service/cart' }, 'default/cart-2');
    const rewritten = '10.244.1.5:40003 -> 10.244.2.7:8080';
    expect(pairs(state, 'there')).toEqual([
      'default/checkout/eth0: 10.244.1.5:40003 -> 10.96.0.50:80',
      'node-a/veth-checkout: 10.244.1.5:40003 -> 10.96.0.50:80',
      ...['node-a/cni0', 'node-a/eth0', 'lan/node-a', 'lan/node-b', 'node-b/eth0', 'node-b/cni0', 'node-b/veth-cart-2', 'default/cart-2/eth0'].map(
        (where) => `${where}: ${rewritten}`,
      ),
    ]);
    expect(pairs(state, 'back').at(-1)).toBe('default/checkout/eth0: 10.96.0.50:80 -> 10.244.1.5:40003');
  });

  test('the same with VXLAN: the outer packet is from node to node, the inner one unchanged', () => {
    const state = withBackend({ objects: cartObjects(), network: 'podNetwork: vxlan', call: 'from: pod/checkout\nto: service/cart' }, 'default/cart-2');
    const wire = pairs(state, 'there').filter((pair) => pair.startsWith('lan/'));
    expect(wire).toEqual(['lan/node-a', 'lan/node-b'].map((where) => `${where}: 192.0.2.11 -> 192.0.2.12 (10.244.1.5:40003 -> 10.244.2.7:8080)`));
    expect(pairs(state, 'there').at(-1)).toBe('default/cart-2/eth0: 10.244.1.5:40003 -> 10.244.2.7:8080');
    expect(pairs(state, 'back').at(-1)).toBe('default/checkout/eth0: 10.96.0.50:80 -> 10.244.1.5:40003');
  });

  test('a pod that reaches itself through the Service sees the bridge’s address, and nothing is on the wire', () => {
    const state = withBackend({ objects: cartObjects(), call: 'from: pod/cart-1\nto: service/cart' }, 'default/cart-1');
    const there = pairs(state, 'there');
    expect(there[0]).toBe('default/cart-1/eth0: 10.244.1.9:40003 -> 10.96.0.50:80');
    expect(there.at(-1)).toMatch(/^default\/cart-1\/eth0: 10\.244\.1\.1:\d+ -> 10\.244\.1\.9:8080$/u);
    expect(there.some((pair) => pair.startsWith('lan/'))).toBe(false);
    expect(pairs(state, 'back').at(-1)).toBe('default/cart-1/eth0: 10.96.0.50:80 -> 10.244.1.9:40003');
  });

  test('the internet calls a node port, policy Cluster, backend on the other node: the node that was called puts itself in', () => {
    const state = withBackend({ objects: cartObjects(), call: 'from: host/client\nto: node/node-b\nport: 30080' }, 'default/cart-1');
    const there = pairs(state, 'there');
    expect(there[0]).toBe(`client/eth0: ${fromClient} -> 192.0.2.12:30080`);
    expect(there.find((pair) => pair.startsWith('node-a/eth0'))).toMatch(/^node-a\/eth0: 192\.0\.2\.12:\d+ -> 10\.244\.1\.9:8080$/u);
    expect(there.at(-1)).toMatch(/^default\/cart-1\/eth0: 192\.0\.2\.12:\d+ -> 10\.244\.1\.9:8080$/u);
    expect(pairs(state, 'back').at(-1)).toBe(`client/eth0: 192.0.2.12:30080 -> ${fromClient}`);
  });

  test('the same with policy Local and a backend on the node: the client’s own address', () => {
    const state = settledTexts({ objects: cartObjects('  externalTrafficPolicy: Local'), call: 'from: host/client\nto: node/node-a\nport: 30080' });
    expect(pairs(state, 'there').at(-1)).toBe(`default/cart-1/eth0: ${fromClient} -> 10.244.1.9:8080`);
    expect(pairs(state, 'back').at(-1)).toBe(`client/eth0: 192.0.2.11:30080 -> ${fromClient}`);
  });

  test.each(['iptables', 'nftables'])('a node without endpoints, policy Local, in %s mode: dropped, and no answer', (mode) => {
    const happened = `proxyMode: ${mode}\nhappened:\n  - podDeleted: cart-2`;
    const state = settledTexts({
      objects: cartObjects('  externalTrafficPolicy: Local'),
      network: happened,
      call: 'from: host/client\nto: node/node-b\nport: 30080',
    });
    expect(pairs(state, 'there').at(-1)).toBe(`node-b/eth0: ${fromClient} -> 192.0.2.12:30080`);
    expect(pairs(state, 'back')).toEqual([]);
    expect(state.sending.followed.result.outcome).toMatch(/^timeout/u);
  });

  test('a program on a node calls the ClusterIP: rewritten in OUTPUT, and the node’s address stays', () => {
    const state = withBackend({ objects: cartObjects(), call: 'from: node/node-a\nto: service/cart' }, 'default/cart-2');
    const rewriting = state.sending.followed.hops.find((hop) => hop.type === 'netfilter' && hop.after !== undefined && hop.after.dst !== hop.packet.dst);
    expect(rewriting).toMatchObject({
      where: 'node-a',
      hook: 'OUTPUT',
      packet: { src: '192.0.2.11:40003', dst: '10.96.0.50:80' },
      after: { dst: '10.244.2.7:8080' },
    });
    expect(pairs(state, 'there').at(-1)).toMatch(/^default\/cart-2\/eth0: 192\.0\.2\.11:\d+ -> 10\.244\.2\.7:8080$/u);
    const answered = state.sending.followed.hops.findLast((hop) => hop.type === 'arrived');
    expect(answered).toMatchObject({ program: 'client', packet: { src: '10.96.0.50:80', dst: '192.0.2.11:40003' } });
  });

  test('an edge controller calls the pod itself: nothing is rewritten', () => {
    const state = settledTexts({ objects: cartObjects(), call: 'from: pod/checkout\nto: pod/cart-2\nport: 8080' });
    expect(new Set(pairs(state, 'there').map((pair) => pair.split(': ')[1]))).toEqual(new Set(['10.244.1.5:40003 -> 10.244.2.7:8080']));
    expect(new Set(pairs(state, 'back').map((pair) => pair.split(': ')[1]))).toEqual(new Set(['10.244.2.7:8080 -> 10.244.1.5:40003']));
  });

  test('later connections draw anew; one connection keeps its backend', () => {
    const backends = Array.from(
      { length: 40 },
      (_, seed) => settledTexts({ objects: cartObjects(), call: 'from: pod/checkout\nto: service/cart' }, seed).sending.followed.result.reply ?? '',
    );
    const near = backends.filter((reply) => reply.includes('cart-1')).length;
    expect(near).toBeGreaterThan(8);
    expect(near).toBeLessThan(32);
  });
});
