import fc from 'fast-check';
import { expect, test } from 'vitest';
import { valueOf, valuesFrom, withoutKey, withValue, type SortedChunks } from './sorted-chunks.ts';

const key = fc.string({ maxLength: 3, unit: fc.constantFrom('a', 'b', '/', '-') });
const change = fc.record({ key, value: fc.option(fc.nat(9), { freq: 2 }) });

test('it holds what a map holds, in order, and earlier values stay', () => {
  fc.assert(
    fc.property(fc.array(change, { maxLength: 300, size: 'max' }), key, (changes, prefix) => {
      const model = new Map<string, number>();
      let chunks: SortedChunks<number> = [];
      for (const { key: changed, value } of changes) {
        const before = JSON.stringify(chunks);
        const next = value === null ? withoutKey(chunks, changed) : withValue(chunks, changed, value);
        expect(JSON.stringify(chunks)).toBe(before);
        chunks = next;
        if (value === null) model.delete(changed);
        else model.set(changed, value);
        expect(valueOf(chunks, changed)).toBe(value ?? undefined);
      }
      const expected = [...model].sort(([one], [other]) => (one < other ? -1 : 1));
      expect(chunks.flat()).toEqual(expected.map(([each, value]) => ({ key: each, value })));
      expect(valuesFrom(chunks, prefix)).toEqual(expected.filter(([each]) => each.startsWith(prefix)).map(([, value]) => value));
      expect(chunks.every((chunk) => chunk.length > 0 && chunk.length <= 64)).toBe(true);
    }),
    { numRuns: 60 },
  );
});
