import fc from 'fast-check';
import { expect, test } from 'vitest';
import { timestampOf, unixMsOf } from './timestamp.ts';

test('times are written as the calendar has them, whole seconds, and read back', () => {
  const range = { min: Date.UTC(1900, 0, 1), max: Date.UTC(2400, 0, 1) };
  fc.assert(
    fc.property(fc.integer(range), (unixMs) => {
      expect(timestampOf(unixMs)).toBe(`${new Date(unixMs).toISOString().slice(0, 19)}Z`);
      expect(unixMsOf(timestampOf(unixMs))).toBe(Math.floor(unixMs / 1000) * 1000);
    }),
  );
  expect(timestampOf(Date.UTC(2024, 1, 29, 23, 59, 59))).toBe('2024-02-29T23:59:59Z');
  expect(unixMsOf('yesterday')).toBeNaN();
});
