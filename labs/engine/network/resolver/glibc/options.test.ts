import { describe, expect, test } from 'vitest';
import { flagOf, readNumber } from './options.ts';

describe('a number option', () => {
  test.each([
    ['ndots:5', 'ndots', 5, 'as written'],
    ['ndots:15', 'ndots', 15, 'the largest'],
    ['ndots:16', 'ndots', 15, 'cut to 15'],
    ['ndots:-1', 'ndots', 15, 'four bits of -1'],
    ['ndots:-3', 'ndots', 13, 'four bits of -3'],
    ['ndots:', 'ndots', 0, 'no digits'],
    ['ndots:abc', 'ndots', 0, 'no digits'],
    ['ndots:5junk', 'ndots', 5, 'junk behind the digits'],
    ['ndots: 5', 'ndots', 5, 'a blank before the digits'],
    ['ndots:05', 'ndots', 5, 'decimal in spite of the zero'],
    ['ndots:+5', 'ndots', 5, 'a sign'],
    ['ndots:4294967297', 'ndots', 1, 'the lower 32 bits'],
    ['ndots:99999999999999999999', 'ndots', 15, 'a long that is full has -1 in its lower half'],
    ['timeout:30', 'timeout', 30, 'the largest'],
    ['timeout:31', 'timeout', 30, 'cut to 30'],
    ['timeout:0', 'timeout', 0, 'kept, though it waits 1 s'],
    ['attempts:5', 'attempts', 5, 'the largest'],
    ['attempts:9', 'attempts', 5, 'cut to 5'],
    ['attempts:0', 'attempts', 0, 'kept: no query at all'],
  ])('%s gives %s %i: %s', (text, option, value) => {
    expect(readNumber(text)).toMatchObject({ option, value });
  });

  test.each(['NDOTS:5', 'ndots', 'xndots:5'])('%s is none', (text) => {
    expect(readNumber(text)).toBeUndefined();
  });
});

describe('a flag', () => {
  test.each([
    ['rotate', 'rotate'],
    ['rotate,edns0', 'rotate'],
    ['single-request-reopen', 'single-request-reopen'],
    ['single-request', 'single-request'],
    ['no_tld_query', 'no-tld-query'],
    ['no-aaaa\r', 'no-aaaa'],
    ['frobnicate', undefined],
    ['inet6', undefined],
    ['ROTATE', undefined],
  ])('%j is %s', (word, flag) => {
    expect(flagOf(word, true)).toBe(flag);
  });

  test('strict-error is known since 2.41', () => {
    expect([flagOf('strict-error', false), flagOf('strict-error', true)]).toEqual([undefined, 'strict-error']);
  });
});
