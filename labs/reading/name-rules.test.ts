import { describe, expect, test } from 'vitest';
import { address, dnsLabel, dnsSubdomain, dnsSubdomainWithUnderscores, labelValue, legacyAddress, portName, qualifiedName } from './name-rules.ts';

describe('names', () => {
  test.each([
    ['a label', dnsLabel, 'web-1', 0],
    ['a label may start with a digit', dnsLabel, '1web', 0],
    ['capitals', dnsLabel, 'Web', 1],
    ['dots', dnsLabel, 'a.b', 1],
    ['64 characters', dnsLabel, 'a'.repeat(64), 1],
    ['a subdomain', dnsSubdomain, 'a.b-c.d', 0],
    ['an empty label in it', dnsSubdomain, 'a..b', 1],
    ['254 characters', dnsSubdomain, 'a'.repeat(254), 1],
    ['underscores in a search domain', dnsSubdomainWithUnderscores, '_tcp.example.com', 0],
    ['underscores elsewhere', dnsSubdomain, '_tcp.example.com', 1],
    ['a port name', portName, 'http-2', 0],
    ['a port name without a letter', portName, '80', 1],
    ['an empty port name', portName, '', 2],
    ['a port name of 16', portName, 'abcdefghijklmnop', 1],
    ['a port name with two hyphens', portName, 'a--b', 1],
    ['an empty label value', labelValue, '', 0],
    ['a label value', labelValue, 'My_value.1', 0],
    ['a label value with a blank', labelValue, 'a b', 1],
    ['a label key', qualifiedName, 'example.com/app', 0],
    ['a label key with two slashes', qualifiedName, 'a/b/c', 1],
    ['a label key without name', qualifiedName, 'a/', 2],
    ['a label key without prefix', qualifiedName, '/a', 1],
    ['an address', address, '10.0.0.1', 0],
    ['leading zeros', address, '010.0.0.1', 1],
    ['leading zeros in an old field', legacyAddress, '010.0.0.1', 0],
    ['an IPv6 address', address, '2001:db8::1', 0],
    ['a mixed address', address, '::ffff:1.2.3.4', 0],
    ['too many groups', address, '1:2:3:4:5:6:7:8:9', 1],
    ['a zone', address, 'fe80::1%eth0', 1],
  ] as const)('%s', (_, rule, text, sentences) => {
    expect(rule(text)).toHaveLength(sentences);
  });
});
