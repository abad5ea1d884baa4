import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addQuantities,
  approximateNumber,
  compareQuantities,
  milliValue,
  parseQuantity,
  quantityText,
  quantityValue,
  subtractQuantities,
  type Quantity,
} from './quantity.ts';

function quantity(text: string): Quantity {
  const parsed = parseQuantity(text);
  if (!parsed.ok) throw new Error(`${text}: ${parsed.message}`);
  return parsed.quantity;
}

describe('a quantity is printed in its canonical form', () => {
  test.each([
    ['a fraction becomes thousandths', '1.5', '1500m'],
    ['a thousand takes the next suffix', '2000k', '2M'],
    ['a thousand of the binary kind does not', '1000Ki', '1000Ki'],
    ['1024 of the binary kind do', '2048Mi', '2Gi'],
    ['half a binary step', '1.5Gi', '1536Mi'],
    ['a binary fraction that is no whole number of bytes is decimal', '0.1Gi', '107374182400m'],
    ['fewer than 1024 bytes have no binary suffix', '0.5Ki', '512'],
    ['exponents stay exponents', '1.5e3', '1500'],
    ['exponents are multiples of three', '1e10', '10e9'],
    ['finer than nano is rounded up', '1.0000000001', '1000000001n'],
    ['next to nothing is a nano', '1e-99', '1e-9'],
    ['binary quantities end at 2^63-1', '9Ei', '9223372036854775807'],
    ['binary quantities end there on the other side too', '-9Ei', '-9223372036854775807'],
    ['a decimal one goes on', '9223372036854775809', '9223372036854775809'],
    ['a text that is canonical enough stays', '+1', '+1'],
    ['another is written anew', '+1000', '1k'],
    ['nothing at all is 0', '-0.0Mi', '0'],
    ['no suffix is left after exa (v1.36; mended later)', '1000E', '1'],
  ])('%s: %s', (_, text, canonical) => {
    expect(quantityText(quantity(text))).toBe(canonical);
  });
});

describe('what is no quantity', () => {
  test.each([
    ['', /^quantities must match the regular expression/],
    ['1.5.5', /^quantities must match/],
    ['1 Gi', /^quantities must match/],
    ['1KB', /^quantities must match/],
    ['1K', /^unable to parse quantity's suffix$/],
    ['1mi', /^unable to parse quantity's suffix$/],
    ['1e+', /^unable to parse quantity's suffix$/],
    ['1e9223372036854775808', /^unable to parse quantity's suffix$/],
    ['.Ei', /^unable to parse numeric part of quantity$/],
    [`1${'0'.repeat(20)}e99999999`, /^unable to parse numeric part of quantity$/],
  ])('"%s"', (text, message) => {
    const parsed = parseQuantity(text);
    expect(parsed.ok ? '' : parsed.message).toMatch(message);
  });

  test('a long wrong text is refused at once', () => {
    expect(parseQuantity(`${'0'.repeat(200_000)}x`).ok).toBe(false);
    expect(parseQuantity(`${'1'.repeat(200_000)}x`).ok).toBe(false);
  });
});

describe('as a whole number', () => {
  test.each([
    ['cores are rounded up', '100m', 1n, 100n],
    ['below zero away from it', '-100m', -1n, -100n],
    ['below zero, what had a binary fraction is only cut off', '-0.1Gi', -107374181n, -107374182400n],
    ['finer than milli', '1u', 1n, 1n],
    ['too many millis wrap', '9223372036854775807', 9223372036854775807n, -1000n],
    ['too many millis of a round number are none', '1E', 1000000000000000000n, 0n],
    ['far too large', '1e30', 0n, 0n],
  ])('%s', (_, text, whole, milli) => {
    expect([quantityValue(quantity(text)), milliValue(quantity(text))]).toEqual([whole, milli]);
  });

  test('far too large sums wrap as the real ones do', () => {
    const sum = addQuantities(quantity('9223372036854775807'), quantity('2'));
    expect(quantityText(sum)).toBe('9223372036854775809');
    expect(quantityValue(sum)).toBe(-(2n ** 63n) + 1n);
  });

  test('the number for pictures', () => {
    expect(['1500m', '1Gi', '1e400', '1e-400', '0'].map((text) => approximateNumber(quantity(text)))).toEqual([1.5, 1073741824, Infinity, 1e-9, 0]);
  });
});

describe('arithmetic', () => {
  test.each([
    ['the first one’s format is kept', '1Gi', '512M', '1548576Ki', '548576Ki'],
    ['nothing takes the other’s format', '0', '1Ki', '1Ki', '-1Ki'],
    ['fractions are exact', '0.1', '0.2', '300m', '-100m'],
    ['exponents far apart', '1e20', '1', '100000000000000000001', '99999999999999999999'],
  ])('%s', (_, one, other, sum, difference) => {
    expect(quantityText(addQuantities(quantity(one), quantity(other)))).toBe(sum);
    expect(quantityText(subtractQuantities(quantity(one), quantity(other)))).toBe(difference);
  });

  test('exponents without measure cost nothing', () => {
    const [huge, tiny] = [quantity('1e2000000000'), quantity('1n')];
    expect(compareQuantities(huge, tiny)).toBe(1);
    expect(quantityText(addQuantities(huge, tiny))).toBe('100e1999999998');
    expect(quantityText(subtractQuantities(tiny, huge))).toBe('-100');
    expect(quantityValue(huge)).toBe(0n);
  });
});

const digits = fc.stringMatching(/^[0-9]{0,22}$/);
const suffix = fc.constantFrom('', 'n', 'u', 'm', 'k', 'M', 'G', 'T', 'P', 'E', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei', 'e3', 'E-2', 'e17', 'e-12');
const texts = fc.tuple(fc.constantFrom('', '-', '+'), digits, fc.option(digits), suffix).map(([sign, whole, fraction, unit]) => {
  const number = whole === '' && (fraction ?? '') === '' ? '1' : `${whole}${fraction === null ? '' : `.${fraction}`}`;
  return `${sign}${number}${unit}`;
});
const quantities = texts.map(quantity);
/** v1.36 has no suffix above exa and prints none: such a text means another number. */
const small = quantities.filter((each) => compareQuantities(each, quantity('1e21')) < 0 && compareQuantities(each, quantity('-1e21')) > 0);

describe('laws', () => {
  test('a printed quantity is read as the same amount, and printed the same', () => {
    fc.assert(
      fc.property(small, (one) => {
        const again = quantity(quantityText(one));
        expect(compareQuantities(again, one)).toBe(0);
        expect(quantityText(again)).toBe(quantityText(one));
      }),
    );
  });

  test('comparing is a total order', () => {
    fc.assert(
      fc.property(quantities, quantities, quantities, (one, other, third) => {
        expect(compareQuantities(one, one)).toBe(0);
        expect(compareQuantities(one, other) + compareQuantities(other, one)).toBe(0);
        const [least, middle, most] = [one, other, third].toSorted(compareQuantities);
        expect(compareQuantities(least!, most!)).toBeLessThanOrEqual(0);
        expect(compareQuantities(least!, middle!)).toBeLessThanOrEqual(0);
      }),
    );
  });

  test('adding commutes and is undone by subtracting', () => {
    fc.assert(
      fc.property(quantities, quantities, (one, other) => {
        const sum = addQuantities(one, other);
        expect(compareQuantities(sum, addQuantities(other, one))).toBe(0);
        expect(compareQuantities(subtractQuantities(sum, other), one)).toBe(0);
      }),
    );
  });

  test('a quantity is plain data', () => {
    fc.assert(
      fc.property(quantities, (one) => {
        expect(JSON.parse(JSON.stringify(one))).toEqual(one);
      }),
    );
  });

  test('any text gives a quantity or a sentence', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[-+]?[0-9.]{0,5}[eEinumkKMGTP]{0,2}[-+]?[0-9]{0,11}$/)), (text) => {
        const parsed = parseQuantity(text);
        if (!parsed.ok) expect(parsed.message).not.toBe('');
        else expect([quantityText(parsed.quantity), typeof quantityValue(parsed.quantity), typeof milliValue(parsed.quantity)]).toContain('bigint');
      }),
    );
  });
});
