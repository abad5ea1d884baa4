import { describe, expect, test } from 'vitest';
import { clusterTopology } from './cluster-topology.ts';
import { captureDevices, deviceParts, deviceTitle } from './device-title.ts';
import { exampleNetwork, withSettings } from './testing.ts';

const tunnel = withSettings({ podNetwork: 'vxlan' });

describe('a device’s title', () => {
  test.each([
    ['default/a1/eth0', 'interface of pod default/a1'],
    ['node1/veth-a1', 'bridge port of pod default/a1'],
    ['node1/cni0', 'bridge of the pods on node node1'],
    ['node1/eth0', 'network card of node node1'],
    ['node1/flannel.1', 'tunnel of node node1 to the other nodes'],
    ['node1/lo', 'loopback of node node1'],
    ['lan/node1', 'port of node1 on the switch lan'],
    ['lan/br0', 'the switch lan'],
    ['client/eth0', 'network card of client'],
    ['router/eth0', 'network card of router towards lan'],
    ['router/wan0', 'network card of router towards ext'],
    ['node1/wlan7', 'node1/wlan7'],
    ['nowhere', 'nowhere'],
  ])('%s: %s', (where, title) => {
    expect(deviceTitle(clusterTopology(tunnel), where)).toBe(title);
  });
});

test('the last stroke stands before the device', () => {
  expect(deviceParts('default/a1/eth0')).toEqual({ namespace: 'default/a1', device: 'eth0' });
  expect(deviceParts('eth0')).toEqual({ namespace: '', device: 'eth0' });
});

test('packets can be captured on all machines, but not on the switch', () => {
  const ids = captureDevices(exampleNetwork).map(({ id }) => id);
  expect(ids.slice(0, 6)).toEqual(['node1/lo', 'node1/eth0', 'node1/cni0', 'node1/veth-a1', 'node1/veth-a2', 'node1/veth-dns1']);
  expect(ids.slice(12)).toEqual(expect.arrayContaining(['default/a1/eth0', 'kube-system/dns2/eth0', 'client/eth0', 'ext/eth0', 'router/eth0', 'router/wan0']));
  expect(ids.length).toBe(12 + 6 + 4);
  expect(captureDevices(tunnel).map(({ id }) => id)).toContain('node2/flannel.1');
});
