import { describe, expect, test } from 'vitest';
import type { Answer, Question, ResponseCode, SentQuery, Surroundings, Wire } from '../types.ts';
import { lookupGlibc } from './index.ts';

const resolvConf = 'search a.example b.example\nnameserver 10.96.0.10\noptions ndots:2\n';
const surroundings: Surroundings = {
  resolvConf,
  hosts: '127.0.0.1 localhost\n10.1.1.1 inhosts\n',
  nsswitch: 'hosts: files dns\n',
  hostname: 'web',
  env: {},
  hostAliases: null,
  addresses: ['10.244.1.5'],
  rotateStart: 0,
};
const question: Question = { api: 'gai', name: 'web', family: 'inet6', flags: [] };
const pair: Question = { ...question, family: 'unspec' };

type Found = ResponseCode | readonly string[] | 'lost' | 'closed' | 'unreachable' | 'cut';
const answerOf = (query: SentQuery, rcode: ResponseCode, addresses: readonly string[] = [], truncated = false): Answer => {
  const records = addresses.map((data) => ({ name: query.qname, type: query.qtype, ttlSeconds: 30, data }));
  return { rcode, truncated, authoritative: true, recursionAvailable: true, records, edns: false, sizeBytes: 100 };
};
/** Answers after 20 ms with an rcode, addresses, an answer that is cut, or not at all. */
const wireOf =
  (rule: (query: SentQuery, earlier: readonly SentQuery[]) => Found): Wire =>
  (query, earlier) => {
    const found = rule(query, earlier);
    if (found === 'lost' || found === 'closed' || found === 'unreachable') return { kind: found };
    const answer =
      found === 'cut' ? answerOf(query, 'NOERROR', [], true) : typeof found === 'string' ? answerOf(query, found) : answerOf(query, 'NOERROR', found);
    return { kind: 'answer', afterMs: 20, answer };
  };
const run = (asked: Question, rule: Parameters<typeof wireOf>[0], more: Partial<Surroundings> = {}, version: 'glibc-2.36' | 'glibc-2.41' = 'glibc-2.36') =>
  lookupGlibc(version, asked, { ...surroundings, ...more }, wireOf(rule));
const sent = (queries: readonly SentQuery[]) =>
  queries.map(({ qname, qtype, server, transport, atMs }) => `${qtype} ${qname} ${server.slice(-2)} ${transport} ${atMs}`);
const options = (text: string, servers = 1) => ({
  resolvConf: Array.from({ length: servers }, (_, index) => `nameserver 10.96.0.1${index}\n`).join('') + `options ${text}\n`,
});

describe('the candidates for a missing name', () => {
  const list = (name: string) => [`${name}.a.example.`, `${name}.b.example.`];
  test.each<readonly [number, string, readonly string[]]>([
    [0, 'web', ['web.', ...list('web')]],
    [1, 'web', [...list('web'), 'web.']],
    [1, 'a.b', ['a.b.', ...list('a.b')]],
    [2, 'a.b', [...list('a.b'), 'a.b.']],
    [2, 'a.b.c', ['a.b.c.', ...list('a.b.c')]],
    [5, 'a.b.c.d.e', [...list('a.b.c.d.e'), 'a.b.c.d.e.']],
    [5, 'a.b.c.d.e.f', ['a.b.c.d.e.f.', ...list('a.b.c.d.e.f')]],
    [5, 'web.', ['web.']],
    [99, 'web', [...list('web'), 'web.']],
  ])('with ndots:%i, %s: %j', (ndots, name, expected) => {
    const { queries } = run({ ...question, name }, () => 'NXDOMAIN', { resolvConf: `search a.example b.example\noptions ndots:${ndots}\n` });
    expect(queries.map(({ qname }) => qname)).toEqual(expected);
  });

  test.each<readonly [string, readonly string[], string]>([
    ['search .', ['web.'], 'the root is the name as typed'],
    ['search .a.example', ['web.a.example.', 'web.'], 'one leading dot is dropped'],
    [`search ${'x'.repeat(64)} b.example`, ['web.'], 'an impossible candidate ends the list'],
    ['options no-tld-query', ['web.'], 'without a list the name is asked all the same'],
    ['search a.example\noptions no-tld-query', ['web.a.example.'], 'never as typed'],
  ])('with %j: %j, %s', (text, expected) => {
    expect(run(question, () => 'NXDOMAIN', { resolvConf: `${text}\n` }).queries.map(({ qname }) => qname)).toEqual(expected);
  });
});

describe('what a candidate answers', () => {
  test.each<readonly [Found, readonly string[], string, string]>([
    ['NXDOMAIN', ['web.a.example.', 'web.b.example.', 'web.'], 'EAI_NONAME', 'goes on'],
    [[], ['web.a.example.', 'web.b.example.', 'web.'], 'EAI_NODATA', 'goes on and remembers'],
    ['SERVFAIL', ['web.a.example.', 'web.a.example.', 'web.b.example.', 'web.'], 'EAI_AGAIN', 'tries twice, then goes on'],
    ['REFUSED', ['web.a.example.', 'web.a.example.', 'web.'], 'EAI_NONAME', 'tries twice, then only as typed'],
    ['FORMERR', ['web.a.example.', 'web.'], 'EAI_NONAME', 'accepts it, then only as typed'],
    ['lost', ['web.a.example.', 'web.a.example.', 'web.'], 'EAI_NONAME', 'waits twice, then only as typed'],
    ['closed', [], 'EAI_AGAIN', 'gives up'],
  ])('%j: asks %j and ends with %s: %s', (first, expected, code) => {
    const { queries, result } = run(question, ({ qname }) => (qname === 'web.a.example.' ? first : 'NXDOMAIN'));
    expect(queries.map(({ qname }) => qname)).toEqual(expected);
    expect(result.code).toBe(code);
  });
});

describe('the servers', () => {
  test('are asked one after the other, each with its own time, twice', () => {
    const { queries, elapsedMs } = run({ ...question, name: 'web.' }, () => 'lost', options('timeout:5', 3));
    expect(queries.map(({ server, atMs }) => `${server.slice(-2)} ${atMs}`)).toEqual(['10 0', '11 5000', '12 8000', '10 14000', '11 19000', '12 22000']);
    expect(elapsedMs).toBe(28_000);
  });

  test('a neighbour that is not there costs 3 s', () => {
    const { queries } = run({ ...question, name: 'web.' }, ({ server }) => (server.endsWith('10') ? 'unreachable' : ['fd00::1']), options('', 2));
    expect(sent(queries)).toEqual(['AAAA web. 11 udp 3000']);
  });

  test('rotate starts each query one server further, also in the next lookup', () => {
    const more = { ...options('rotate', 2), rotateStart: 1 };
    const first = run({ ...question, name: 'a.b' }, () => 'NXDOMAIN', more);
    expect(first.queries.map(({ server }) => server.slice(-2))).toEqual(['11']);
    expect(run({ ...question, name: 'a.b' }, () => 'NXDOMAIN', { ...more, ...first.carried }).queries[0]?.server).toBe('10.96.0.10');
  });
});

describe('a pair of queries', () => {
  const lost = ({ qtype }: SentQuery): Found => (qtype === 'AAAA' ? 'lost' : ['10.0.0.1']);

  test('of which one is never answered is sent in three ways', () => {
    const trace = run({ ...pair, name: 'web.' }, lost);
    expect(sent(trace.queries).map((text) => text.replace(' web. 10 udp', ''))).toEqual(['A 0', 'AAAA 0', 'A 5000', 'AAAA 5020', 'A 10000', 'AAAA 10020']);
    expect(trace.result).toEqual({ code: 'OK', addresses: ['10.0.0.1'] });
    expect(trace.carried?.sequence).toBe('single-request-reopen');
    const next = run({ ...pair, name: 'web.' }, () => ['10.0.0.1'], trace.carried);
    expect(next.queries.map(({ atMs }) => atMs)).toEqual([0, 20]);
  });

  test.each<readonly [string, 'glibc-2.36' | 'glibc-2.41', number, string]>([
    ['', 'glibc-2.41', 2, 'OK'],
    ['strict-error', 'glibc-2.36', 2, 'OK'],
    ['strict-error', 'glibc-2.41', 4, 'EAI_AGAIN'],
    ['single-request', 'glibc-2.36', 2, 'OK'],
    ['no-aaaa', 'glibc-2.36', 1, 'OK'],
  ])('with AAAA failing, %j and %s: %i queries, %s', (text, version, count, code) => {
    const { queries, result } = run({ ...pair, name: 'web.' }, ({ qtype }) => (qtype === 'AAAA' ? 'SERVFAIL' : ['10.0.0.1']), options(text), version);
    expect([queries.length, result.code]).toEqual([count, code]);
  });

  test('goes over TCP as a whole if one answer is cut', () => {
    const { queries } = run({ ...pair, name: 'web.' }, ({ transport, qtype }) => (transport === 'tcp' ? ['10.0.0.1'] : qtype === 'A' ? 'cut' : []));
    expect(sent(queries)).toEqual(['A web. 10 udp 0', 'AAAA web. 10 udp 0', 'A web. 10 tcp 20', 'AAAA web. 10 tcp 20']);
  });

  test('no-aaaa asks for A in place of AAAA, without EDNS, and hands nothing over', () => {
    const { queries, result } = run({ ...question, name: 'web.' }, () => ['10.0.0.1'], options('no-aaaa edns0'));
    expect(queries).toMatchObject([{ qtype: 'A' }]);
    expect(queries[0]).not.toHaveProperty('edns');
    expect(result.code).toBe('EAI_NODATA');
  });

  test.each([
    [25, 2],
    [26, 4],
    [51, 4],
    [52, 6],
  ])('with %i addresses takes %i queries, because the buffer grows', (count, queries) => {
    const addresses = Array.from({ length: count }, (_, index) => `10.0.0.${index + 1}`);
    expect(run({ ...pair, name: 'web.' }, ({ qtype }) => (qtype === 'A' ? addresses : [])).queries).toHaveLength(queries);
  });
});

describe('without a query', () => {
  test.each<readonly [Partial<Question>, string, readonly string[]]>([
    [{ name: '10.1', family: 'unspec' }, 'OK', ['10.0.0.1']],
    [{ name: '10.1', family: 'inet6' }, 'EAI_ADDRFAMILY', []],
    [{ name: '10.1', flags: ['v4mapped'] }, 'OK', ['::ffff:10.0.0.1']],
    [{ name: 'web', flags: ['numerichost'] }, 'EAI_NONAME', []],
    [{ name: 'INHOSTS', family: 'inet' }, 'OK', ['10.1.1.1']],
    [{ name: 'a b', family: 'unspec' }, 'EAI_NONAME', []],
    [{ name: '1.2.3.4.5', family: 'inet' }, 'EAI_NONAME', []],
    [{ name: 'web', flags: ['addrconfig'] }, 'EAI_NONAME', []],
    [{ name: 'web', flags: ['frobnicate'] }, 'EAI_BADFLAGS', []],
    [{ name: '127.0.0.1', api: 'gni' }, 'OK', []],
  ])('%j ends with %s %j', (asked, code, addresses) => {
    const { queries, result } = run({ ...question, ...asked }, () => 'NXDOMAIN');
    expect(queries).toEqual([]);
    expect(result).toMatchObject({ code, addresses });
  });
});

describe('other functions', () => {
  test('with AI_CANONNAME one family is asked for any name, but what is no host name gets no address', () => {
    const { queries, result } = run({ ...question, name: '-a.', family: 'inet', flags: ['canonname'] }, () => ['10.0.0.1']);
    expect([queries.length, result.code]).toEqual([1, 'EAI_NONAME']);
  });

  test('res_search takes an alias and does not search for it', () => {
    const more = { env: { HOSTALIASES: '/etc/aliases' }, hostAliases: 'short www.example\n' };
    expect(run({ ...question, api: 'res_search', name: 'short' }, () => ['fd00::1'], more).queries.map(({ qname }) => qname)).toEqual(['www.example.']);
  });

  test('getnameinfo asks for the address in reverse', () => {
    const { queries, result } = run({ ...question, api: 'gni', name: '10.9.8.7' }, () => ['web.example.']);
    expect(queries.map(({ qname, qtype }) => `${qtype} ${qname}`)).toEqual(['PTR 7.8.9.10.in-addr.arpa.']);
    expect(result.host).toBe('web.example');
  });

  test('gethostbyname puts the networks of sortlist first', () => {
    const more = { resolvConf: 'nameserver 10.96.0.10\nsortlist 10.2.0.0/255.255.0.0\n' };
    expect(run({ ...question, api: 'gethostbyname' }, () => ['10.1.0.1', '10.2.0.1'], more).result.addresses).toEqual(['10.2.0.1', '10.1.0.1']);
  });

  test('a missing nsswitch module is skipped', () => {
    expect(run(pair, () => 'NXDOMAIN', { nsswitch: 'hosts: nosuch\n' }).result.code).toBe('EAI_SYSTEM');
    expect(run({ ...question, family: 'inet' }, () => 'NXDOMAIN', { nsswitch: 'hosts: nosuch\n' }).result.code).toBe('EAI_NODATA');
  });
});
