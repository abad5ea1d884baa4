import { describe, expect, test } from 'vitest';
import { confirm, shownConntrack, track, type ConntrackEntry } from './conntrack.ts';
import { setUpNat, translated } from './nat.ts';
import type { Packet, TcpFlags } from './packet.ts';

const syn: Packet = {
  protocol: 'tcp',
  source: '10.0.0.1',
  sourcePort: 1000,
  destination: '10.0.0.9',
  destinationPort: 80,
  ttl: 64,
  lengthBytes: 60,
  doNotFragment: true,
  flags: 'SYN',
};
const back = (packet: Packet, flags: TcpFlags): Packet => ({
  ...packet,
  source: packet.destination,
  destination: packet.source,
  sourcePort: packet.destinationPort ?? 0,
  destinationPort: packet.sourcePort ?? 0,
  flags,
});
const about = (packet: Packet): Packet => ({
  protocol: 'icmp',
  source: '10.0.0.5',
  destination: packet.source,
  ttl: 64,
  lengthBytes: 88,
  doNotFragment: false,
  icmp: { type: 'port-unreachable', about: packet },
});

/** A table that has seen these packets pass. */
function seen(...packets: readonly Packet[]): ConntrackEntry[] {
  const table: ConntrackEntry[] = [];
  for (const packet of packets) confirm(table, track(table, packet));
  return table;
}

describe('the state of a packet', () => {
  test.each<[string, readonly Packet[], Packet, string]>([
    ['the first one is new', [], syn, 'NEW'],
    ['the same again is new while nobody answered', [syn], syn, 'NEW'],
    ['an answer is of an established conversation', [syn], back(syn, 'SYN+ACK'), 'ESTABLISHED'],
    ['an answer that nobody asked for is invalid', [], back(syn, 'SYN+ACK'), 'INVALID'],
    ['a reset of nothing is invalid', [], { ...syn, flags: 'RST' }, 'INVALID'],
    ['an error about a known conversation is related', [syn], about(syn), 'RELATED'],
    ['an error about nothing is invalid', [], about(syn), 'INVALID'],
    ['another port is another conversation', [syn, back(syn, 'SYN+ACK')], { ...syn, sourcePort: 1001 }, 'NEW'],
  ])('%s', (_, before, packet, state) => {
    expect(track(seen(...before), packet).state).toBe(state);
  });
});

describe('the table', () => {
  test.each<[string, readonly Packet[], readonly (string | undefined)[]]>([
    ['a question', [syn], ['SYN_SENT UNREPLIED']],
    ['an answer', [syn, back(syn, 'SYN+ACK')], ['SYN_RECV ']],
    ['the third packet makes both sides sure', [syn, back(syn, 'SYN+ACK'), { ...syn, flags: 'ACK' }], ['ESTABLISHED ASSURED']],
    ['a refusal is forgotten', [syn, back(syn, 'ACK+RST')], []],
    ['a reset after that closes', [syn, back(syn, 'SYN+ACK'), { ...syn, flags: 'ACK' }, { ...syn, flags: 'RST' }], ['CLOSE ASSURED']],
    ['an error enters nothing', [about(syn)], []],
  ])('%s', (_, packets, shown) => {
    expect(
      seen(...packets)
        .map((entry) => shownConntrack(entry))
        .map(({ state, flags = [] }) => `${String(state)} ${flags.join()}`),
    ).toEqual(shown);
  });
});

describe('translation', () => {
  function translating(): ConntrackEntry[] {
    const table: ConntrackEntry[] = [];
    const tracked = track(table, syn);
    setUpNat(tracked.entry!, 'destination', { address: '10.0.0.77', port: 8080 });
    setUpNat(tracked.entry!, 'source', { address: '10.0.0.3', port: 2000 });
    confirm(table, tracked);
    return table;
  }

  test('both ends are changed on the way there', () => {
    const tracked = track(translating(), syn);
    const there = translated(translated(syn, tracked, 'destination'), tracked, 'source');
    expect([there.source, there.sourcePort, there.destination, there.destinationPort]).toEqual(['10.0.0.3', 2000, '10.0.0.77', 8080]);
  });

  test('and back on the way back', () => {
    const answer: Packet = { ...syn, source: '10.0.0.77', sourcePort: 8080, destination: '10.0.0.3', destinationPort: 2000, flags: 'SYN+ACK' };
    const tracked = track(translating(), answer);
    const here = translated(translated(answer, tracked, 'destination'), tracked, 'source');
    expect([here.source, here.sourcePort, here.destination, here.destinationPort]).toEqual(['10.0.0.9', 80, '10.0.0.1', 1000]);
  });

  test('an error about a translated packet tells of the packet that was sent', () => {
    const sent: Packet = { ...syn, source: '10.0.0.3', sourcePort: 2000, destination: '10.0.0.77', destinationPort: 8080 };
    const error = { ...about(sent), source: '10.0.0.77' };
    const tracked = track(translating(), error);
    const here = translated(translated(error, tracked, 'destination'), tracked, 'source');
    expect([here.source, here.destination]).toEqual(['10.0.0.9', '10.0.0.1']);
    expect(here.icmp?.about).toEqual(syn);
  });

  test('without a rule nothing is changed', () => {
    const table: ConntrackEntry[] = [];
    const tracked = track(table, syn);
    setUpNat(tracked.entry!, 'destination', undefined);
    expect(translated(syn, tracked, 'destination')).toBe(syn);
  });
});
