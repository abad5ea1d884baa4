import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fieldSelectorText, matchesFields, parseFieldSelector } from './selectors-fields.ts';
import { parseLabelSelector } from './selectors-parse.ts';
import { quoted } from './selectors-problem.ts';
import { matchesLabels, matchesRequirements, requirementsText, selectorRequirements, selectorText, type LabelSelector, type Requirement } from './selectors.ts';

const web = { app: 'web', env: 'prod', version: '10' };

function parsed(text: string): readonly Requirement[] {
  const read = parseLabelSelector(text);
  if (!read.ok) throw new Error(read.message);
  return read.value;
}

describe('what follows -l', () => {
  test.each([
    ['nothing selects all', '', '', true],
    ['blanks do not count', ' app = web ,\tenv in ( prod , qa ) ', 'app=web,env in (prod,qa)', true],
    ['another value', 'app!=web', 'app!=web', false],
    ['a missing label is another value', 'tier!=db', 'tier!=db', true],
    ['a missing label is not in', 'tier in (db)', 'tier in (db)', false],
    ['a missing label is notin', 'tier notin (db)', 'tier notin (db)', true],
    ['sorted by key, values too', 'z,app in (web,a,web)', 'app in (a,web),z', false],
    ['larger as a number', 'version>9', 'version>9', true],
    ['smaller as a number', 'version<+11', undefined, true],
    ['a text is no number', 'app>1', 'app>1', false],
    ['empty values between commas', 'app in (,web,)', 'app in (,web)', true],
    ['an operator as a key', 'in in (in),notin!=notin', 'in in (in),notin!=notin', false],
  ])('%s', (_, text, canonical, matches) => {
    // `+11` is a number, but no label value.
    if (canonical === undefined) expect(parseLabelSelector(text).ok).toBe(false);
    else {
      expect(requirementsText(parsed(text))).toBe(canonical);
      expect(matchesRequirements(parsed(text), web)).toBe(matches);
    }
  });

  test.each([
    ['!', "unable to parse requirement: found '', expected: identifier"],
    ['a b', "unable to parse requirement: found 'b', expected: in, notin, =, ==, !=, gt, lt"],
    ['a in b', "unable to parse requirement: found 'b' expected: '('"],
    ['a in (b', "unable to parse requirement: found '', expected: ',' or ')'"],
    ['a in (b c)', "unable to parse requirement: found 'c', expected: ',' or ')'"],
    ['a in (b,', "unable to parse requirement: found '', expected: ',', or identifier"],
    ['a in (!)', "unable to parse requirement: found '!', expected: ',', ')' or identifier"],
    ['a===b', "unable to parse requirement: found '=', expected: identifier"],
    ['a,)', "found ')', expected: identifier after ','"],
    ['a)', "unable to parse requirement: found ')', expected: in, notin, =, ==, !=, gt, lt"],
    ['a=b)', "found ')', expected: ',' or 'end of string'"],
  ])('"%s" is refused', (text, message) => {
    expect(parseLabelSelector(text)).toEqual({ ok: false, message });
  });

  test('all wrong values are named', () => {
    const read = parseLabelSelector('a in (-b,-c)');
    expect(read.ok ? '' : read.message).toMatch(
      /^unable to parse requirement: \[values\[0\]\[a\]: Invalid value: "-b": .*, values\[1\]\[a\]: Invalid value: "-c": .*\]$/u,
    );
  });
});

describe('selectors of objects', () => {
  test.each<[string, LabelSelector | undefined, string, boolean]>([
    ['none selects nothing', undefined, '<none>', false],
    ['an empty one selects all', {}, '<none>', true],
    ['all conditions must hold', { matchLabels: { app: 'web' }, matchExpressions: [{ key: 'env', operator: 'DoesNotExist' }] }, 'app=web,!env', false],
    ['a wrong one selects nothing', { matchExpressions: [{ key: 'version', operator: 'Gt', values: ['1'] }] }, '<error>', false],
    ['names of JavaScript are no labels', { matchExpressions: [{ key: 'constructor', operator: 'Exists' }] }, 'constructor', false],
  ])('%s', (_, selector, text, matches) => {
    expect(selectorText(selector)).toBe(text);
    expect(matchesLabels(selector, web)).toBe(matches);
  });

  test('an operator that JavaScript knows is no operator', () => {
    expect(selectorRequirements({ matchExpressions: [{ key: 'a', operator: 'constructor' }] })).toEqual({
      ok: false,
      message: '"constructor" is not a valid label selector operator',
    });
  });

  test('an empty list of values is shown as Go shows none', () => {
    expect(selectorRequirements({ matchExpressions: [{ key: 'a', operator: 'In', values: [] }] })).toEqual({
      ok: false,
      message: "values: Invalid value: null: for 'in', 'notin' operators, values set can't be empty",
    });
  });
});

describe('what follows --field-selector', () => {
  test.each([
    ['sorted', 'status.phase!=Running,metadata.name==a', 'metadata.name=a,status.phase!=Running'],
    ['empty terms are passed over', ',a=b,', 'a=b'],
    ['escaped signs in a value', String.raw`a=b\,c\=d\\`, String.raw`a=b\,c\=d\\`],
    ['the first operator counts', 'a!b==c', 'a!b=c'],
  ])('%s', (_, text, canonical) => {
    const read = parseFieldSelector(text);
    expect(read.ok ? fieldSelectorText(read.value) : read.message).toBe(canonical);
  });

  test.each([
    ['a=b,c', "invalid selector: 'a=b,c'; can't understand 'c'"],
    [String.raw`a=\b`, String.raw`invalid field selector: invalid escape sequence: \b`],
    ['a=b\\', 'invalid field selector: invalid escape sequence: \\'],
    ['a==b=c', 'invalid field selector: unescaped character in value: 61'],
  ])('"%s" is refused', (text, message) => {
    expect(parseFieldSelector(text)).toEqual({ ok: false, message });
  });

  test('a missing field is empty', () => {
    const read = parseFieldSelector('spec.nodeName=');
    expect(read.ok && matchesFields(read.value, {})).toBe(true);
    expect(read.ok && matchesFields(read.value, { 'spec.nodeName': 'n1' })).toBe(false);
  });
});

test('texts in Go’s quotes', () => {
  expect(quoted('a"\\\t\u{0}\u{7f}\u{a0}ü🐳\u{e000}')).toBe('"a\\"\\\\\\t\\x00\\x7f\\u00a0ü🐳\\ue000"');
});

const name = fc.constantFrom('a', 'b', 'in', 'notin', 'x.io/y');
const value = fc.constantFrom('', '1', '7', 'in', 'web', 'a-b');
const labels = fc.dictionary(name, value);
const requirements = fc.array(
  fc.oneof(
    fc.record({ key: name, operator: fc.constantFrom('in' as const, 'notin' as const), values: fc.uniqueArray(value, { minLength: 1 }) }),
    fc.record({ key: name, operator: fc.constantFrom('=' as const, '==' as const, '!=' as const), values: fc.tuple(value) }),
    fc.record({ key: name, operator: fc.constantFrom('gt' as const, 'lt' as const), values: fc.tuple(fc.constantFrom('0', '5')) }),
    fc.record({ key: name, operator: fc.constantFrom('exists' as const, '!' as const), values: fc.constant([]) }),
  ),
  { maxLength: 4 },
);

describe('laws', () => {
  test('a printed selector selects the same, and is printed the same', () => {
    fc.assert(
      fc.property(requirements, labels, (selector, on) => {
        const again = parsed(requirementsText(selector));
        expect(matchesRequirements(again, on)).toBe(matchesRequirements(selector, on));
        expect(requirementsText(parsed(requirementsText(again)))).toBe(requirementsText(again));
      }),
    );
  });

  test('any text gives conditions or a sentence', () => {
    const words = fc.array(fc.constantFrom('a', 'in', 'notin', '=', '!', '<', '>', '(', ')', ',', ' ', '"', 'ü')).map((parts) => parts.join(''));
    fc.assert(
      fc.property(fc.oneof(words, fc.string()), (text) => {
        for (const read of [parseLabelSelector(text), parseFieldSelector(text)]) if (!read.ok) expect(read.message).not.toBe('');
      }),
    );
  });

  test('a printed field selector is read as the same', () => {
    const terms = fc.uniqueArray(
      fc.record({ field: fc.constantFrom('a', 'b.c'), operator: fc.constantFrom('=' as const, '!=' as const), value: fc.string() }),
      {
        selector: ({ field }) => field,
      },
    );
    fc.assert(
      fc.property(terms, (written) => {
        const read = parseFieldSelector(fieldSelectorText(written));
        expect(read).toEqual({ ok: true, value: written.toSorted((one, other) => (one.field < other.field ? -1 : 1)) });
      }),
    );
  });
});
