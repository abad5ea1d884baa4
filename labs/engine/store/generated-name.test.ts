import { expect, test } from 'vitest';
import { generatedName, generatedUid } from './generated-name.ts';

test('a name is its prefix, cut at 58 characters, and five characters of the alphabet without vowels', () => {
  expect(generatedName('web-', 'x')).toMatch(/^web-[bcdfghjklmnpqrstvwxz2456789]{5}$/u);
  expect(generatedName('w'.repeat(80), 'x')).toMatch(/^w{58}.{5}$/u);
  expect(generatedName('web-', 'x')).toBe(generatedName('web-', 'x'));
});

test('names and uids of a thousand chances differ, uids are of version 4, and every character comes up', () => {
  const names = Array.from({ length: 1000 }, (_, index) => generatedName('', String(index)));
  const uids = Array.from({ length: 1000 }, (_, index) => generatedUid(String(index)));
  expect(new Set(names).size).toBeGreaterThan(998);
  expect(new Set(names.join('')).size).toBe(27);
  expect(new Set(uids).size).toBe(1000);
  expect(uids.every((uid) => /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/u.test(uid))).toBe(true);
});
