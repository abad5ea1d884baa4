import { describe, expect, test } from 'vitest';
import type { Answer, Question, ResponseCode, SentQuery, Surroundings, Wire } from '../types.ts';
import { lookupMusl } from './index.ts';

const surroundings: Surroundings = {
  resolvConf: 'search default.svc.cluster.local svc.cluster.local cluster.local\nnameserver 10.96.0.10\noptions ndots:5\n',
  hosts: '127.0.0.1 localhost\n',
  nsswitch: null,
  hostname: 'web',
  env: {},
  hostAliases: null,
  addresses: ['10.244.1.5'],
  rotateStart: 0,
};
const question: Question = { api: 'gai', name: 'web', family: 'unspec', flags: [] };

function answer(query: SentQuery, rcode: ResponseCode, addresses: readonly string[] = [], truncated = false): Answer {
  const records = addresses.map((data) => ({ name: query.qname, type: query.qtype, ttlSeconds: 30, data }));
  return { rcode, truncated, authoritative: true, recursionAvailable: true, records, edns: false, sizeBytes: 100 };
}

/** Answers after 20 ms with an rcode, addresses of the type, or not at all. */
const wireOf =
  (rule: (query: SentQuery) => ResponseCode | readonly string[] | 'lost' | 'closed'): Wire =>
  (query) => {
    const found = rule(query);
    if (found === 'lost' || found === 'closed') return { kind: found };
    return { kind: 'answer', afterMs: 20, answer: typeof found === 'string' ? answer(query, found) : answer(query, 'NOERROR', found) };
  };
const only =
  (qname: string, address: string) =>
  (query: SentQuery): ResponseCode | readonly string[] =>
    query.qname === qname ? (query.qtype === 'A' ? [address] : []) : 'NXDOMAIN';
const asked = (queries: readonly SentQuery[]) => queries.map(({ qname, qtype, atMs }) => `${qtype} ${qname} ${atMs}`);

describe('a lookup by musl', () => {
  test('walks the search list until a candidate exists', () => {
    const trace = lookupMusl('musl-1.2.5', question, surroundings, wireOf(only('web.svc.cluster.local.', '10.96.1.1')));
    expect(asked(trace.queries)).toEqual([
      'A web.default.svc.cluster.local. 0',
      'AAAA web.default.svc.cluster.local. 0',
      'A web.svc.cluster.local. 20',
      'AAAA web.svc.cluster.local. 20',
    ]);
    expect(trace.result).toEqual({ code: 'OK', addresses: ['10.96.1.1'] });
    expect(trace.elapsedMs).toBe(40);
  });

  test.each([
    ['a.b.c.d.e.f', ['A a.b.c.d.e.f. 0'], 'enough dots: never the search list'],
    ['web.', ['A web. 0'], 'a final dot: never the search list'],
    ['a..b', [], 'an empty label'],
    ['.', [], 'a dot alone'],
    ['', [], 'no name'],
    ['x'.repeat(255), [], 'too long'],
  ])('of a missing "%s" asks %j: %s', (name, expected) => {
    const trace = lookupMusl(
      'musl-1.2.5',
      { ...question, name, family: 'inet' },
      surroundings,
      wireOf(() => 'NXDOMAIN'),
    );
    expect(asked(trace.queries)).toEqual(expected);
    expect(trace.result.code).toBe('EAI_NONAME');
  });

  test.each([
    ['musl-1.2.3', 'EAI_NONAME'],
    ['musl-1.2.5', 'EAI_NODATA'],
  ] as const)('%s ends at a name without addresses with %s', (version, code) => {
    const trace = lookupMusl(
      version,
      question,
      surroundings,
      wireOf(() => []),
    );
    expect(trace.queries).toHaveLength(2);
    expect(trace.result).toEqual({ code, addresses: [] });
  });

  test.each([
    ['search .\n', 'musl-1.2.3', 'EAI_AGAIN', 0, 5000],
    ['search .\n', 'musl-1.2.5', 'OK', 1, 20],
    ['search a..b\n', 'musl-1.2.3', 'EAI_NONAME', 0, 0],
    ['search a..b\n', 'musl-1.2.5', 'OK', 1, 20],
  ] as const)('with %j %s gives %s after %i queries and %i ms', (search, version, code, queries, elapsedMs) => {
    const resolvConf = `${search}nameserver 10.96.0.10\noptions ndots:5\n`;
    const trace = lookupMusl(
      version,
      { ...question, family: 'inet' },
      { ...surroundings, resolvConf },
      wireOf(() => ['10.0.0.1']),
    );
    expect({ code: trace.result.code, queries: trace.queries.length, elapsedMs: trace.elapsedMs }).toEqual({ code, queries, elapsedMs });
  });

  test('divides the timeout by the attempts and repeats only what is missing', () => {
    const trace = lookupMusl(
      'musl-1.2.5',
      { ...question, name: 'web.' },
      surroundings,
      wireOf(({ qtype }) => (qtype === 'A' ? ['10.0.0.1'] : 'lost')),
    );
    expect(asked(trace.queries)).toEqual(['A web. 0', 'AAAA web. 0', 'AAAA web. 2500']);
    expect(trace.result.code).toBe('EAI_AGAIN');
    expect(trace.elapsedMs).toBe(5000);
  });

  test('sends as often as attempts says, even if the division leaves a rest', () => {
    const resolvConf = 'nameserver 10.96.0.10\noptions attempts:3\n';
    const trace = lookupMusl(
      'musl-1.2.5',
      { ...question, family: 'inet' },
      { ...surroundings, resolvConf },
      wireOf(() => 'lost'),
    );
    expect(trace.queries.map(({ atMs }) => atMs)).toEqual([0, 1666, 3332]);
    expect(trace.elapsedMs).toBe(5000);
  });

  test('takes the first usable answer of several servers', () => {
    const resolvConf = 'nameserver 10.96.0.10\nnameserver 10.96.0.11\n';
    const wire: Wire = (query) => ({ kind: 'answer', afterMs: query.server.endsWith('0') ? 30 : 20, answer: answer(query, 'NOERROR', [query.server]) });
    const trace = lookupMusl('musl-1.2.5', { ...question, family: 'inet' }, { ...surroundings, resolvConf }, wire);
    expect(trace.result.addresses).toEqual(['10.96.0.11']);
    expect(trace.queries).toHaveLength(2);
  });

  test('repeats SERVFAIL at once, with a budget of two for each question', () => {
    const trace = lookupMusl(
      'musl-1.2.5',
      { ...question, name: 'web.' },
      surroundings,
      wireOf(({ qtype }) => (qtype === 'A' ? ['10.0.0.1'] : 'SERVFAIL')),
    );
    expect(trace.queries.filter(({ qtype }) => qtype === 'AAAA').map(({ atMs }) => atMs)).toEqual([0, 20, 40, 60, 80, 2500, 2520, 2540, 2560, 2580]);
  });

  test.each([
    ['musl-1.2.3', 'OK', ['udp']],
    ['musl-1.2.5', 'OK', ['udp', 'tcp']],
  ] as const)('%s after a truncated answer', (version, code, transports) => {
    const wire: Wire = (query) => ({ kind: 'answer', afterMs: 20, answer: answer(query, 'NOERROR', ['10.0.0.1'], query.transport === 'udp') });
    const trace = lookupMusl(version, { ...question, name: 'web.', family: 'inet' }, surroundings, wire);
    expect(trace.queries.map(({ transport }) => transport)).toEqual(transports);
    expect(trace.result.code).toBe(code);
  });

  test('gives up at once when TCP is refused after a truncated answer', () => {
    const wire: Wire = (query) =>
      query.transport === 'tcp' ? { kind: 'closed' } : { kind: 'answer', afterMs: 20, answer: answer(query, 'NOERROR', [], true) };
    expect(lookupMusl('musl-1.2.5', { ...question, name: 'web.' }, surroundings, wire)).toMatchObject({ result: { code: 'EAI_AGAIN' }, elapsedMs: 20 });
  });

  test('ignores an answer from another address than it asked, as for nameserver 0.0.0.0', () => {
    const resolvConf = 'nameserver 0.0.0.0\noptions timeout:1 attempts:1\n';
    const trace = lookupMusl(
      'musl-1.2.5',
      { ...question, family: 'inet' },
      { ...surroundings, resolvConf },
      wireOf(() => ['10.0.0.1']),
    );
    expect(trace.queries.map(({ server }) => server)).toEqual(['127.0.0.1']);
    expect(trace.result.code).toBe('EAI_AGAIN');
  });

  test('a final dot of a search domain stays in the canonical name', () => {
    const resolvConf = 'search cluster.local.\nnameserver 10.96.0.10\noptions ndots:5\n';
    const trace = lookupMusl(
      'musl-1.2.5',
      { ...question, flags: ['canonname'] },
      { ...surroundings, resolvConf },
      wireOf(only('web.cluster.local.', '10.0.0.1')),
    );
    expect(trace.result.canonname).toBe('web.cluster.local.');
  });

  test('waits for a closed port as for a silent server', () => {
    const trace = lookupMusl(
      'musl-1.2.5',
      { ...question, name: 'web.' },
      surroundings,
      wireOf(() => 'closed'),
    );
    expect(trace).toMatchObject({ queries: [], result: { code: 'EAI_AGAIN' }, elapsedMs: 5000 });
  });

  test.each([
    ['attempts:0', 'CRASH'],
    ['timeout:0', 'EAI_AGAIN'],
  ])('with %s sends nothing and ends with %s', (option, code) => {
    const trace = lookupMusl(
      'musl-1.2.5',
      question,
      { ...surroundings, resolvConf: `nameserver 10.96.0.10\noptions ${option}\n` },
      wireOf(() => 'NXDOMAIN'),
    );
    expect(trace).toMatchObject({ queries: [], result: { code }, elapsedMs: 0 });
  });

  test('keeps 48 addresses, IPv6 first since 1.2.4', () => {
    const many = (query: SentQuery) => Array.from({ length: 40 }, (_, index) => (query.qtype === 'A' ? `10.0.0.${index}` : `fd00::${index + 1}`));
    const { result } = lookupMusl('musl-1.2.5', { ...question, name: 'web.' }, surroundings, wireOf(many));
    expect(result.addresses).toHaveLength(48);
    expect(result.addresses?.filter((address) => address.includes(':'))).toHaveLength(40);
  });

  test.each([
    [{ api: 'gni', name: '10.244.9.9' }, 'PTR 9.9.244.10.in-addr.arpa. 0', { code: 'OK', addresses: [], host: 'pod.example' }],
    [
      { api: 'gni', name: 'fd00::1' },
      'PTR 1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.d.f.ip6.arpa. 0',
      { code: 'OK', addresses: [], host: 'pod.example' },
    ],
    [{ api: 'res_search' }, 'A web. 0', { code: 'OK', rcode: 'NOERROR', ancount: 1, addresses: ['pod.example.'] }],
    [{ api: 'gethostbyname' }, 'A web.default.svc.cluster.local. 0', { code: 'NO_DATA', addresses: [] }],
  ] as const)('%j asks %s', (call, query, result) => {
    const trace = lookupMusl(
      'musl-1.2.5',
      { ...question, ...call },
      surroundings,
      wireOf(() => ['pod.example.']),
    );
    expect(asked(trace.queries)).toEqual([query]);
    expect(trace.result).toEqual(result);
  });

  test.each([
    ['NXDOMAIN', 'HOST_NOT_FOUND'],
    [[], 'NO_DATA'],
    ['SERVFAIL', 'TRY_AGAIN'],
  ] as const)('res_query with %j sets h_errno to %s', (answered, h_errno) => {
    const { result } = lookupMusl(
      'musl-1.2.5',
      { ...question, api: 'res_query' },
      surroundings,
      wireOf(() => answered),
    );
    expect(result).toEqual({ code: 'FAIL', h_errno, addresses: [] });
  });

  test('gethostbyname looks everything up again when its buffer is too small', () => {
    const addresses = ['10.0.0.1', '10.0.0.2', '10.0.0.3'];
    const trace = lookupMusl(
      'musl-1.2.5',
      { ...question, api: 'gethostbyname', name: 'web.' },
      surroundings,
      wireOf(() => addresses),
    );
    // 32 + 4 × 12 + 4 + 3 + 2 = 89 bytes fit into 95; with five addresses 113 do not.
    expect(trace.queries).toHaveLength(1);
    const larger = lookupMusl(
      'musl-1.2.5',
      { ...question, api: 'gethostbyname', name: 'web.' },
      surroundings,
      wireOf(() => [...addresses, '10.0.0.4', '10.0.0.5']),
    );
    expect(larger.queries).toHaveLength(2);
    expect(larger.events.filter((event) => event.kind === 'decide' && event.next === 'grow buffer')).toHaveLength(1);
  });

  test.each([
    ['10.0.0.1', 'inet6', [], { code: 'EAI_NODATA', addresses: [] }],
    ['web', 'unspec', ['numerichost'], { code: 'EAI_NONAME', addresses: [] }],
    ['10.0.0.1', 'unspec', ['canonname'], { code: 'OK', addresses: ['10.0.0.1'], canonname: '10.0.0.1' }],
    ['localhost', 'inet6', ['v4mapped'], { code: 'OK', addresses: ['::ffff:127.0.0.1'] }],
    ['web', 'unspec', ['idn'], { code: 'EAI_BADFLAGS', addresses: [] }],
  ] as const)('"%s" of family %s with flags %j needs no query', (name, family, flags, result) => {
    const trace = lookupMusl(
      'musl-1.2.5',
      { ...question, name, family, flags },
      surroundings,
      wireOf(() => 'NXDOMAIN'),
    );
    expect(trace).toMatchObject({ queries: [], elapsedMs: 0 });
    expect(trace.result).toEqual(result);
  });
});
