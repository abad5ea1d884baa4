import { describe, expect, test } from 'vitest';
import { pieces, stem, tellingWords } from './words.ts';

describe('the pieces of a text', () => {
  test.each([
    ['marks part words', 'resolv.conf, ndots:5', ['resolv', 'conf', 'ndots', '5']],
    ['capitals become small', 'CoreDNS', ['coredns']],
    ['a text of marks has none', '!!! ???', []],
  ])('%s', (_name, text, expected) => {
    expect(pieces(text)).toEqual(expected);
  });
});

describe('the telling words', () => {
  test.each([
    ['those of a question go', 'why is my pvc pending', ['pvc', 'pending']],
    ['those of a complaint go', 'help, dns is not working', ['dns']],
    ['a contracted not leaves no halves', "my pod won't start, I can’t say why", ['pod', 'start', 'say']],
    ['a complaint alone keeps its words', "it doesn't work", ['it', 'doesn', 't', 'work']],
    ['a query of such words alone keeps them', 'how', ['how']],
    ['an error text keeps its numbers', '0/3 nodes are available', ['0', '3', 'nodes', 'available']],
  ])('%s', (_name, query, expected) => {
    expect(tellingWords(query)).toEqual(expected);
  });
});

describe('forms of one word have one stem', () => {
  test.each([
    ['claims', 'claim'],
    ['policies', 'policy'],
    ['used', 'use'],
    ['resolving', 'resolve'],
    ['dropped', 'drop'],
    ['addresses', 'address'],
    ['classes', 'class'],
    ['volumes', 'volume'],
  ])('%s, %s', (a, b) => {
    expect(stem(a)).toBe(stem(b));
  });
  test.each([
    ['dns', 'dn'],
    ['status', 'statu'],
    ['ingress', 'ingre'],
    ['ipv6', 'ipv'],
    ['node', 'nod e'],
  ])('but %s is not %s', (a, b) => {
    expect(stem(a)).not.toBe(b);
  });
});
