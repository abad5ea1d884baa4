import { describe, expect, test } from 'vitest';
import { start } from './acts.ts';
import type { Behaviour } from './input.ts';
import { currentRun } from './state.ts';
import { inputOf, settled } from './testing.ts';
import { deliveryOf, podAddresses, surroundingsOf } from './world.ts';

/** ent in its own namespace, with one cluster DNS that behaves so. */
function outcome(behaviour: Behaviour, library: string): { readonly code: string; readonly elapsedMs: number } {
  const input = inputOf('ent-own-namespace', { network: `servers:\n  10.96.0.10: ${behaviour}\n`, lookup: `name: ent\nlibrary: ${library}\n` });
  const { result, elapsedMs } = currentRun(settled(start(input, 1))).trace;
  return { code: result.code, elapsedMs };
}

// glibc walks on after SERVFAIL and gives up a silent server after 2 × 5 s for each name; musl has 5 s in all.
describe('what a server does decides what the program gets', () => {
  test.each<{ behaviour: Behaviour; glibc: string; musl: string }>([
    { behaviour: 'answers', glibc: 'OK', musl: 'OK' },
    { behaviour: 'silent', glibc: 'EAI_AGAIN', musl: 'EAI_AGAIN' },
    { behaviour: 'closed', glibc: 'EAI_AGAIN', musl: 'EAI_AGAIN' },
    { behaviour: 'servfail', glibc: 'EAI_AGAIN', musl: 'EAI_AGAIN' },
    { behaviour: 'refused', glibc: 'EAI_AGAIN', musl: 'EAI_AGAIN' },
    { behaviour: 'nxdomain', glibc: 'EAI_NONAME', musl: 'EAI_NONAME' },
    { behaviour: 'aaaa-servfail', glibc: 'OK', musl: 'EAI_AGAIN' },
    { behaviour: 'aaaa-nxdomain', glibc: 'OK', musl: 'EAI_NONAME' },
    { behaviour: 'aaaa-silent', glibc: 'OK', musl: 'EAI_AGAIN' },
    { behaviour: 'loses-first', glibc: 'OK', musl: 'OK' },
    { behaviour: 'udp-truncates', glibc: 'OK', musl: 'OK' },
    { behaviour: 'udp-only', glibc: 'OK', musl: 'OK' },
  ])('$behaviour', ({ behaviour, glibc, musl }) => {
    expect(outcome(behaviour, 'glibc 2.36').code).toBe(glibc);
    expect(outcome(behaviour, 'musl 1.2.5').code).toBe(musl);
  });

  test('a silent server costs musl 5 s in all, glibc 10 s for each name', () => {
    expect(outcome('silent', 'musl 1.2.5').elapsedMs).toBe(5000);
    expect(outcome('silent', 'glibc 2.36').elapsedMs % 10_000).toBe(0);
  });

  test('musl 1.2.3 cannot read an answer that is always truncated, 1.2.5 asks over TCP', () => {
    expect(outcome('udp-truncates', 'musl 1.2.3').code).not.toBe('OK');
    expect(outcome('udp-truncates', 'musl 1.2.5').code).toBe('OK');
  });
});

describe('who knows what', () => {
  const input = inputOf('hostnetwork-policy');
  const ask = (server: string, qname: string): string => {
    const delivery = deliveryOf(input, 1, { server, qname, qtype: 'A', transport: 'udp', atMs: 0, batch: 1 });
    return delivery.kind === 'answer' ? `${delivery.answer.rcode} ${delivery.answer.records.map(({ data }) => data).join(' ')}`.trim() : delivery.kind;
  };
  test.each([
    { name: 'the cluster DNS knows a Service', server: '10.96.0.10', qname: 'collector.default.svc.cluster.local.', says: 'NOERROR 10.96.31.7' },
    { name: 'the node’s resolver knows none', server: '192.0.2.53', qname: 'collector.default.svc.cluster.local.', says: 'NXDOMAIN' },
    { name: 'the cluster DNS passes outside names on', server: '10.96.0.10', qname: 'api.github.com.', says: 'NOERROR 203.0.113.6' },
    { name: 'the node’s resolver knows them itself', server: '192.0.2.53', qname: 'api.github.com.', says: 'NOERROR 203.0.113.6' },
    { name: 'nobody listens on the loopback address', server: '127.0.0.1', qname: 'api.github.com.', says: 'closed' },
    { name: 'an address that nobody has is silence', server: '198.51.100.99', qname: 'api.github.com.', says: 'lost' },
  ])('$name', ({ server, qname, says }) => {
    expect(ask(server, qname)).toBe(says);
  });
});

test('a pod on the node’s network has the node’s address and hosts file', () => {
  const input = inputOf('hostnetwork-policy');
  expect(podAddresses(input)).toEqual(['192.0.2.11']);
  expect(surroundingsOf(input, 1).hosts).toContain('host network');
});
