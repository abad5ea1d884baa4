import { keyHash } from '../key-hash.ts';

/** No vowels and no 0, 1, 3: no words, and no characters that look alike. Models apimachinery pkg/util/rand/rand.go. */
const alphabet = 'bcdfghjklmnpqrstvwxz2456789';
const randomLength = 5;
/** Longest `generateName` of which nothing is cut. Models apiserver pkg/storage/names/generate.go. */
const prefixLengthMax = 63 - randomLength;

/** The prefix, cut if it is too long, and five characters that follow from the chance alone. */
export function generatedName(prefix: string, chance: string): string {
  let suffix = '';
  for (let index = 0; index < randomLength; index += 1) suffix += alphabet[keyHash(`${chance}/${index}`) % alphabet.length] ?? '';
  return prefix.slice(0, prefixLengthMax) + suffix;
}

/** A random (version 4) UUID that follows from the chance alone. */
export function generatedUid(chance: string): string {
  let digits = '';
  for (let index = 0; index < 4; index += 1) digits += keyHash(`${chance}/uid/${index}`).toString(16).padStart(8, '0');
  const variant = '89ab'[Number.parseInt(digits[16] ?? '0', 16) % 4] ?? '8';
  return [digits.slice(0, 8), digits.slice(8, 12), `4${digits.slice(13, 16)}`, variant + digits.slice(17, 20), digits.slice(20)].join('-');
}
