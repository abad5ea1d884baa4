import { describe, expect, test } from 'vitest';
import type { ResourceRecord } from '../resolver/types.ts';
import { fitMessage } from './message-size.ts';

const qname = 'db.default.svc.cluster.local.';
const addresses = (count: number): readonly ResourceRecord[] =>
  Array.from({ length: count }, (_, index) => ({ name: qname, type: 'A', ttlSeconds: 30, data: `10.244.1.${String(index)}` }));
const sections = (count: number): { answer: readonly ResourceRecord[]; authority: []; additional: [] } => ({
  answer: addresses(count),
  authority: [],
  additional: [],
});

describe('the size of a message', () => {
  // Header 12, question 30 + 4, each record 30 + 10 + 4 uncompressed and 2 + 10 + 4 compressed.
  test.each([
    ['one record, uncompressed', 1, {}, { count: 1, truncated: false, sizeBytes: 90 }],
    ['ten records still fit uncompressed', 10, {}, { count: 10, truncated: false, sizeBytes: 486 }],
    ['eleven need compression', 11, {}, { count: 11, truncated: false, sizeBytes: 222 }],
    ['29 are the most in 512 bytes', 29, {}, { count: 29, truncated: false, sizeBytes: 510 }],
    ['the thirtieth is cut', 30, {}, { count: 29, truncated: true, sizeBytes: 510 }],
    ['EDNS makes room', 30, { edns: 1232 }, { count: 30, truncated: false, sizeBytes: 537 }],
    ['an EDNS size below 512 counts as 512, and the OPT record takes 11 bytes', 29, { edns: 100 }, { count: 28, truncated: true, sizeBytes: 505 }],
    ['TCP takes all', 300, { transport: 'tcp' }, { count: 300, truncated: false, sizeBytes: 13_246 }],
  ] as const)('%s', (_, count, client, expected) => {
    const { answer, truncated, sizeBytes } = fitMessage(qname, sections(count), { transport: 'udp', ...client });
    expect({ count: answer.length, truncated, sizeBytes }).toEqual(expected);
  });
  test('a large UDP message that fits is compressed against fragments', () => {
    expect(fitMessage(qname, sections(40), { transport: 'udp', edns: 4096 }).sizeBytes).toBe(12 + 34 + 40 * 16 + 11);
  });
  test('additional records go first', () => {
    const fitted = fitMessage(qname, { answer: addresses(20), authority: [], additional: addresses(20) }, { transport: 'udp' });
    expect([fitted.answer.length, fitted.additional.length, fitted.truncated]).toEqual([20, 9, true]);
  });
});
