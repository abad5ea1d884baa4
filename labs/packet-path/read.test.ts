import { describe, expect, test } from 'vitest';
import reader from './read.ts';
import { cartObjects, inputOf } from './testing.ts';

const objects = cartObjects();
const errorsOf = (texts: { readonly objects?: string; readonly network?: string; readonly call?: string }) => {
  const result = reader.read({ objects, network: '', call: '', ...texts });
  return result.ok ? [] : result.errors.map(({ part, line, column, message, expected }) => `${part} ${line}:${column} ${message} (${expected})`);
};

describe('what the texts mean', () => {
  test('without a word there are two nodes, and the first pod calls the first Service', () => {
    const { world, call } = inputOf({ objects });
    expect(world.nodes.map(({ name, address, podCidr }) => `${name} ${address} ${podCidr}`)).toEqual([
      'node-a 192.0.2.11 10.244.1.0/24',
      'node-b 192.0.2.12 10.244.2.0/24',
    ]);
    expect(call).toEqual({ from: 'pod/checkout', to: 'service/cart', port: 80, protocol: 'tcp', dataBytes: 56, mayFragment: false });
  });

  test('pods without a place go where there is room, with addresses of their node', () => {
    const text = ['one', 'two', 'three']
      .map((name) => `apiVersion: v1\nkind: Pod\nmetadata: { name: ${name} }\nspec: { containers: [{ name: app }] }`)
      .join('\n---\n');
    expect(inputOf({ objects: text }).world.pods.map(({ node, address }) => `${node} ${address}`)).toEqual([
      'node-a 10.244.1.5',
      'node-b 10.244.2.5',
      'node-a 10.244.1.6',
    ]);
  });

  test('a Deployment makes pods with its labels, spread over the nodes', () => {
    const text =
      'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web }\nspec:\n  replicas: 3\n  selector: { matchLabels: { app: web } }\n  template:\n    metadata: { labels: { app: web } }\n    spec: { containers: [{ name: app, ports: [{ containerPort: 80 }] }] }';
    const { pods } = inputOf({ objects: text }).world;
    expect(pods.map(({ node, labels, listeners }) => [node, labels, listeners])).toEqual(
      ['node-a', 'node-b', 'node-a'].map((node) => [node, { app: 'web' }, [{ port: 80, protocol: 'tcp' }]]),
    );
    expect(new Set(pods.map(({ name }) => name)).size).toBe(3);
  });

  test('what happened before is done in its order: a kube-proxy that stopped first knows the pod that went', () => {
    const { world } = inputOf({ objects, network: 'happened:\n  - kubeProxyStopped: node-a\n  - podDeleted: cart-2' });
    expect(world.pods.find(({ name }) => name === 'cart-2')?.isGone).toBe(true);
    const [stopped] = world.stoppedProxies;
    expect(stopped?.endpointSlices.flatMap(({ endpoints }) => (endpoints ?? []).flatMap(({ addresses }) => addresses))).toEqual(['10.244.1.9', '10.244.2.7']);
  });

  test('names may be short where they are clear', () => {
    expect(inputOf({ objects, call: 'from: checkout\nto: cart' }).call).toMatchObject({ from: 'pod/checkout', to: 'service/cart' });
    expect(inputOf({ objects, call: 'from: client\nto: 10.96.0.99\nprotocol: ping' }).call).toMatchObject({
      from: 'host/client',
      to: '10.96.0.99',
      protocol: 'ping',
    });
  });
});

describe('mistakes are told with their place', () => {
  test.each([
    [
      'an unknown node',
      { objects: objects.replace('nodeName: node-b', 'nodeName: node-x') },
      /^objects 17:\d+ there is no node node-x \(nodeName: node-a or node-b\)/u,
    ],
    ['an address of another node', { objects: objects.replace('10.244.2.7', '10.244.1.77') }, /10\.244\.1\.77 is not of 10\.244\.2\.0\/24/u],
    ['an address twice', { objects: objects.replace('10.244.1.5', '10.244.1.9') }, /another pod has the address 10\.244\.1\.9/u],
    [
      'a policy that a ClusterIP cannot have',
      { objects: cartObjects('  externalTrafficPolicy: Local').replace('type: NodePort', 'type: ClusterIP').replace(', nodePort: 30080', '') },
      /may only be set for externally-accessible services/u,
    ],
    ['a kind with no part here', { objects: 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: x }' }, /^objects 2:\d+ a ConfigMap has no part in this lab/u],
    ['an unknown field of the network', { network: 'proxymode: iptables' }, /^network 1:\d+ proxymode: no such field/u],
    ['an unknown mode', { network: 'proxyMode: userspace' }, /^network 1:12 proxyMode: "userspace" is not known \(one of iptables, nftables, ipvs\)/u],
    ['a block that begins in the middle', { network: 'clusterCIDR: 10.244.1.7/16' }, /not a block of IPv4 addresses/u],
    ['an MTU that is none', { network: 'podMTU: 12' }, /12 is no MTU/u],
    [
      'a machine on the wrong network',
      { network: 'outside: [{ name: x, address: 192.0.2.9, at: internet }]' },
      /this is an address of the nodes’ own network/u,
    ],
    ['something unknown that happened', { network: 'happened:\n  - podEaten: cart-1' }, /^network 2:\d+ happened\.0: one thing a line|nothing|one of/u],
    ['a pod that is not there', { network: 'happened:\n  - podDeleted: nobody' }, /^network 2:\d+ happened\.0: there is no pod nobody/u],
    ['a caller that is not there', { call: 'from: pod/nobody' }, /^call 1:7 from: nobody is called pod\/nobody/u],
    ['something to call that is not there', { call: 'to: service/nothing' }, /^call 1:5 to: nothing is called service\/nothing/u],
    ['a port out of range', { call: 'port: 70000' }, /^call 1:7 port: 70000 is no port/u],
    ['no YAML', { call: 'from: [' }, /^call /u],
  ])('%s', (_, texts, message) => {
    expect(errorsOf(texts).join('\n')).toMatch(message);
  });

  test('the text is never too long to be refused', () => {
    expect(errorsOf({ objects: `# ${'x'.repeat(70_000)}` }).join('\n')).toMatch(/too large/u);
    expect(errorsOf({ call: `# ${'x'.repeat(5000)}` }).join('\n')).toMatch(/too large/u);
  });
});
