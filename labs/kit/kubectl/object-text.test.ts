import { describe, expect, test } from 'vitest';
import { jsonText, yamlText } from './object-text.ts';

const yamlOf = (text: string) => yamlText({ k: text }).slice(3, -1);

describe('texts in YAML, as kubectl writes them', () => {
  // Checked against kubectl v1.32 and v1.36.
  test.each([
    ['', '""'],
    ['a b', 'a b'],
    ['true', '"true"'],
    ['yes', '"yes"'],
    ['n', '"n"'],
    ['null', '"null"'],
    ['1', '"1"'],
    ['0644', '"0644"'],
    ['0x1f', '"0x1f"'],
    ['1e3', '"1e3"'],
    ['1.5.6', '1.5.6'],
    ['1:30', '"1:30"'],
    ['100m', '100m'],
    ['2026-11-21T00:43:40Z', '"2026-11-21T00:43:40Z"'],
    ['a: b', "'a: b'"],
    ['a:', "'a:'"],
    ['a:b', 'a:b'],
    ['- a', "'- a'"],
    ['-a', '-a'],
    ['-', "'-'"],
    ['#x', "'#x'"],
    ['x #y', "'x #y'"],
    ['x#y', 'x#y'],
    ["it's", "it's"],
    ["'", "''''"],
    ['"q"', `'"q"'`],
    [' lead', "' lead'"],
    ['trail ', "'trail '"],
    ['{x', "'{x'"],
    ['tab\tx', String.raw`"tab\tx"`],
    ['é', 'é'],
    ['😀', String.raw`"\U0001F600"`],
    ['one\ntwo', '|-\n  one\n  two'],
    ['one\n\ntwo\n', '|\n  one\n\n  two'],
    ['one\n\n', '|+\n  one\n'],
    ['x \ny', String.raw`"x \ny"`],
  ])('%j', (text, written) => {
    expect(yamlOf(text)).toBe(written);
  });

  test('what is longer than 80 columns breaks at the next single space', () => {
    expect(yamlOf(`${'a'.repeat(78)} b c`)).toBe(`${'a'.repeat(78)}\n  b c`);
    expect(yamlOf('a'.repeat(100))).toBe('a'.repeat(100));
  });
});

test('lists stand below their field, further ones within them to the right', () => {
  expect(yamlText({ l: ['a', { b: 1, a: [] }, [1, [2]]], e: {} })).toBe('e: {}\nl:\n- a\n- a: []\n  b: 1\n- - 1\n  - - 2\n');
});

test('numbers in names of fields are sorted by value, in JSON as texts', () => {
  const object = { a10: 1, a9: 1, 10: 1, 9: 1, _b: 1 };
  expect(yamlText(object)).toBe('_b: 1\n"9": 1\n"10": 1\na9: 1\na10: 1\n');
  expect([...jsonText(object).matchAll(/"(\w+)":/gu)].map(([, name]) => name)).toEqual(['10', '9', '_b', 'a10', 'a9']);
});

test('JSON hides what could be markup', () => {
  expect(jsonText({ a: '<b>&', l: [] })).toBe(String.raw`{
    "a": "\u003cb\u003e\u0026",
    "l": []
}
`);
});
