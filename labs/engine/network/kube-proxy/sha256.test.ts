import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { hashName, sha256 } from './sha256.ts';

const hex = (bytes: readonly number[]) => bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('');

describe('sha256', () => {
  test.each([
    ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
    ['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
    ['abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq', '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1'],
  ])('of %j is the published one', (text, expected) => {
    expect(hex(sha256(text))).toBe(expected);
  });

  test('of every length up to three blocks is that of node', () => {
    for (let length = 0; length < 200; length += 1) {
      const text = 'px/service-a:http'.repeat(12).slice(0, length);
      expect(hex(sha256(text)), String(length)).toBe(createHash('sha256').update(text).digest('hex'));
    }
  });

  test('no root lies so near a rounding edge that another engine could round it the other way', () => {
    const primes = [...Array(312).keys()].filter((number) => number > 1 && ![...Array(number).keys()].some((part) => part > 1 && number % part === 0));
    expect(primes).toHaveLength(64);
    for (const prime of primes) {
      const rest = (prime ** (1 / 3) * 2 ** 32) % 1;
      expect(Math.min(rest, 1 - rest)).toBeGreaterThan(2 ** -12);
    }
  });
});

describe('hashName', () => {
  test.each([
    ['default/kubernetes:httpstcp', 16, 'NPX46M4PTMTKRN6Y'],
    ['default/kubernetes/tcp/https', 8, '2QRHZV4L'],
    ['ns1/svc1/tcp/p80', 8, 'ULMVA6XW'],
  ])('%s: as every cluster shows it', (text, length, expected) => {
    expect(hashName(text, length)).toBe(expected);
  });
});
