import { describe, expect, test } from 'vitest';
import { mapToV6, readAddress, writeAddress } from './ip-literal.ts';

const rewritten = (text: string) => {
  const address = readAddress(text);
  return typeof address === 'object' ? writeAddress(address) : address;
};

describe('the text of an address', () => {
  test.each([
    ['10.0.0.1', '10.0.0.1', 'four decimal parts'],
    ['127.1', '127.0.0.1', 'the last part fills three bytes'],
    ['1.2.3', '1.2.0.3', 'the last part fills two bytes'],
    ['2130706433', '127.0.0.1', 'one part fills all bytes'],
    ['4294967295', '255.255.255.255', 'the largest number'],
    ['010.0.0.1', '8.0.0.1', 'a leading 0 means octal'],
    ['0x7F.0.0.1', '127.0.0.1', '0x means hexadecimal'],
    ['0', '0.0.0.0', 'zero alone'],
    ['::1', '::1', 'loopback'],
    ['::', '::', 'all zero'],
    ['FE80::1%eth0', 'fe80::1', 'a link-local address with an interface that exists'],
    ['fd00::1%7', 'fd00::1', 'a numeric scope fits any address'],
    ['1:0:0:2:0:0:0:3', '1:0:0:2::3', 'the longest run of zeros is cut'],
    ['1:0:2:3:4:5:6:7', '1:0:2:3:4:5:6:7', 'a single zero is not cut'],
    ['1:2:3:4:5:6:7::', '1:2:3:4:5:6:7:0', 'a double colon for one group'],
    ['::ffff:10.0.0.1', '::ffff:10.0.0.1', 'IPv4 in IPv6'],
    ['64:ff9b::192.0.2.33', '64:ff9b::c000:221', 'a dotted end'],
  ])('%s is read as %s: %s', (text, expected) => {
    expect(rewritten(text)).toBe(expected);
  });

  test.each([
    ['', 'empty'],
    ['256.0.0.1', 'a byte over 255'],
    ['1.2.3.4.5', 'five parts'],
    ['10.0.0.1.', 'a final dot'],
    ['08.0.0.1', '8 is no octal digit'],
    ['0x', 'no digits behind 0x'],
    ['4294967296', 'over 32 bits'],
    ['-1', 'a sign'],
    [' 1.2.3.4', 'a leading space'],
    ['1.2.3.4 ', 'a space behind it'],
    [':', 'one colon'],
    [':1', 'a single leading colon'],
    ['1::2::3', 'two double colons'],
    ['1:2:3:4:5:6:7', 'seven groups'],
    ['1:2:3:4:5:6:7:8:9', 'nine groups'],
    ['::1:2:3:4:5:6:7:8', 'a double colon for no group'],
    ['12345::', 'a group of five digits'],
    ['::01.2.3.4', 'a leading 0 in a dotted end'],
    ['::256.0.0.1', 'a byte over 255 in a dotted end'],
    ['web', 'a name'],
  ])('"%s" is no address: %s', (text) => {
    expect(rewritten(text)).toBeUndefined();
  });

  test.each(['fd00::1%eth0', 'fe80::1%wlan9', 'fe80::1%', 'fe80::1%4294967296'])('%s has a scope that fits nothing', (text) => {
    expect(rewritten(text)).toBe('wrong scope');
  });

  test('an IPv4 address becomes an IPv6 one behind ::ffff:', () => {
    const address = readAddress('10.0.0.1');
    expect(typeof address === 'object' && writeAddress(mapToV6(address))).toBe('::ffff:10.0.0.1');
  });
});
