import { describe, expect, test } from 'vitest';
import { cidrHas, mergedIntervals, parseCidr } from './cidr.ts';

describe('parseCidr', () => {
  test.each([
    ['10.1.2.3/8', '10.0.0.0/8'],
    [' 203.0.113.0/25 ', '203.0.113.0/25'],
    ['10.1.2.3/32', '10.1.2.3/32'],
    ['0.0.0.0/0', '0.0.0.0/0'],
    ['fd00:1::9/64', 'fd00:1::/64'],
    ['10.1.2.3', undefined],
    ['10.1.2.3/33', undefined],
    ['a/8', undefined],
  ])('%j is %s', (text, expected) => {
    expect(parseCidr(text)?.text).toBe(expected);
  });
});

test.each([
  ['10.0.0.0/8', '10.255.255.255', true],
  ['10.0.0.0/8', '11.0.0.0', false],
  ['fd00::/64', 'fd00::ffff', true],
  ['0.0.0.0/0', 'fd00::1', false],
])('%s holds %s: %s', (cidr, address, expected) => {
  expect(cidrHas(parseCidr(cidr)!, address)).toBe(expected);
});

test.each([
  [
    ['203.0.113.0/24', '198.51.100.7/32'],
    ['198.51.100.7', '203.0.113.0/24'],
  ],
  [['10.0.0.0/8', '10.1.0.0/16'], ['10.0.0.0/8']],
  [['203.0.113.128/25', '203.0.113.0/25'], ['203.0.113.0/24']],
  [['10.0.1.0/24', '10.0.2.0/24'], ['10.0.1.0-10.0.2.255']],
  [
    ['fd00:2::/64', 'fd00:1::/64'],
    ['fd00:1::/64', 'fd00:2::/64'],
  ],
])('nft shows the blocks %j as %j', (cidrs, expected) => {
  expect(mergedIntervals(cidrs.map((cidr) => parseCidr(cidr)!))).toEqual(expected);
});
