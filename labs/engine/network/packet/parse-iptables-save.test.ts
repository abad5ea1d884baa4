import { expect, test } from 'vitest';
import { parseIptablesSave } from './parse-iptables-save.ts';
import { iptablesOf } from './testing.ts';

const ruleOf = (line: string) => parseIptablesSave(iptablesOf({ filter: [line] })).filter?.FORWARD?.rules[0];

test('tables, chains and policies', () => {
  const tables = parseIptablesSave(
    '# a remark\n*nat\n:OUTPUT ACCEPT [1:60]\n:MINE - [0:0]\n-A MINE -j RETURN\nCOMMIT\n*filter\n:INPUT DROP [0:0]\n-A LATER -j ACCEPT\nnonsense\nCOMMIT\n',
  );
  expect(
    Object.entries(tables).map(([table, chains]) => [table, Object.entries(chains).map(([name, { policy, rules }]) => [name, policy, rules.length])]),
  ).toEqual([
    [
      'nat',
      [
        ['OUTPUT', 'ACCEPT', 0],
        ['MINE', undefined, 1],
      ],
    ],
    [
      'filter',
      [
        ['INPUT', 'DROP', 0],
        ['LATER', undefined, 1],
      ],
    ],
  ]);
});

test.each<[string, unknown]>([
  ['-A FORWARD -j MARK --set-xmark 0x4000/0x0', { kind: 'MARK', value: 0x4000, mask: 0 }],
  ['-A FORWARD -j MARK --set-mark 0x2', { kind: 'MARK', value: 2, mask: 0xffff_ffff }],
  ['-A FORWARD -j MARK --or-mark 0x8000', { kind: 'MARK', value: 0x8000, mask: 0x8000 }],
  ['-A FORWARD -j MARK --and-mark 0xffffbfff', { kind: 'MARK', value: 0, mask: 0x4000 }],
  ['-A FORWARD -p tcp -m tcp -j DNAT --to-destination 10.0.0.1:80', { kind: 'DNAT to', address: '10.0.0.1', port: 80 }],
  ['-A FORWARD -j SNAT --to-source 10.0.0.1', { kind: 'SNAT to', address: '10.0.0.1' }],
  ['-A FORWARD -j MASQUERADE --random-fully', { kind: 'MASQUERADE', randomFully: true }],
  ['-A FORWARD -g OTHER', { kind: 'goto', chain: 'OTHER' }],
  ['-A FORWARD -m comment --comment "with -j DROP \\" inside" -j OTHER', { kind: 'jump', chain: 'OTHER' }],
  ['-A FORWARD -p tcp', undefined],
])('target of %s', (line, target) => {
  expect(ruleOf(line)?.target).toEqual(target);
});

test('what is not modelled is said, and words that decide nothing are not', () => {
  expect(ruleOf('-A FORWARD -m string --string x -j DROP')?.matches).toContainEqual({ kind: 'unknown', text: '--string' });
  expect(ruleOf('-A FORWARD -m comment --comment "a" -m nfacct --nfacct-name  b -m tcp -j DROP')?.matches).toEqual([]);
});

test('an empty text has no tables', () => {
  expect(parseIptablesSave('')).toEqual({});
});
