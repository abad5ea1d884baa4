import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addressOfReverseName, parseAddress, reverseName } from './address.ts';

describe('addresses', () => {
  test.each([
    ['10.0.0.1', '10.0.0.1'],
    ['010.0.0.1', undefined],
    ['256.0.0.1', undefined],
    ['1.2.3', undefined],
    ['', undefined],
    ['::', '::'],
    ['::1', '::1'],
    ['2001:DB8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
    ['1:0:3:4:5:6:7:8', '1:0:3:4:5:6:7:8'],
    ['::ffff:10.0.0.1', '10.0.0.1'],
    ['64:ff9b::1.2.3.4', '64:ff9b::102:304'],
    ['1:2:3:4:5:6:7', undefined],
    ['1::2::3', undefined],
    ['1.2.3.4::', undefined],
    ['fe80::1%eth0', undefined],
    ['12345::', undefined],
  ])('%s is %s', (text, expected) => {
    expect(parseAddress(text)?.text).toBe(expected);
  });
  test('a reverse name leads back to its address', () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (address) => {
        expect(addressOfReverseName(reverseName(address) ?? '')).toBe(parseAddress(address)?.text);
      }),
    );
  });
});
