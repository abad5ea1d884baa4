// The fractional parts of the cube roots of the first 64 primes (for the rounds) and of the square roots of the first eight (to start from). Computed,
// because the 72 numbers would be most of this file; a test shows that none is near a rounding edge.
const primes: readonly number[] = Array.from({ length: 312 }, (_, number) => number).filter(
  (number) => number > 1 && !Array.from({ length: 16 }, (_, index) => index + 2).some((divisor) => divisor < number && number % divisor === 0),
);
const fraction = (value: number): number => ((value % 1) * 2 ** 32) | 0;
const rounds = primes.map((prime) => fraction(prime ** (1 / 3)));
const start = primes.slice(0, 8).map((prime) => fraction(Math.sqrt(prime)));

const rotate = (word: number, bits: number): number => (word >>> bits) | (word << (32 - bits));

function scheduled(block: readonly number[]): readonly number[] {
  const words = [...block];
  const at = (index: number): number => words[index] ?? 0;
  for (let index = 16; index < 64; index += 1) {
    const [early, late] = [at(index - 15), at(index - 2)];
    const small = rotate(early, 7) ^ rotate(early, 18) ^ (early >>> 3);
    const large = rotate(late, 17) ^ rotate(late, 19) ^ (late >>> 10);
    words.push((at(index - 16) + small + at(index - 7) + large) | 0);
  }
  return words;
}

function compressed(hash: readonly number[], block: readonly number[]): readonly number[] {
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = hash;
  for (const [index, word] of scheduled(block).entries()) {
    const one = (h + (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) + ((e & f) ^ (~e & g)) + (rounds[index] ?? 0) + word) | 0;
    const two = ((rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
  }
  return [a, b, c, d, e, f, g, h].map((word, index) => (word + (hash[index] ?? 0)) | 0);
}

/**
 * SHA-256 of a text of ASCII characters, as 32 bytes. The browser's own is asynchronous, and labs are not.
 * Models FIPS 180-4.
 */
export function sha256(text: string): readonly number[] {
  const bytes = [...Array.from(text, (character) => character.charCodeAt(0) & 255), 128];
  while (bytes.length % 64 !== 56) bytes.push(0);
  for (let shift = 56; shift >= 0; shift -= 8) bytes.push(Math.floor((text.length * 8) / 2 ** shift) & 255);
  const words = Array.from({ length: bytes.length / 4 }, (_, index) => bytes.slice(index * 4, index * 4 + 4).reduce((word, byte) => (word << 8) | byte, 0));
  let hash: readonly number[] = start;
  for (let index = 0; index < words.length; index += 16) hash = compressed(hash, words.slice(index, index + 16));
  return hash.flatMap((word) => [word >>> 24, (word >>> 16) & 255, (word >>> 8) & 255, word & 255]);
}

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** The first characters of a text's SHA-256 in base32: how kube-proxy names chains. At most 51. */
export function hashName(text: string, length: number): string {
  const bits = sha256(text)
    .slice(0, Math.ceil((length * 5) / 8))
    .map((byte) => byte.toString(2).padStart(8, '0'))
    .join('');
  return Array.from({ length }, (_, index) => letters[parseInt(bits.slice(index * 5, index * 5 + 5), 2)] ?? '').join('');
}
