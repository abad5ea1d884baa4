import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { SentQuery } from '../../labs/engine/network/resolver/types.ts';
import { answerWord, questionOf, recordedWire, surroundingsOf, type RecordedLookup } from './recorded-wire.ts';

const base: RecordedLookup = {
  id: 'group/name',
  lib: 'musl 1.2.5-1',
  api: 'gai',
  name: 'web',
  family: 'unspec',
  flags: '-',
  resolvConf: null,
  env: {},
  servers: { '10.96.0.10': 'ok' },
  zone: {},
  queries: [],
  result: {},
};
const query: SentQuery = { server: '10.96.0.10', qname: 'web.test.', qtype: 'A', transport: 'udp', atMs: 0, batch: 1 };
const ask = (zone: RecordedLookup['zone'], more: Partial<SentQuery> = {}, rest: Partial<RecordedLookup> = {}, earlier: readonly SentQuery[] = []) =>
  recordedWire({ ...base, zone, ...rest })({ ...query, ...more }, earlier);
const data = (zone: RecordedLookup['zone'], more: Partial<SentQuery> = {}) => {
  const delivery = ask(zone, more);
  return delivery.kind === 'answer' ? delivery.answer.records.map((record) => `${record.name} ${record.data}`) : delivery.kind;
};
const many = (count: number) => Array.from({ length: count }, (_, index) => `10.0.${index >> 8}.${index & 255}`);

describe('the zone', () => {
  test.each([
    [{ 'web.test.': { A: ['10.0.0.1'] } }, {}, 'NOERROR'],
    [{ 'WEB.test.': { A: ['10.0.0.1'] } }, { qname: 'web.TEST.' }, 'NOERROR'],
    [{ 'web.test.': { A: ['10.0.0.1'] } }, { qtype: 'AAAA' }, 'NODATA'],
    [{ 'web.test.': {} }, {}, 'NODATA'],
    [{}, {}, 'NXDOMAIN'],
    [{ default: 'SERVFAIL' }, {}, 'SERVFAIL'],
    [{ default: 'NXDOMAIN', '*.test.': { A: ['10.0.0.1'] } }, {}, 'NOERROR'],
    [{ '*.test.': 'REFUSED', '*.b.test.': 'NOTIMP' }, { qname: 'a.b.test.' }, 'NOTIMP'],
    [{ '*.test.': 'REFUSED', 'web.test.': 'FORMERR' }, {}, 'FORMERR'],
    [{ '*.test.': 'REFUSED' }, { qname: 'test.' }, 'NXDOMAIN'],
    [{ 'web.test.': { A: 'SERVFAIL', AAAA: ['fd00::1'] } }, {}, 'SERVFAIL'],
    [{ 'web.test.': 'LAME' }, {}, 'LAME'],
    [{ 'web.test.': 'TIMEOUT' }, {}, 'none'],
    [{ 'web.test.': { CNAME: 'a.test.' } }, {}, 'NXDOMAIN'],
    [{ 'web.test.': { CNAME: 'a.test.' }, 'a.test.': {} }, {}, 'NOERROR'],
    [{ 'web.test.': { A: many(31) } }, {}, 'TC+30'],
    [{ 'web.test.': { A: many(30) } }, {}, 'NOERROR'],
    [{ 'web.test.': { A: many(31) } }, { transport: 'tcp' }, 'NOERROR'],
    [{ 'web.test.': { A: many(100) } }, { edns: 1200 }, 'TC+72'],
    [{ 'web.test.': { A: { udp: 'TC', data: ['10.0.0.1'] } } }, {}, 'TC+0'],
    [{ 'web.test.': { A: { udp: 'TC', data: ['10.0.0.1'] } } }, { transport: 'tcp' }, 'NOERROR'],
  ] as const)('%j answers %j with %s', (zone, more, word) => {
    expect(answerWord(ask(zone, more))).toBe(word);
  });

  test('an alias is followed inside one answer, and owners behind it are not compressed', () => {
    const zone: RecordedLookup['zone'] = { 'web.test.': { CNAME: 'a.test.' }, 'a.test.': { A: ['10.0.0.1'] } };
    expect(data(zone)).toEqual(['web.test. a.test.', 'a.test. 10.0.0.1']);
    // 12 header, 10 + 4 question, 2 + 10 + 8 alias, 8 + 10 + 4 address.
    expect(ask(zone)).toMatchObject({ answer: { sizeBytes: 68 } });
  });

  test('an alias alone, and a loop of aliases, end where they end', () => {
    expect(data({ 'web.test.': { CNAME: 'a.test.', cnameOnly: true }, 'a.test.': { A: ['10.0.0.1'] } })).toEqual(['web.test. a.test.']);
    expect(data({ 'web.test.': { CNAME: 'a.test.' }, 'a.test.': { CNAME: 'web.test.' } })).toEqual(['web.test. a.test.', 'a.test. web.test.']);
  });

  test('answers are late or lost as the zone says', () => {
    const zone: RecordedLookup['zone'] = { 'web.test.': { A: { delayMs: 300, data: ['10.0.0.1'] }, AAAA: { dropFirst: 1, data: ['fd00::1'] } } };
    expect(ask(zone)).toMatchObject({ afterMs: 300 });
    expect(ask(zone, { qtype: 'AAAA' })).toEqual({ kind: 'lost' });
    expect(ask(zone, { qtype: 'AAAA' }, {}, [query, { ...query, qtype: 'AAAA' }])).toMatchObject({ kind: 'answer', afterMs: 20 });
  });

  test('a word that no rule explains is an error', () => {
    expect(() => ask({ 'web.test.': 'PERHAPS' as 'NODATA' })).toThrow('unknown word "PERHAPS"');
  });
});

describe('the servers', () => {
  const zone: RecordedLookup['zone'] = { default: { A: ['10.0.0.1'] } };
  test.each([
    ['ok', {}, 'NOERROR'],
    ['dead', {}, 'lost'],
    ['closed', {}, 'closed'],
    ['REFUSED', {}, 'REFUSED'],
    ['udp-only', {}, 'NOERROR'],
    ['udp-only', { transport: 'tcp' }, 'closed'],
    ['noedns', {}, 'NOERROR'],
    ['noedns', { edns: 1200 }, 'FORMERR'],
    [{ zone: { default: 'NODATA' } }, {}, 'NODATA'],
  ] as const)('%j asked with %j: %s', (server, more, expected) => {
    const delivery = ask(zone, more, { servers: { '10.96.0.10': server } });
    expect(delivery.kind === 'answer' ? answerWord(delivery) : delivery.kind).toBe(expected);
  });

  test.each([
    ['127.0.0.1', 'closed'],
    ['::1', 'closed'],
    ['10.96.0.13', 'closed'],
    ['10.244.1.5', 'closed'],
    ['10.99.99.99', 'unreachable'],
    ['fd00::1', 'unreachable'],
  ])('%s, which the case does not name, is %s', (server, kind) => {
    expect(ask(zone, { server })).toEqual({ kind });
  });
});

describe('the inputs', () => {
  test('defaults are filled in, null means that a file is missing', () => {
    expect(surroundingsOf(base)).toMatchObject({ nsswitch: 'hosts: files dns\n', hostname: 'web-6d4cf56db6-x2x4c', hostAliases: null, rotateStart: 0 });
    expect(surroundingsOf(base).hosts).toContain('10.244.1.5\tweb-6d4cf56db6-x2x4c\n');
    expect(surroundingsOf({ ...base, hosts: null, nsswitch: null })).toMatchObject({ hosts: null, nsswitch: null });
    expect(surroundingsOf({ ...base, net: 'dual' }).addresses).toContain('fd00:10:244:1::5');
    expect(questionOf({ ...base, flags: 'v4mapped,all' }).flags).toEqual(['v4mapped', 'all']);
    expect(questionOf(base).flags).toEqual([]);
  });

  test('the first recorded query tells where the rotation began', () => {
    const resolvConf = 'nameserver 10.96.0.10\nnameserver 10.96.0.11\noptions rotate\n';
    expect(surroundingsOf({ ...base, resolvConf, queries: [{ server: '10.96.0.11', qname: 'web.', qtype: 'A', transport: 'udp' }] }).rotateStart).toBe(1);
  });
});

interface AnsweredLookup extends RecordedLookup {
  readonly queries: readonly (SentQuery & { readonly answer: string })[];
}

describe('the recordings', () => {
  const folder = path.join(import.meta.dirname, 'recorded');
  test.each(readdirSync(folder).filter((name) => name.startsWith('resolver-')))('%s: each recorded query gets its recorded answer', (name) => {
    const lookups = JSON.parse(readFileSync(path.join(folder, name), 'utf8')) as readonly AnsweredLookup[];
    const wrong = lookups.flatMap((recorded) => {
      const wire = recordedWire(recorded);
      return recorded.queries
        .map((each, index) => ({ id: recorded.id, ...each, given: answerWord(wire(each, recorded.queries.slice(0, index))) }))
        .filter(({ answer, given }) => answer !== given);
    });
    expect(wrong).toEqual([]);
  });
});
