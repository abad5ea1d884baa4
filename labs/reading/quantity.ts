/** How a quantity was written, and how it is printed again. */
export type QuantityFormat = 'DecimalSI' | 'BinarySI' | 'DecimalExponent';

/** An exact amount of cpu, memory or the like: digits · 10^exponent. Plain data; make it with `parseQuantity` only. */
export interface Quantity {
  /** A whole number, perhaps with `-`. */
  readonly digits: string;
  readonly exponent: number;
  readonly format: QuantityFormat;
  /** The text it was read from, if that is taken for canonical already (so `1.` and `+1` stay as they are). */
  readonly written?: string;
  /** Kept as a decimal of any size instead of a 64-bit number. Both kinds overflow and round in their own ways. */
  readonly isWide?: true;
}

/** A quantity, or why the text is none, in the API server's words. */
export type ParsedQuantity = { readonly ok: true; readonly quantity: Quantity } | { readonly ok: false; readonly message: string };

const formatWrong = "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
const numberWrong = 'unable to parse numeric part of quantity';
const suffixWrong = "unable to parse quantity's suffix";

/** Sign, digits, fraction, suffix. The look-aheads keep a wrong text of any length cheap. */
const shape = /^([+-]?)0*(?!0)(\d*)(?!\d)(?:\.(\d*)(?!\d))?([eEinumkKMGTP]*[-+]?\d*)$/u;
const decimalSuffixes = ['n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E'];
const binarySuffixes = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];
/** The finest part that is kept: 10^-9. */
const nano = -9;
/** More places are never written out (the real thing would run out of memory instead). */
const placesMax = 10_000;
const int64Max = 2n ** 63n - 1n;
/** This many digits fit 64 bits whatever they are. */
const int64DigitsSafe = 18;

const wrapped = (value: bigint): bigint => BigInt.asIntN(64, value);
const fits = (value: bigint): boolean => wrapped(value) === value;
const ten = (places: number): bigint => 10n ** BigInt(places);

interface Unit {
  readonly format: QuantityFormat;
  /** The power of ten, or of two for BinarySI. */
  readonly power: number;
}

function unitOf(suffix: string): Unit | undefined {
  const decimal = decimalSuffixes.indexOf(suffix);
  if (decimal >= 0) return { format: 'DecimalSI', power: nano + 3 * decimal };
  const binary = binarySuffixes.indexOf(suffix);
  if (binary >= 0) return { format: 'BinarySI', power: 10 * binary };
  if (!/^[eE][-+]?\d+$/u.test(suffix)) return undefined;
  const power = BigInt(suffix.slice(1).replace('+', ''));
  // Exponents are read as 64-bit numbers and kept in 32 bits.
  return fits(power) ? { format: 'DecimalExponent', power: Number(BigInt.asIntN(32, power)) } : undefined;
}

/** Reads a quantity as the API server does, with its sentences for a wrong one. Models apimachinery api/resource/quantity.go, ParseQuantity (v1.36). */
export function parseQuantity(text: string): ParsedQuantity {
  const match = text === '' ? null : shape.exec(text);
  if (match === null) return { ok: false, message: formatWrong };
  const [, sign = '', whole = '', fraction = '', suffix = ''] = match;
  const unit = unitOf(suffix);
  if (unit === undefined) return { ok: false, message: suffixWrong };
  const isBinary = unit.format === 'BinarySI';
  const digits = `${whole === '' ? '0' : whole}${fraction}`;
  const exponent = (isBinary ? 0 : unit.power) - fraction.length;
  // The number of digits that a 64-bit number surely holds: one binary step counts as three digits.
  const digitsMax = isBinary ? 14 - (unit.power / 10) * 3 : int64DigitsSafe;
  const isNarrow = digits.length <= digitsMax && exponent >= nano && !(isBinary && fraction !== '');
  if (!isNarrow) {
    // What is left of a text without any digit, such as `.Ei`, is no number; with a small suffix it counts as 0.
    if (!/\d/u.test(text.slice(0, text.length - suffix.length))) return { ok: false, message: numberWrong };
    return wide(BigInt(digits), exponent, { ...unit, isNegative: sign === '-' });
  }
  const value = BigInt(digits);
  const isCanonical = isBinary ? (value & 7n) !== 0n : exponent % 3 === 0 && !digits.endsWith('000') && !digits.startsWith('0');
  const amount = (isBinary ? value << BigInt(unit.power) : value) * (sign === '-' ? -1n : 1n);
  return { ok: true, quantity: { digits: String(amount), exponent, format: unit.format, ...(isCanonical && { written: text }) } };
}

/** What does not fit 64 bits for sure: rounded up to nano, binary ones capped at 2^63-1. */
function wide(value: bigint, exponent: number, { format, power, isNegative }: Unit & { readonly isNegative: boolean }): ParsedQuantity {
  const isBinary = format === 'BinarySI';
  const amount = isBinary ? value << BigInt(power) : value;
  const quantity = (digits: bigint, at: number, as = format): ParsedQuantity => ({
    ok: true,
    quantity: { digits: String(isNegative ? -digits : digits), exponent: at, format: as, isWide: true },
  });
  if (amount === 0n) return quantity(0n, exponent);
  if (exponent > placesMax) return { ok: false, message: numberWrong };
  const rounded = awayFromZero(amount, exponent - nano);
  if (isBinary && rounded > int64Max * ten(-nano)) return quantity(int64Max, 0);
  return quantity(rounded, nano, isBinary && rounded < ten(-nano) ? 'DecimalSI' : format);
}

/** value · 10^places, rounded away from zero. */
function awayFromZero(value: bigint, places: number): bigint {
  if (places >= 0) return value * ten(places);
  const unit = value === 0n ? 0n : value < 0n ? -1n : 1n;
  if (-places > String(value).length) return unit;
  const divisor = ten(-places);
  return value / divisor + (value % divisor === 0n ? 0n : unit);
}

/** The canonical text: no fraction, the largest suffix that loses nothing; binary only if it is a whole number of at least 1024. */
export function quantityText({ digits, exponent, format, written }: Quantity): string {
  if (written !== undefined) return written;
  const amount = BigInt(digits);
  if (amount === 0n) return '0';
  if (format === 'BinarySI' && exponent <= placesMax) {
    let whole = awayFromZero(amount, exponent);
    const isExact = exponent >= 0 || whole * ten(-exponent) === amount;
    if (isExact && (whole >= 1024n || whole <= -1024n)) {
      let steps = 0;
      for (; whole % 1024n === 0n; steps += 1) whole /= 1024n;
      return `${whole}${binarySuffixes[steps] ?? ''}`;
    }
  }
  let end = digits.length;
  while (digits[end - 1] === '0') end -= 1;
  const power = exponent + digits.length - end;
  const zeros = ((power % 3) + 3) % 3;
  const step = power - zeros;
  const exponential = step === 0 ? '' : `e${step}`;
  // v1.36 prints nothing where no suffix is large enough: `1000E` becomes `1`.
  return `${digits.slice(0, end)}${'0'.repeat(zeros)}${format === 'DecimalExponent' ? exponential : (decimalSuffixes[(step - nano) / 3] ?? '')}`;
}

/** -1, 0 or 1: exact, whatever the formats. */
export function compareQuantities(one: Quantity, other: Quantity): -1 | 0 | 1 {
  const [left, right] = [BigInt(one.digits), BigInt(other.digits)];
  const order = (isLess: boolean): -1 | 1 => (isLess ? -1 : 1);
  if (left === 0n || right === 0n || left < 0n !== right < 0n) return left === right ? 0 : order(left < right);
  // Same sign, so one has more places before the point, or the exponents are as near as the digits are long.
  const places = one.digits.length + one.exponent - other.digits.length - other.exponent;
  if (places !== 0) return order(places < 0 === left > 0n);
  const least = Math.min(one.exponent, other.exponent);
  const difference = left * ten(one.exponent - least) - right * ten(other.exponent - least);
  return difference === 0n ? 0 : order(difference < 0n);
}

function combine(one: Quantity, other: Quantity, sign: 1n | -1n): Quantity {
  const [left, right] = [BigInt(one.digits), BigInt(other.digits) * sign];
  const format = left === 0n ? other.format : one.format;
  const isWide = one.isWide === true || other.isWide === true;
  const apart = one.exponent - other.exponent;
  const result = (value: bigint, exponent: number, wideResult = isWide): Quantity => ({
    digits: String(value),
    exponent,
    format,
    ...(wideResult && { isWide: true }),
  });
  if (right === 0n && (!isWide || Math.abs(apart) > placesMax)) return result(left, one.exponent);
  if (left === 0n && (!isWide || Math.abs(apart) > placesMax)) return result(right, other.exponent);
  // So far apart that the smaller one does not show in the first 10,000 digits.
  if (Math.abs(apart) > placesMax) return apart > 0 ? result(left, one.exponent) : result(right, other.exponent);
  const [first, second] = [left * ten(Math.max(apart, 0)), right * ten(Math.max(-apart, 0))];
  const sum = first + second;
  return result(sum, Math.min(one.exponent, other.exponent), isWide || ![first, second, sum].every(fits));
}

/** The exact sum, in the format of the first (of the second if the first is 0). */
export function addQuantities(one: Quantity, other: Quantity): Quantity {
  return combine(one, other, 1n);
}

/** The exact difference, in the format of the first (of the second if the first is 0). */
export function subtractQuantities(one: Quantity, other: Quantity): Quantity {
  return combine(one, other, -1n);
}

/** As a 64-bit number of 10^scale. Too large a value wraps or becomes 0, as in v1.36. Models api/resource/{amount,math,scale_int}.go. */
function scaledValue({ digits, exponent, isWide }: Quantity, scale: number): bigint {
  const value = BigInt(digits);
  const places = exponent - scale;
  if (value === 0n) return 0n;
  if (isWide === true) {
    // The power of ten is a float that becomes the least 64-bit number when it does not fit.
    if (places >= 0) return wrapped(wrapped(value) * (places <= int64DigitsSafe ? ten(places) : -int64Max - 1n));
    if (-places > digits.length) return value > 0n ? 1n : 0n;
    const divisor = ten(-places);
    const isSmall = -places <= int64DigitsSafe && value < int64Max && value > -int64Max;
    if (value % divisor === 0n) return wrapped(value / divisor);
    // Small negative values are cut off and then raised by one; large ones are rounded up.
    return wrapped(wrapped(value / divisor) + (value > 0n || isSmall ? 1n : 0n));
  }
  if (places < 0) return awayFromZero(value, places);
  if (places > int64DigitsSafe) return 0n;
  const raised = value * ten(places);
  // These powers are multiplied in one go and wrap; others are multiplied step by step until one does not fit.
  return fits(raised) || [1, 2, 3, 6, 9].includes(places) ? wrapped(raised) : 0n;
}

/** The whole number, rounded up (away from zero). */
export function quantityValue(quantity: Quantity): bigint {
  return scaledValue(quantity, 0);
}

/** The number of thousandths, rounded up (away from zero): millicores. */
export function milliValue(quantity: Quantity): bigint {
  return scaledValue(quantity, -3);
}

/** Nearly the value, for pictures and ratios; never compare with it. Models AsApproximateFloat64 with Go's math.Pow10, hence its last digits. */
export function approximateNumber({ digits, exponent }: Quantity): number {
  const base = Number(digits);
  if (exponent === 0 || base === 0) return base;
  const places = Math.abs(exponent);
  const [coarse, fine] = [places - (places % 32), places % 32];
  return base * (exponent > 0 ? Number(`1e${coarse}`) * Number(`1e${fine}`) : Number(`1e-${coarse}`) / Number(`1e${fine}`));
}
