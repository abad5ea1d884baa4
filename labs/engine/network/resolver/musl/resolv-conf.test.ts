import { describe, expect, test } from 'vitest';
import type { Surroundings } from '../types.ts';
import { readResolvConf, type Settings } from './resolv-conf.ts';
import { TraceWriter } from '../trace-writer.ts';

const surroundings: Surroundings = {
  resolvConf: null,
  hosts: null,
  nsswitch: null,
  hostname: 'web',
  env: {},
  hostAliases: null,
  addresses: [],
  rotateStart: 0,
};
const read = (file: string | null, more: Partial<Surroundings> = {}) => {
  const writer = new TraceWriter(() => ({ kind: 'lost' }));
  const settings = readResolvConf(file, { ...surroundings, ...more }, writer);
  const { events } = writer.finish({ code: 'OK' }, '');
  return { settings, told: events.filter((event) => event.kind === 'setting') };
};
const defaults = { servers: ['127.0.0.1'], search: [], ndots: 1, timeoutMs: 5000, attempts: 2 };
const long = (length: number) => `search ${'a'.repeat(length - 7)}`;

describe('resolv.conf', () => {
  test.each<readonly [string | null, Partial<Settings>, string]>([
    [null, {}, 'no file'],
    ['', {}, 'an empty file'],
    [
      'nameserver 10.0.0.1\nnameserver 10.0.0.2\nnameserver 10.0.0.3\nnameserver 10.0.0.4\n',
      { servers: ['10.0.0.1', '10.0.0.2', '10.0.0.3'] },
      'three servers at most',
    ],
    ['nameserver 10.0.0.1 10.0.0.2\n', { servers: ['10.0.0.1'] }, 'one server on a line'],
    ['nameserver 10.0.0.1\r\n', { servers: ['10.0.0.1'] }, 'a carriage return is white space'],
    ['nameserver web\nnameserver\nnameserver:10.0.0.1\n', {}, 'no address'],
    [' nameserver 10.0.0.1\n', {}, 'a leading blank disables a line'],
    ['NAMESERVER 10.0.0.1\n', {}, 'keywords are in small letters'],
    ['nameserver FD00::A\n', { servers: ['fd00::a'] }, 'an IPv6 server'],
    ['nameserver 10.0.0.1', { servers: ['10.0.0.1'] }, 'no line feed at the end'],
    ['search a.example  b.example\n', { search: ['a.example', 'b.example'] }, 'a search list'],
    ['search a\ndomain b\n', { search: ['b'] }, 'the last of search and domain wins'],
    ['search a\nsearch\n', { search: [] }, 'an empty search line wins too'],
    ['search a\nsearch', { search: ['a'] }, 'but not without a line feed, for a keyword needs white space behind it'],
    ['search a # b\n', { search: ['a', '#', 'b'] }, 'a comment behind a list is part of it'],
    [`${long(254)}\n`, { search: [long(254).slice(7)] }, '254 bytes fit'],
    [`${long(255)}\n`, {}, '255 bytes do not'],
    ['options ndots:5\n', { ndots: 5 }, 'ndots'],
    ['options ndots:5 ndots:1\n', { ndots: 5 }, 'the first on a line counts'],
    ['options ndots:5\noptions ndots:1\n', { ndots: 1 }, 'the last line counts'],
    ['options ndots:x ndots:5\n', {}, 'a first one without digit hides the second'],
    ['options ndots:16 timeout:61 attempts:11\n', { ndots: 15, timeoutMs: 60_000, attempts: 10 }, 'limits'],
    ['options ndots:4294967297\n', { ndots: 15 }, 'a large number'],
    ['options ndots:-1 timeout:+3 attempts: 4\n', {}, 'only a digit may follow the colon'],
    ['options ndots:3,timeout:2\n', { ndots: 3, timeoutMs: 2000 }, 'commas do no harm'],
    ['options my-ndots:3\n', { ndots: 3 }, 'the place inside a word does not matter'],
    ['options timeout:0 attempts:0\n', { timeoutMs: 0, attempts: 0 }, 'zero is taken'],
    ['options timeout:.5\n', {}, 'no fractions'],
    ['options\tndots:2\n', { ndots: 2 }, 'a tab is white space'],
  ])('%j', (file, expected) => {
    expect(read(file).settings).toEqual({ ...defaults, ...expected });
  });

  test('each line is told with what becomes of it', () => {
    const { told } = read('# c\nsearch a\nsearch b\noptions ndots:20 rotate\nnameserver 10.0.0.1\nsortlist x\n\n');
    expect(told.map(({ line, effect }) => [line, effect])).toEqual([
      [1, 'ignored'],
      [2, 'ignored'],
      [3, 'used'],
      [4, 'changed'],
      [5, 'used'],
      [6, 'ignored'],
      [undefined, 'used'],
    ]);
    expect(told[1]?.because).toContain('later');
    expect(told[3]?.because).toMatch(/15.*rotate/);
    expect(told[6]?.because).toContain('every 2500 ms');
  });

  test('variables and the host name are told to be ignored', () => {
    const { told } = read('nameserver 10.0.0.1\n', { env: { LOCALDOMAIN: 'x', HOME: '/' }, hostname: 'web.example.com' });
    expect(told.filter(({ effect }) => effect === 'ignored').map(({ source, text }) => [source, text])).toEqual([
      ['environment', 'LOCALDOMAIN=x'],
      ['hostname', 'web.example.com'],
    ]);
  });
});
