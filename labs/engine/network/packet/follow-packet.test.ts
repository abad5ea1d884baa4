import { describe, expect, test } from 'vitest';
import { followPacket, type PacketRequest } from './follow-packet.ts';
import type { Hop } from './hops.ts';
import { iptablesOf, smallNetwork } from './testing.ts';
import type { NetworkNamespace, Topology } from './topology.ts';

const toTwo: PacketRequest = { kind: 'tcp', from: 'one', to: '10.1.0.12', port: 80 };
const follow = (rules: Parameters<typeof iptablesOf>[0], request: PacketRequest = toTwo) => followPacket(smallNetwork(iptablesOf(rules)), request);
const framesOf = (hops: readonly Hop[]) =>
  hops.flatMap((hop) => (hop.type === 'packet' ? [`${hop.where} ${hop.dir} ${hop.src} ${hop.flags ?? hop.icmp ?? ''}`] : []));
const rulesOf = (hops: readonly Hop[]) =>
  hops.flatMap((hop) => (hop.type === 'netfilter' ? hop.rules.map(({ chain, verdict }) => `${hop.hook} ${chain} ${verdict}`) : []));

function withNamespace(topology: Topology, name: string, change: Partial<NetworkNamespace>): Topology {
  return { namespaces: { ...topology.namespaces, [name]: { ...topology.namespaces[name]!, ...change } } };
}

describe('targets that no recording shows', () => {
  test.each<[string, string, string]>([
    ['REJECT with a reset refuses at once', 'REJECT --reject-with tcp-reset', 'ECONNREFUSED'],
    ['REJECT with net-unreachable', 'REJECT --reject-with icmp-net-unreachable', 'ENETUNREACH'],
    ['REJECT with host-unreachable', 'REJECT --reject-with icmp-host-unreachable', 'EHOSTUNREACH'],
    ['REJECT with host-prohibited', 'REJECT --reject-with icmp-host-prohibited', 'EHOSTUNREACH'],
    ['REJECT without a word says port-unreachable', 'REJECT', 'ECONNREFUSED'],
    ['DROP says nothing', 'DROP', 'timeout (no answer within 0.8 s)'],
    ['ACCEPT lets it pass', 'ACCEPT', 'connected'],
    ['a target that only logs lets it pass', 'LOG --log-prefix x', 'connected'],
  ])('%s', (_, target, outcome) => {
    expect(follow({ filter: [`-A FORWARD -s 10.1.0.11/32 -j ${target}`] }).result.outcome).toBe(outcome);
  });

  test('SNAT gives a fixed address, and answers find back', () => {
    const { result, conntrack } = follow(
      { nat: ['-A POSTROUTING -d 192.0.2.0/24 -j SNAT --to-source 192.0.2.77:5000'] },
      { kind: 'tcp', from: 'one', to: '192.0.2.9', port: 443 },
    );
    // The machine has no such address, so that the answer is never asked for: nobody owns 192.0.2.77.
    expect(result.outcome).toBe('timeout (no answer within 0.8 s)');
    expect(conntrack.node?.[0]?.replyExpected).toBe('192.0.2.9:443 -> 192.0.2.77:5000');
  });

  test('MASQUERADE without --random-fully keeps the port', () => {
    const { result, randomPorts } = follow({ nat: ['-A POSTROUTING -o eth0 -j MASQUERADE'] }, { kind: 'tcp', from: 'one', to: '192.0.2.9', port: 443 });
    expect(result.reply).toBe('backend=far sees=192.0.2.1:40003 at=192.0.2.9:443');
    expect(randomPorts).toEqual([]);
  });

  test('MASQUERADE at a hook where the kernel takes no such rule does nothing', () => {
    const { result } = follow({ nat: ['-A OUTPUT -j MASQUERADE'] }, { kind: 'tcp', from: 'node', to: '192.0.2.9', port: 443 });
    expect(result.reply).toBe('backend=far sees=192.0.2.1:40003 at=192.0.2.9:443');
  });

  test('DNAT without a port keeps the port', () => {
    const { result } = follow({ nat: ['-A PREROUTING -d 10.9.9.9/32 -j DNAT --to-destination 10.1.0.12'] }, { ...toTwo, to: '10.9.9.9' });
    expect(result.reply).toBe('backend=two sees=10.1.0.11:40003 at=10.1.0.12:80');
  });
});

describe('chains', () => {
  test('goto does not come back to the chain it left, jump does', () => {
    const rules = ['-A FORWARD -j A', '-A FORWARD -j DROP', '-A A -g B', '-A A -j ACCEPT', '-A B -j RETURN'];
    const { hops, result } = follow({ filter: rules });
    expect(rulesOf(hops)).toEqual(['FORWARD FORWARD JUMP A', 'FORWARD A GOTO B', 'FORWARD B RETURN', 'FORWARD FORWARD DROP']);
    expect(result.outcome).toBe('timeout (no answer within 0.8 s)');
  });

  test('chains that call each other end', () => {
    const { isCutOff, result } = follow({ filter: ['-A FORWARD -j A', '-A A -j B', '-A B -j A'] });
    expect([isCutOff, result.outcome]).toEqual([false, 'timeout (no answer within 0.8 s)']);
  });

  test('a policy of DROP drops what no rule took', () => {
    const text = iptablesOf({ filter: ['-A FORWARD -p udp -j ACCEPT'] }).replace(':FORWARD ACCEPT', ':FORWARD DROP');
    const { hops, result } = followPacket(smallNetwork(text), toTwo);
    expect(rulesOf(hops)).toEqual(['FORWARD FORWARD POLICY DROP']);
    expect(result.outcome).toBe('timeout (no answer within 0.8 s)');
  });

  test('tables are asked in the kernel’s order', () => {
    const { hops } = follow({
      filter: ['-A FORWARD -m mark --mark 0x7 -j ACCEPT'],
      nat: ['-A PREROUTING -m mark --mark 0x7 -j RETURN'],
      mangle: ['-A PREROUTING -j MARK --set-mark 0x7'],
    });
    expect(rulesOf(hops).slice(0, 5)).toEqual([
      'PREROUTING PREROUTING CONTINUE',
      'PREROUTING PREROUTING POLICY ACCEPT',
      'PREROUTING PREROUTING RETURN',
      'PREROUTING PREROUTING POLICY ACCEPT',
      'FORWARD FORWARD ACCEPT',
    ]);
  });
});

describe('matches', () => {
  const matched = (match: string, request: PacketRequest = toTwo) =>
    follow({ filter: [`-A FORWARD ${match} -m comment --comment "a b" -j DROP`] }, request).result.outcome.startsWith('timeout');

  test.each<[string, boolean]>([
    ['-p tcp -m tcp --dport 80', true],
    ['-p tcp -m tcp --dport 81', false],
    ['-p udp', false],
    ['! -p udp', true],
    ['-p tcp -m multiport --dports 22,80,443', true],
    ['-p tcp -m multiport --dports 1:79,81', false],
    ['-p tcp -m tcp --sport 40000:', true],
    ['-s 10.1.0.0/28', true],
    ['! -s 10.1.0.0/28', false],
    ['-d 10.1.0.12', true],
    ['-i bridge', true],
    ['-i eth+', false],
    ['-o br+', true],
    ['-m addrtype --dst-type LOCAL', false],
    ['-m addrtype ! --dst-type LOCAL', true],
    ['-m addrtype --src-type UNICAST', true],
    ['-m conntrack --ctstate NEW', true],
    ['-m conntrack ! --ctstate NEW,RELATED', true],
    ['-m conntrack --ctstate DNAT', false],
    ['-m mark --mark 0x1', false],
    ['-m statistic --mode random --probability 1.0', true],
    ['-m statistic --mode random --probability 0', false],
    ['-m set --match-set pods src', false],
    ['-m bpf --bytecode x', false],
  ])('%s: %s', (match, expected) => {
    expect(matched(match)).toBe(expected);
  });

  test('a list of -m recent remembers who was there before', () => {
    const topology = smallNetwork(iptablesOf({ filter: ['-A FORWARD -m recent --rcheck --seconds 60 --name seen --rsource -j DROP'] }));
    const remembering = withNamespace(topology, 'node', { remembered: { seen: ['10.1.0.11'] } });
    expect([topology, remembering].map((each) => followPacket(each, toTwo).result.outcome)).toEqual(['connected', 'timeout (no answer within 0.8 s)']);
  });
});

describe('the way', () => {
  const none = smallNetwork(iptablesOf({}));

  test('a bridge passes frames on between its ports, and back', () => {
    expect(framesOf(followPacket(none, toTwo).hops)).toEqual([
      'one/eth0 out 10.1.0.11:40003 SYN',
      'node/veth-one in 10.1.0.11:40003 SYN',
      'node/veth-two out 10.1.0.11:40003 SYN',
      'two/eth0 in 10.1.0.11:40003 SYN',
      'two/eth0 out 10.1.0.12:80 SYN+ACK',
      'node/veth-two in 10.1.0.12:80 SYN+ACK',
      'node/veth-one out 10.1.0.12:80 SYN+ACK',
      'one/eth0 in 10.1.0.12:80 SYN+ACK',
    ]);
  });

  test.each<[string, PacketRequest, string]>([
    ['UDP is answered', { kind: 'udp', from: 'one', to: '10.1.0.12', port: 53 }, 'answered'],
    ['UDP without a listener is refused by ICMP', { kind: 'udp', from: 'one', to: '10.1.0.12', port: 54 }, 'ECONNREFUSED'],
    ['the node itself answers', { kind: 'tcp', from: 'one', to: '10.1.0.1', port: 22 }, 'connected'],
    ['a node refuses', { kind: 'tcp', from: 'one', to: '192.0.2.1', port: 23 }, 'ECONNREFUSED'],
    ['lo answers without a frame', { kind: 'tcp', from: 'node', to: '127.0.0.1', port: 22 }, 'connected'],
    ['no route on the way', { kind: 'tcp', from: 'one', to: '8.8.8.8', port: 80 }, 'ENETUNREACH'],
    ['no route at home', { kind: 'tcp', from: 'far', to: '8.8.8.8', port: 80 }, 'ENETUNREACH'],
    ['a namespace that is not there', { kind: 'tcp', from: 'nowhere', to: '8.8.8.8', port: 80 }, 'ENETUNREACH'],
    ['nobody there', { kind: 'tcp', from: 'far', to: '192.0.2.33', port: 80 }, 'EHOSTUNREACH'],
    [
      'what fits exactly is not cut',
      { kind: 'ping', from: 'far', to: '10.1.0.12', dataBytes: 1372 },
      '1380 bytes from 10.1.0.12: icmp_seq=1 ttl=63 ; 1 packets transmitted, 1 received, 0% packet loss',
    ],
    [
      'a byte more is too long for the own card',
      { kind: 'ping', from: 'far', to: '10.1.0.12', dataBytes: 1373 },
      'ping: local error: message too long, mtu=1400; 1 packets transmitted, 0 received, +1 errors, 100% packet loss',
    ],
    [
      'too long for the way says how much fits',
      { kind: 'ping', from: 'one', to: '192.0.2.9', dataBytes: 1400 },
      'From 10.1.0.1 icmp_seq=1 Frag needed and DF set (mtu = 1400); 1 packets transmitted, 0 received, +1 errors, 100% packet loss',
    ],
    [
      'pieces are put together',
      { kind: 'ping', from: 'one', to: '192.0.2.9', dataBytes: 5000, mayFragment: true },
      '5008 bytes from 192.0.2.9: icmp_seq=1 ttl=63 ; 1 packets transmitted, 1 received, 0% packet loss',
    ],
  ])('%s', (_, request, outcome) => {
    expect(followPacket(none, request).result.outcome).toBe(outcome);
  });

  test('addresses of the machine itself are not taken from outside', () => {
    const martian = withNamespace(none, 'one', {
      devices: none.namespaces.one!.devices.map((device) => ({ ...device, addresses: [{ address: '192.0.2.1', prefixLength: 24 }] })),
      routes: [{ to: '0.0.0.0/0', via: '10.1.0.1', device: 'eth0', source: '192.0.2.1' }],
    });
    expect(followPacket(martian, { ...toTwo, to: '192.0.2.9', port: 443 }).result.outcome).toBe('timeout (no answer within 0.8 s)');
  });

  test('the same input gives the same path, and nothing of the input changes', () => {
    const before = JSON.stringify(none);
    expect(followPacket(none, toTwo)).toEqual(followPacket(none, toTwo));
    expect(JSON.stringify(none)).toBe(before);
  });

  test('the result is plain data', () => {
    const followed = followPacket(none, toTwo);
    expect(JSON.parse(JSON.stringify(followed))).toEqual(followed);
  });

  test('machines that send a packet to each other for ever stop when its time is up', () => {
    const loop = withNamespace(
      withNamespace(none, 'far', {
        sysctls: { forwards: true, filtersBridged: false, routesLocalnet: false },
        routes: [{ to: '0.0.0.0/0', via: '192.0.2.1', device: 'eth0', source: '192.0.2.9' }],
      }),
      'node',
      {
        routes: [...none.namespaces.node!.routes, { to: '8.0.0.0/8', via: '192.0.2.9', device: 'eth0' }],
      },
    );
    const { result, isCutOff } = followPacket(loop, { kind: 'ping', from: 'one', to: '8.8.8.8' });
    expect(isCutOff).toBe(false);
    expect(result.outcome).toContain('Time to live exceeded');
  });
});
