import fc from 'fast-check';
import { expect, test } from 'vitest';
import { callersAndTargets } from './callers-and-targets.ts';
import type { ClusterNetwork, NetworkChange } from './cluster-network.ts';
import { builtNetwork } from './cluster-topology.ts';
import { captureDevices, deviceTitle } from './device-title.ts';
import { exampleNetwork, exampleNode, examplePod, exampleSettings } from './testing.ts';

/** Values that fit and values that do not, with many chances to clash. */
const name = fc.constantFrom('a', 'b', 'lan', 'wan0', 'node-with-a-very-long-name', '', 'x/y', 'lo', 'br0');
const address = fc.constantFrom(
  '192.168.1.1',
  '192.168.1.2',
  '192.168.1.3',
  '192.168.1.255',
  '10.244.1.1',
  '10.244.1.2',
  '10.244.1.3',
  '10.244.5.2',
  '203.0.113.1',
  '203.0.113.2',
  '8.8.8.8',
  '::1',
  '',
);
const block = fc.constantFrom('10.244.1.0/24', '10.244.5.0/24', '10.244.0.0/16', '192.168.1.0/24', '10.96.0.0/12', '0.0.0.0/0', 'default', 'x');
const listeners = fc.array(fc.record({ protocol: fc.constantFrom('tcp' as const, 'udp' as const), port: fc.constantFrom(53, 80) }), { maxLength: 3 });
const podKey = fc.constantFrom('default/a', 'default/b', 'a/b');
const change: fc.Arbitrary<NetworkChange> = fc.oneof(
  fc.record({ kind: fc.constant('route removed' as const), host: name, to: block }),
  fc.record({ kind: fc.constant('route added' as const), host: name, to: block, via: address }),
  fc.record({ kind: fc.constantFrom('hairpin off' as const, 'pod gone' as const), pod: podKey }),
  fc.record({ kind: fc.constant('bridge netfilter off' as const), node: name }),
  fc.record({ kind: fc.constant('proxy stopped' as const), node: name, services: fc.constant([]), endpointSlices: fc.constant([]) }),
);
/** What fits, so that more than refusals is tried. */
const goodNode = fc.integer({ min: 1, max: 5 }).map((number) => exampleNode(number));
const goodPod = fc
  .tuple(fc.constantFrom('a', 'b', 'c', 'pod-with-a-very-long-name'), fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 9 }))
  .map(([podName, node, host]) => examplePod(podName, [node, host]));
const oddPod = fc.record({
  namespace: fc.constantFrom('default', 'a'),
  name,
  node: name,
  address,
  labels: fc.constant({}),
  hostNetwork: fc.boolean(),
  listeners,
});
const network: fc.Arbitrary<ClusterNetwork> = fc.record({
  nodes: fc.array(fc.oneof({ weight: 4, arbitrary: goodNode }, fc.record({ name, address, podCidr: block, listeners })), { maxLength: 6 }),
  pods: fc.array(fc.oneof({ weight: 4, arbitrary: goodPod }, oddPod), { maxLength: 10 }),
  namespaces: fc.constant({}),
  services: fc.constantFrom(exampleNetwork.services, []),
  endpointSlices: fc.constantFrom(exampleNetwork.endpointSlices, []),
  policies: fc.constant([]),
  outside: fc.array(fc.record({ name, address, on: fc.constantFrom('lan' as const, 'internet' as const), listeners }), { maxLength: 6 }),
  settings: fc.record({
    ...Object.fromEntries(Object.entries(exampleSettings).map(([key, value]) => [key, fc.constant(value)])),
    proxyMode: fc.constantFrom('iptables' as const, 'nftables' as const, 'ipvs' as const),
    podNetwork: fc.constantFrom('host-gw' as const, 'vxlan' as const),
    lanCidr: fc.constantFrom('192.168.1.0/24', '192.168.1.0/28', '203.0.113.0/24'),
    hairpin: fc.boolean(),
  }) as fc.Arbitrary<ClusterNetwork['settings']>,
  changes: fc.array(change, { maxLength: 8 }),
});

test('whatever stands in a network: cables have two ends, MACs and addresses one owner, routes a device; what cannot be is said', () => {
  let pods = 0;
  fc.assert(
    fc.property(network, (given) => {
      const { topology, refused } = builtNetwork(given);
      const { namespaces } = topology;
      const all = Object.entries(namespaces).flatMap(([where, { devices }]) => devices.map((device) => ({ where, device })));
      for (const { where, device } of all) {
        if (device.kind !== 'veth') continue;
        const peer = namespaces[device.peer.namespace]?.devices.find((each) => each.name === device.peer.device);
        expect(peer).toMatchObject({ kind: 'veth', peer: { namespace: where, device: device.name } });
        expect(device.name.length).toBeLessThanOrEqual(15);
      }
      const own = all.filter(({ device }) => device.kind !== 'loopback');
      const macs = own.filter(({ where }) => namespaces[where]?.role !== 'switch').map(({ device }) => device.mac);
      expect(new Set(macs).size).toBe(macs.length);
      // The addresses of Services stand on kube-ipvs0 of every node.
      const addresses = own.filter(({ device }) => device.kind !== 'dummy').flatMap(({ device }) => device.addresses.map((each) => each.address));
      expect(new Set(addresses).size).toBe(addresses.length);
      for (const { routes, devices } of Object.values(namespaces)) {
        expect(routes.every((route) => devices.some((device) => device.name === route.device))).toBe(true);
        expect(new Set(devices.map((device) => device.name)).size).toBe(devices.length);
      }
      expect(JSON.parse(JSON.stringify(topology))).toEqual(topology);
      const gone = new Set(given.changes.flatMap((each) => (each.kind === 'pod gone' ? [each.pod] : [])));
      const { callers } = callersAndTargets(given);
      for (const caller of callers) expect(namespaces[caller.namespace], caller.id).toBeDefined();
      pods += callers.filter(({ id }) => id.includes('/')).length;
      // Who is neither built nor gone was refused.
      expect(callers.length + refused.length + gone.size).toBeGreaterThanOrEqual(given.nodes.length + given.pods.length + given.outside.length);
      for (const { id, title } of captureDevices(given)) expect(deviceTitle(topology, id)).toBe(title);
    }),
    { numRuns: 400, seed: 4 },
  );
  expect(pods).toBeGreaterThan(100);
});
