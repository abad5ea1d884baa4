import { describe, expect, test } from 'vitest';
import { captured } from './capture.ts';
import { followPacket, type PacketRequest } from './follow-packet.ts';
import { podAddress, podName, service, testCluster } from './testing-cluster.ts';

const [asker, here, there] = [podAddress(1, 0), podAddress(1, 1), podAddress(2, 0)];
const cluster = testCluster({ pods: [2, 1], podNetwork: 'vxlan' });
const toService: PacketRequest = { kind: 'tcp', from: podName(1, 0), to: service.address, port: service.port };
const follow = (backend: string, coldArp = false) => followPacket(cluster, toService, { backends: [backend], coldArp });

describe('where tcpdump looks matters', () => {
  test('at the pod’s port the packet has the Service’s address, there and back', () => {
    expect(captured(follow(here), `node1/veth-${podName(1, 0)}`)).toEqual([
      `IP ${asker}.40003 > 10.96.0.10.80: Flags [S], options [mss 1410], length 0`,
      `IP 10.96.0.10.80 > ${asker}.40003: Flags [S.], options [mss 1410], length 0`,
    ]);
  });

  test('on the bridge, which passes it on, it already has the pod’s', () => {
    expect(captured(follow(here), 'node1/cni0')).toEqual([
      `IP ${asker}.40003 > ${here}.8080: Flags [S], options [mss 1410], length 0`,
      `IP ${here}.8080 > ${asker}.40003: Flags [S.], options [mss 1410], length 0`,
    ]);
  });

  test('any is not promiscuous, and names devices and for whom a frame was', () => {
    expect(captured(follow(here), 'node1/any')).toEqual([
      `veth-${podName(1, 0)} P   IP ${asker}.40003 > 10.96.0.10.80: Flags [S], options [mss 1410], length 0`,
      `veth-${podName(1, 1)} Out IP ${asker}.40003 > ${here}.8080: Flags [S], options [mss 1410], length 0`,
      `veth-${podName(1, 1)} P   IP ${here}.8080 > ${asker}.40003: Flags [S.], options [mss 1410], length 0`,
      `veth-${podName(1, 0)} Out IP 10.96.0.10.80 > ${asker}.40003: Flags [S.], options [mss 1410], length 0`,
    ]);
  });

  test('inside and outside of a tunnel', () => {
    const inner = `IP ${asker}.40003 > ${there}.8080: Flags [S], options [mss 1410], length 0`;
    expect(captured(follow(there), 'node1/flannel.1')[0]).toBe(inner);
    const [outer = ''] = captured(follow(there), 'node1/eth0');
    expect(outer.split('\n')).toEqual([
      expect.stringMatching(/^IP 192\.168\.1\.11\.\d+ > 192\.168\.1\.12\.8472: OTV, flags \[I\] \(0x08\), overlay 0, instance 1$/u),
      inner,
    ]);
  });

  test('nothing on a device or machine that is not there', () => {
    expect([captured(follow(here), 'node1/eth7'), captured(follow(here), 'node9/any'), captured(follow(here), 'nonsense')]).toEqual([[], [], []]);
  });
});

test('with -e MACs, type and length of the frame stand first, of the inner one too', () => {
  const [outer = ''] = captured(follow(there), 'node1/eth0', { ethernet: true });
  expect(outer.split('\n')).toEqual([
    expect.stringMatching(/^02:42:1 > 02:42:2, ethertype IPv4 \(0x0800\), length 124: 192\.168\.1\.11\.\d+ > 192\.168\.1\.12\.8472: OTV, /u),
    `0e:fa:1 > 0e:fa:2, ethertype IPv4 (0x0800), length 74: ${asker}.40003 > ${there}.8080: Flags [S], options [mss 1410], length 0`,
  ]);
});

test('questions for a MAC and their answers', () => {
  const lines = captured(follow(here, true), `${podName(1, 0)}/eth0`);
  // Hairpin mode sends the pod’s own question back to it.
  expect(lines.slice(0, 3)).toEqual([
    `ARP, Request who-has 10.244.1.1 tell ${asker}, length 28`,
    `ARP, Request who-has 10.244.1.1 tell ${asker}, length 28`,
    'ARP, Reply 10.244.1.1 is-at 0a:58:cni0:1, length 28',
  ]);
  expect(captured(follow(here, true), `${podName(1, 0)}/eth0`, { ethernet: true })[0]).toBe(
    `0a:58:${asker} > ff:ff:ff:ff:ff:ff, ethertype ARP (0x0806), length 42: Request who-has 10.244.1.1 tell ${asker}, length 28`,
  );
});

test('a question that nobody answers is asked three times', () => {
  const followed = followPacket(cluster, { ...toService, to: '10.244.1.99' });
  expect(captured(followed, `${podName(1, 0)}/eth0`).filter((line) => line.startsWith('ARP, Request'))).toHaveLength(6);
  expect(captured(followed, 'node1/cni0')).toHaveLength(3);
});

describe('what stands behind the addresses', () => {
  const lines = (request: PacketRequest, where = `${podName(1, 0)}/eth0`, shape: Partial<Parameters<typeof testCluster>[0]> = {}) =>
    captured(followPacket(testCluster({ pods: [2, 1], podNetwork: 'vxlan', ...shape }), request, { backends: [there] }), where);
  const ping = { kind: 'ping', from: podName(1, 0), to: there } as const;

  test.each<[string, readonly string[], readonly string[]]>([
    ['an echo', lines(ping), [`IP ${asker} > ${there}: ICMP echo request, seq 1, length 64`, `IP ${there} > ${asker}: ICMP echo reply, seq 1, length 64`]],
    ['time exceeded', lines({ ...ping, ttl: 1 }).slice(1), [`IP 10.244.1.1 > ${asker}: ICMP time exceeded in-transit, length 92`]],
    [
      'frag needed',
      lines({ ...ping, dataBytes: 1472 }, undefined, { podMtuBytes: 1500 }).slice(1),
      [`IP 10.244.1.1 > ${asker}: ICMP ${there} unreachable - need to frag (mtu 1450), length 556`],
    ],
    [
      'a refused datagram',
      lines({ kind: 'udp', from: podName(1, 0), to: there, port: 54 }),
      [`IP ${asker}.40003 > ${there}.54: UDP, length 40`, `IP ${there} > ${asker}: ICMP ${there} udp port 54 unreachable, length 76`],
    ],
    [
      'a rejected connection',
      lines(toService, undefined, { rules: { filter: ['-A FORWARD -j REJECT'] } }).slice(1),
      [`IP 10.96.0.10 > ${asker}: ICMP 10.96.0.10 tcp port 80 unreachable, length 68`],
    ],
    [
      'an unknown network',
      lines(toService, undefined, { rules: { filter: ['-A FORWARD -j REJECT --reject-with icmp-net-unreachable'] } }).slice(1),
      [`IP 10.96.0.10 > ${asker}: ICMP net 10.96.0.10 unreachable, length 68`],
    ],
    [
      'a reset',
      lines({ kind: 'tcp', from: podName(1, 0), to: there, port: 81 }),
      [`IP ${asker}.40003 > ${there}.81: Flags [S], options [mss 1410], length 0`, `IP ${there}.81 > ${asker}.40003: Flags [R.], length 0`],
    ],
    [
      'pieces: the first has the length of the whole datagram',
      lines({ kind: 'udp', from: podName(1, 0), to: there, port: 53, dataBytes: 3000 }).slice(0, 3),
      [`IP ${asker}.40003 > ${there}.53: UDP, length 3000`, `IP ${asker} > ${there}: ip-proto-17`, `IP ${asker} > ${there}: ip-proto-17`],
    ],
  ])('%s', (_, got, expected) => {
    expect(got).toEqual(expected);
  });
});
