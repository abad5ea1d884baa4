import { describe, expect, test } from 'vitest';
import { readAddress, writeAddress } from '../ip-literal.ts';
import { findAddressInHosts, findInHosts } from './hosts.ts';

const file = [
  '# comment',
  '127.0.0.1 localhost',
  '::1 localhost ip6-localhost',
  '  10.1.2.3\tfoo.local Bar.local # old',
  '10.1.1.1 multi',
  '10.1.1.2 multi',
  'fd00::66 only6',
  '::ffff:10.7.7.7 mapped',
  '010.1.1.1 octal',
  'fe80::1%eth0 scoped',
  '10.8.8.8',
].join('\n');

describe('the hosts file', () => {
  test.each<readonly [string, 'unspec' | 'inet' | 'inet6', string | undefined, string]>([
    ['foo.local', 'unspec', '10.1.2.3', 'behind blanks'],
    ['BAR.LOCAL', 'inet', '10.1.2.3', 'an alias in another case'],
    ['multi', 'unspec', '10.1.1.1', 'only the first line'],
    ['localhost', 'unspec', '127.0.0.1', 'only the first line'],
    ['localhost', 'inet6', '::1', 'the first line of the family'],
    ['ip6-localhost', 'inet', '127.0.0.1', 'the IPv6 loopback is one of IPv4 too'],
    ['only6', 'inet', undefined, 'the other family'],
    ['foo.local', 'inet6', undefined, 'the other family'],
    ['mapped', 'inet', '10.7.7.7', 'IPv4 inside IPv6'],
    ['old', 'unspec', undefined, 'a comment'],
    ['octal', 'unspec', undefined, 'a leading zero'],
    ['scoped', 'unspec', undefined, 'a scope'],
    ['foo', 'unspec', undefined, 'a part of a name'],
  ])('has for %s (%s) %s: %s', (name, family, expected) => {
    const entry = findInHosts(file, name, family);
    expect(entry && writeAddress(entry.address)).toBe(expected);
  });

  test.each([
    ['10.1.2.3', 'foo.local'],
    ['::1', 'localhost'],
    ['10.9.9.9', undefined],
  ])('names %s %s', (text, name) => {
    const address = readAddress(text);
    expect(typeof address === 'object' ? findAddressInHosts(file, address)?.names[0] : 'no address').toBe(name);
  });
});
