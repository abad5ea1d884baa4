import { describe, expect, test } from 'vitest';
import { TraceWriter } from '../trace-writer.ts';
import type { Surroundings } from '../types.ts';
import { readSettings, type Settings } from './resolv-conf.ts';

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
const read = (resolvConf: string | null, more: Partial<Surroundings> = {}) => {
  const writer = new TraceWriter(() => ({ kind: 'lost' }));
  const settings = readSettings({ ...surroundings, resolvConf, ...more }, false, writer);
  const { events } = writer.finish({ code: 'OK' }, '');
  return { settings, told: events.filter((event) => event.kind === 'setting') };
};

describe('resolv.conf', () => {
  test.each<readonly [string | null, Partial<Settings>, string]>([
    [null, { servers: ['127.0.0.1'], search: [], ndots: 1, timeoutSeconds: 5, attempts: 2 }, 'no file'],
    [
      'nameserver 10.0.0.1\nnameserver 10.0.0.2\nnameserver 10.0.0.3\nnameserver 10.0.0.4\n',
      { servers: ['10.0.0.1', '10.0.0.2', '10.0.0.3'] },
      'three servers',
    ],
    ['nameserver 10.0.0.1 10.0.0.2\n', { servers: ['10.0.0.1'] }, 'one server on a line'],
    ['nameserver 10.0.0.1\r\n', { servers: ['127.0.0.1'] }, 'a carriage return spoils an address'],
    ['nameserver web\nnameserver\nnameserver:10.0.0.1\n', { servers: ['127.0.0.1'] }, 'no address'],
    ['nameserver 10.96.10\n', { servers: ['10.96.0.10'] }, 'three parts of an address'],
    ['nameserver FD00::A\n', { servers: ['fd00::a'] }, 'an IPv6 server'],
    ['nameserver fd00::a%nosuch\n', { servers: ['fd00::a'] }, 'an unknown scope is dropped'],
    ['nameserver ::ffff:10.0.0.1\n', { servers: ['10.0.0.1'] }, 'IPv4 inside IPv6'],
    [' nameserver 10.0.0.1\n', { servers: ['127.0.0.1'] }, 'a leading blank'],
    ['search\ta.example\t b.example \n', { search: ['a.example', 'b.example'] }, 'tabs and blanks'],
    ['search a.example # b\n', { search: ['a.example', '#', 'b'] }, 'a comment behind a list is part of it'],
    ['search a\ndomain b c\n', { search: ['b'] }, 'the last of search and domain wins, domain takes one word'],
    ['search a\nsearch\nsearch \n', { search: ['a'] }, 'an empty search line is passed over'],
    ['search a\r\n', { search: ['a\r'] }, 'a carriage return stays in the domain'],
    [`search ${'x'.repeat(300)}\n`, { search: ['x'.repeat(300)] }, 'any length'],
    ['options ndots:5\noptions ndots:2 timeout:3\n', { ndots: 2, timeoutSeconds: 3 }, 'the last option wins'],
    ['options ndots:5 # ndots:1', { ndots: 1 }, 'a comment behind options is read'],
    ['options ndots:5,timeout:1\n', { ndots: 5, timeoutSeconds: 5 }, 'a comma does not part options'],
    [
      'sortlist 10.1.0.0/255.255.0.0 192.168.7.0 ; 10.2.0.0\n',
      {
        sortList: [
          { address: 0x0a01_0000, mask: 0xffff_0000 },
          { address: 0xc0a8_0700, mask: 0xffff_ff00 },
        ],
      },
      'a mask or the mask of the class',
    ],
  ])('%j gives %j: %s', (file, expected) => {
    expect(read(file).settings).toMatchObject(expected);
  });

  test('says of each line what became of it', () => {
    const { told } = read('# kube\nnameserver 10.0.0.1\nsearch a\nsearch b\noptions ndots:99 x\n foo\n');
    expect(told.map(({ line, effect }) => [line, effect])).toEqual([
      [1, 'ignored'],
      [2, 'used'],
      [3, 'ignored'],
      [4, 'used'],
      [5, 'changed'],
      [6, 'ignored'],
      [undefined, 'used'],
    ]);
  });
});

describe('the surroundings of resolv.conf', () => {
  test.each<readonly [Partial<Surroundings>, Partial<Settings>, string]>([
    [{ hostname: 'db-0.db.example' }, { search: ['db.example'] }, 'the host name has a domain'],
    [{ env: { LOCALDOMAIN: 'a b' }, resolvConf: 'search c\n' }, { search: ['a', 'b'] }, 'LOCALDOMAIN beats the file'],
    [{ env: { LOCALDOMAIN: '' }, resolvConf: 'search c\n' }, { search: [''] }, 'an empty LOCALDOMAIN is the root'],
    [{ env: { RES_OPTIONS: 'ndots:3 timeout:1' }, resolvConf: 'options ndots:5\n' }, { ndots: 3, timeoutSeconds: 1 }, 'RES_OPTIONS beats the file'],
  ])('%j gives %j: %s', (more, expected) => {
    expect(read(more.resolvConf ?? null, more).settings).toMatchObject(expected);
  });
});
