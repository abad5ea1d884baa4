import { describe, expect, test } from 'vitest';
import { bytesOf } from '../c-text.ts';
import { queryName } from './query-name.ts';

const label = (length: number) => 'x'.repeat(length);
const long = (length: number) => `${`${label(49)}.`.repeat(5)}${label(length - 250)}`;

describe('a name for a packet', () => {
  test.each([
    ['web.shop', 'web.shop.'],
    ['web.shop.', 'web.shop.'],
    ['.', '.'],
    ['', '.'],
    ['a b', 'a\\032b.'],
    ['bücher.example', 'b\\195\\188cher.example.'],
    [`${label(63)}.a`, `${label(63)}.a.`],
    [long(253), `${long(253)}.`],
    [`${long(253)}.`, `${long(253)}.`],
  ])('"%s" is sent as %s by both versions', (name, qname) => {
    for (const version of ['musl-1.2.3', 'musl-1.2.5'] as const) expect(queryName(bytesOf(name), version)).toEqual({ kind: 'good', qname });
  });

  test.each(['a..b', '.web', '..', label(64), long(254)])('"%s" cannot be sent', (name) => {
    for (const version of ['musl-1.2.3', 'musl-1.2.5'] as const) expect(queryName(name, version).kind).toBe('impossible');
  });

  test('two dots at the end make a malformed packet in 1.2.3, since 1.2.4 none', () => {
    expect(queryName('web..', 'musl-1.2.3').kind).toBe('malformed');
    expect(queryName('web..', 'musl-1.2.5').kind).toBe('impossible');
  });
});
