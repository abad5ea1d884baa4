import { describe, expect, test } from 'vitest';
import { readAddress, writeAddress } from '../ip-literal.ts';
import { sortAddresses } from './sort-addresses.ts';

const sorted = (texts: readonly string[], own: readonly string[]) =>
  sortAddresses(
    texts.map((text) => readAddress(text)).filter((address) => typeof address === 'object'),
    own,
  ).map(writeAddress);

describe('the order of addresses', () => {
  test.each([
    [['2001:db8::1', '10.0.0.7'], ['10.244.1.5'], ['10.0.0.7', '2001:db8::1'], 'without an IPv6 address of its own a pod reaches IPv4 only'],
    [['10.0.0.7', '2001:db8::1'], ['10.244.1.5', '2001:db8:1::5'], ['2001:db8::1', '10.0.0.7'], 'with a global one IPv6 comes first'],
    [['10.0.0.7', '2001:db8::1'], ['10.244.1.5', 'fd00::5'], ['10.0.0.7', '2001:db8::1'], 'a unique local source has another label than a global address'],
    [['10.0.0.7', 'fd00::7'], ['10.244.1.5', 'fd00::5'], ['10.0.0.7', 'fd00::7'], 'unique local addresses have a lower precedence than IPv4'],
    [['10.0.0.7', '::1'], ['10.244.1.5'], ['::1', '10.0.0.7'], 'loopback has the highest precedence'],
    [['2002:a00:1::1', '2001:db8::1'], ['2001:db8:1::5'], ['2001:db8::1', '2002:a00:1::1'], '6to4 has another label'],
    [['2001:0:1::1', '10.0.0.7'], ['10.244.1.5', '2001:0:2::5'], ['10.0.0.7', '2001:0:1::1'], 'Teredo has nearly the lowest precedence'],
    [['fd00:2::1', 'fd00:1::1'], ['fd00:1::5'], ['fd00:1::1', 'fd00:2::1'], 'more bits in common with the source come first'],
    [['192.168.0.1', '10.244.1.9', '::1'], ['10.244.1.5'], ['::1', '10.244.1.9', '192.168.0.1'], 'with IPv6 among them IPv4 addresses are sorted too'],
    [['192.168.0.1', '10.244.1.9'], ['10.244.1.5'], ['192.168.0.1', '10.244.1.9'], 'IPv4 alone stays as it came'],
    [['fe80::1', '2001:db8::1'], ['2001:db8:1::5'], ['2001:db8::1', 'fe80::1'], 'a link-local address needs a source of its scope'],
    [['2001:db8::2', '2001:db8::3'], [], ['2001:db8::2', '2001:db8::3'], 'equal ones keep their order'],
  ])('%j from %j: %j, because %s', (texts, own, expected) => {
    expect(sorted(texts, own)).toEqual(expected);
  });
});
