import { describe, expect, test } from 'vitest';
import {
  address,
  addressRange,
  configMapKey,
  dns1035Label,
  dnsLabel,
  dnsSubdomain,
  dnsSubdomainWithUnderscores,
  environmentVariableName,
  labelValue,
  legacyAddress,
  portName,
  qualifiedName,
  relaxedEnvironmentVariableName,
  wildcardDnsSubdomain,
} from './name-rules.ts';

describe('names', () => {
  test.each([
    ['a label', dnsLabel, 'web-1', 0],
    ['a label may start with a digit', dnsLabel, '1web', 0],
    ['capitals', dnsLabel, 'Web', 1],
    ['dots', dnsLabel, 'a.b', 1],
    ['64 characters', dnsLabel, 'a'.repeat(64), 1],
    ['a long name that is wrong too', dnsLabel, `${'a'.repeat(64)}-`, 2],
    ['an old label may not start with a digit', dns1035Label, '1web', 1],
    ['a subdomain', dnsSubdomain, 'a.b-c.d', 0],
    ['an empty label in it', dnsSubdomain, 'a..b', 1],
    ['254 characters', dnsSubdomain, 'a'.repeat(254), 1],
    ['underscores in a search domain', dnsSubdomainWithUnderscores, '_tcp.exa_mple.com', 0],
    ['an underscore at the end of a label', dnsSubdomainWithUnderscores, 'tcp_.example.com', 1],
    ['two underscores in front', dnsSubdomainWithUnderscores, '__tcp.example.com', 1],
    ['underscores elsewhere', dnsSubdomain, '_tcp.example.com', 1],
    ['a wildcard', wildcardDnsSubdomain, '*.example.com', 0],
    ['a wildcard in the middle', wildcardDnsSubdomain, 'a.*.com', 1],
    ['a wildcard alone', wildcardDnsSubdomain, '*', 1],
    ['a port name', portName, 'http-2', 0],
    ['a port name without a letter', portName, '80', 1],
    ['an empty port name', portName, '', 2],
    ['a port name of 16', portName, 'abcdefghijklmnop', 1],
    ['a port name with two hyphens', portName, 'a--b', 1],
    ['an empty label value', labelValue, '', 0],
    ['a label value', labelValue, 'My_value.1', 0],
    ['a label value with a blank', labelValue, 'a b', 1],
    ['a label value of 32 two-byte letters: too long in bytes, and wrong', labelValue, 'ä'.repeat(32), 2],
    ['31 of them are only wrong', labelValue, 'ä'.repeat(31), 1],
    ['16 characters of four bytes', labelValue, '🐳'.repeat(16), 2],
    ['a label key', qualifiedName, 'example.com/app', 0],
    ['a label key with two slashes', qualifiedName, 'a/b/c', 1],
    ['a label key without name', qualifiedName, 'a/', 2],
    ['a label key without prefix', qualifiedName, '/a', 1],
    ['a label key without anything', qualifiedName, '/', 3],
    ['a key of a ConfigMap', configMapKey, '.bashrc_1', 0],
    ['a key that leaves its folder', configMapKey, '..', 1],
    ['a key that might', configMapKey, '..a', 1],
    ['a key with a slash', configMapKey, '../a', 2],
    ['a variable', environmentVariableName, 'MY_VAR', 0],
    ['a variable that starts with a digit', environmentVariableName, '1A', 1],
    ['by the newer rule it may', relaxedEnvironmentVariableName, '1 A!', 0],
    ['a variable with =', relaxedEnvironmentVariableName, 'A=', 1],
    ['a variable with a tab', relaxedEnvironmentVariableName, 'A\t', 1],
    ['a variable without a name', relaxedEnvironmentVariableName, '', 1],
  ] as const)('%s', (_, rule, text, sentences) => {
    expect(rule(text)).toHaveLength(sentences);
  });

  test('a long wrong name is judged at once', () => {
    const text = `${'a'.repeat(100_000)}!`;
    for (const rule of [dnsLabel, dnsSubdomain, wildcardDnsSubdomain, labelValue, qualifiedName, configMapKey]) expect(rule(text).length).toBeGreaterThan(0);
  });
});

describe('addresses', () => {
  test.each([
    ['an address', address, '10.0.0.1', []],
    ['a number too large', address, '10.0.0.256', ['must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)']],
    ['leading zeros', address, '010.0.0.1', ['must not have leading 0s']],
    ['leading zeros in an old field', legacyAddress, '010.0.0.0001', []],
    ['an IPv6 address', address, '2001:db8::1', []],
    ['nothing but zeros', address, '::', []],
    ['all groups', address, '1:2:3:4:5:6:7:8', []],
    ['seven groups and ::', address, '1:2:3:4:5:6:7::', []],
    ['a mixed address', address, '64:ff9b::1.2.3.4', []],
    ['an IPv4 address inside IPv6', address, '::ffff:1.2.3.4', ['must not be an IPv4-mapped IPv6 address']],
    ['the same in groups', address, '::FFFF:102:304', ['must not be an IPv4-mapped IPv6 address']],
    ['it may stand in an old field', legacyAddress, '::ffff:1.2.3.4', []],
    ['a group of five', address, '2001:00db8::1', ['must not have leading 0s']],
  ] as const)('%s', (_, rule, text, sentences) => {
    expect(rule(text)).toEqual(sentences);
  });

  test.each(['1:2:3:4:5:6:7:8:9', '1:2:3:4:5:6:7::8', '1::2::3', ':::', '1:', ':1', '1.2.3.4::', '::1.2.3', 'fe80::1%eth0', '12345::', '1.2.3', ''])(
    '"%s" is none',
    (text) => {
      expect(legacyAddress(text)).toHaveLength(1);
    },
  );

  test.each([
    ['a range', '10.0.0.0/8', undefined],
    ['all addresses', '::/0', undefined],
    ['one address', '10.0.0.1/32', undefined],
    ['without length', '10.0.0.0', /valid CIDR/],
    ['a length too large', '10.0.0.0/33', /valid CIDR/],
    ['leading zeros', '10.0.0.0/08', /leading 0s/],
    ['an address inside the range', '10.0.0.1/8', /bits set beyond/],
    ['one bit beyond', '10.0.1.0/23', /bits set beyond/],
    ['an IPv6 address inside the range', '2001:db8::1/64', /bits set beyond/],
    ['an IPv4 address inside IPv6', '::ffff:10.0.0.0/104', /IPv4-mapped/],
  ])('%s', (_, text, sentence) => {
    const sentences = addressRange(text);
    if (sentence === undefined) expect(sentences).toEqual([]);
    else expect(sentences.join()).toMatch(sentence);
  });
});
