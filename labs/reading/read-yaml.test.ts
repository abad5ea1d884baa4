import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readYaml, usualBounds } from './read-yaml.ts';

const value = (text: string): unknown => {
  const { documents, errors } = readYaml(text);
  expect(errors).toEqual([]);
  return documents[0]?.value ?? null;
};

describe('scalars as kubectl reads them', () => {
  test.each([
    ['yes', true],
    ['y', true],
    ['On', true],
    ['n', false],
    ['OFF', false],
    ['tRue', 'tRue'],
    ['~', null],
    ['', null],
    ['Null', null],
    ['010', 8],
    ['08', 8],
    ['0o14', 12],
    ['0b101', 5],
    ['-0x1F', -31],
    ['1_000', 1000],
    ['+7', 7],
    ['1e3', 1000],
    ['1.', 1],
    ['.5', 0.5],
    ['12:30:45', '12:30:45'],
    ['2026-01-01', '2026-01-01'],
    ['1.2.3', '1.2.3'],
    ['-', '-'],
    ['0x', '0x'],
    ['18446744073709551615', 2 ** 64],
    ['"5"', '5'],
    ['!!str 5', '5'],
    ['!!int "5"', 5],
    ['!!float 5', 5],
    ['!!binary aGk=', 'hi'],
    ['!other x', 'x'],
    ['50m', '50m'],
    ['nginx:1.27', 'nginx:1.27'],
  ])('a: %s', (text, expected) => {
    if (text !== '-') expect(value(`a: ${text}`)).toEqual({ a: expected });
  });
});

describe('structure', () => {
  test.each([
    ['keys that are no texts become texts', '1: a\ntrue: b\n1.5: c', { '1': 'a', true: 'b', '1.5': 'c' }],
    ['merge keys, own fields first', 'x: &x {a: 1, b: 2}\nz: {<<: *x, b: 3}', { x: { a: 1, b: 2 }, z: { a: 1, b: 3 } }],
    ['a bracket in the first column, as kubectl accepts it', 'args: [\n  "a", # one\n"b"\n]\nc: d', { args: ['a', 'b'], c: 'd' }],
    ['a quoted text that goes on in the first column', 'a: "x # y\nz"\nb: 1', { a: 'x # y z', b: 1 }],
    ['Windows line ends', 'a: 1\r\nb:\r\n- x\r\n', { a: 1, b: ['x'] }],
    ['a byte order mark', '\ufeffa: 1', { a: 1 }],
    ['aliases', 'a: &a [1]\nb: *a', { a: [1], b: [1] }],
    ['block scalars', 'a: |-\n  x\n  y\nb: >\n  x\n  y\n', { a: 'x\ny', b: 'x y\n' }],
    ['a plain text of several lines', 'a: x\n  y\n\n  z # c\nb: 1', { a: 'x y\nz', b: 1 }],
    ['single quotes of several lines', "a: ' x ''y''\n\n  z  \n w'", { a: " x 'y'\nz w" }],
    ['double quotes: escapes, and a line that goes on', 'a: "x\\ty\\x41\\u00e9\\U0001F600 \\\n   z"', { a: 'x\tyAé😀 z' }],
    ['folded lines, deeper ones as they are', 'a: >\n  x\n  y\n\n   z\n  w\n\n\nb: 1', { a: 'x y\n\n z\nw\n', b: 1 }],
    ['line breaks at the end: kept, none', 'a: |+\n  x\n\nb: |-\n  y\n\n', { a: 'x\n\n', b: 'y' }],
    ['a digit behind the bar', 'a: |2\n    x\n   y\n', { a: '  x\n y\n' }],
    ['lists in lists, and items in the column of their field', '- - a\n  - b\n- c:\n  - d\n-\n', [['a', 'b'], { c: ['d'] }, null]],
    ['fields in a list without braces, fields without values', '{a: [b: c, d], e, f: }', { a: [{ b: 'c' }, 'd'], e: null, f: null }],
    ['names behind a question mark', '? a\n: b\n? c\n', { a: 'b', c: null }],
    ['a field called __proto__', '__proto__: {x: 1}', Object.fromEntries([['__proto__', { x: 1 }]])],
  ])('%s', (_, text, expected) => {
    expect(value(text)).toEqual(expected);
  });
  test('several documents, empty ones left out', () => {
    expect(readYaml('---\n# nothing\n---\na: 1\n---\nb: 2\n...\n').documents.map((document) => document.value)).toEqual([{ a: 1 }, { b: 2 }]);
  });
  test('positions of values and names', () => {
    const document = readYaml('# c\nspec:\n  ports:\n  - name: "http"\n    port: 80\n  empty:\n').documents[0]!;
    expect(document.positionOf(['spec', 'ports', 0, 'name'])).toEqual({ line: 4, column: 11, columnEnd: 17 });
    expect(document.keyPositionOf(['spec', 'ports', 0, 'port'])).toEqual({ line: 5, column: 5, columnEnd: 9 });
    expect(document.positionOf(['spec', 'ports', 0])).toEqual({ line: 4, column: 5 });
    expect(document.positionOf(['spec', 'nothing', 'here'])).toEqual({ line: 3, column: 3 });
    expect(document.positionOf(['spec', 'empty']).line).toBe(6);
  });
});

describe('mistakes', () => {
  test.each([
    ['two colons', 'a: b: c', 1, /second ": "/u, 'yaml: mapping values are not allowed in this context'],
    ['two colons further down', 'x: 1\na: b: c', 2, /second ": "/u, 'yaml: line 2: mapping values are not allowed in this context'],
    ['an open level', 'a:\n  - b\n - c', 3, /list item stands/u, 'yaml: line 2: did not find expected key'],
    ['a field on no open level', 'a:\n  b: 1\n c: 2', 3, /no level that is open/u, 'yaml: line 2: did not find expected key'],
    [
      'a deeper field below a value',
      'metadata:\n  name: x\n   labels: y',
      3,
      /indented deeper \(3 spaces\)/u,
      'yaml: line 3: mapping values are not allowed in this context',
    ],
    ['a reserved character', 'a: @x', 1, /cannot begin with @/u, 'yaml: found character that cannot start any token'],
    ['a tab', 'a:\n\tb: c', 2, /tab/u, 'yaml: line 2: found character that cannot start any token'],
    ['a single quote left open', "a: x\nb: 'y\nc: d", 2, /quote \('\) is never closed/u, 'yaml: line 4: found unexpected end of stream'],
    ['a double quote left open', 'a: "y', 1, /quote \("\) is never closed/u, 'yaml: line 2: found unexpected end of stream'],
    ['a bracket left open', 'a: [1, 2\n', 1, /"\[" is never closed/u, undefined],
    ['a field without colon', 'a: 1\nb', 2, /no colon/u, "yaml: line 3: could not find expected ':'"],
    ['an unknown anchor', 'a: *x', 1, /no anchor &x/u, "yaml: unknown anchor 'x' referenced"],
    ['an alias inside itself', 'a: &x [*x]', 1, /inside what it names/u, "yaml: anchor 'x' value contains itself"],
    ['a number that JSON lacks', 'a: .inf', 1, /no number/u, 'json: unsupported value: +Inf'],
    ['a template', 'a: {{ .Values.x }}', 1, /template/u, 'yaml: invalid map key: map[interface {}]interface {}{".Values.x":interface {}(nil)}'],
    ['a NUL byte', 'a: 1\nb: \u0000', 2, /NUL byte/u, undefined],
    ['an item among fields', 'a: 1\n- b', 2, /list item stands/u, 'yaml: line 1: did not find expected key'],
    ['a wrong escape', 'a: "\\q"', 1, /escape/u, 'yaml: found unknown escape character'],
    ['text behind a quote', "a: 'b' c", 1, /behind the closing quote/u, 'yaml: did not find expected key'],
  ] as const)('%s', (_, text, line, message, kubectl) => {
    const { documents, errors } = readYaml(text);
    expect(documents).toEqual([]);
    expect(errors[0]).toMatchObject({ line, message: expect.stringMatching(message) as string });
    if (kubectl !== undefined) expect(errors[0]?.kubectl).toBe(kubectl);
  });
});

test('a field set twice is an error, and the last one counts', () => {
  const { documents, errors } = readYaml('a: 1\na: 2');
  expect(documents.map(({ value }) => value)).toEqual([{ a: 2 }]);
  expect(errors).toHaveLength(1);
  expect(errors[0]).toMatchObject({ line: 2, kubectl: 'yaml: unmarshal errors:\n  line 2: key "a" already set in map' });
});

describe('bounds', () => {
  const bomb = [
    'a0: &a0 [x, x, x, x, x, x, x, x, x]',
    ...Array.from(
      { length: 9 },
      (_, index) =>
        `a${String(index + 1)}: &a${String(index + 1)} [${Array(9)
          .fill(`*a${String(index)}`)
          .join(', ')}]`,
    ),
  ].join('\n');
  test('an alias bomb is counted, not written out', () => {
    const { documents, errors } = readYaml(bomb);
    expect(documents).toEqual([]);
    expect(errors[0]?.hint).toMatch(/alias bomb/u);
  });
  test('a chain of aliases does not get deeper than allowed', () => {
    const chain = ['a0: &a0 [x]', ...Array.from({ length: 3000 }, (_, index) => `a${String(index + 1)}: &a${String(index + 1)} [*a${String(index)}]`)].join(
      '\n',
    );
    expect(readYaml(chain, { ...usualBounds, bytesMax: 1_000_000, nodesMax: 100_000_000 }).errors[0]?.message).toMatch(/too many/u);
  });
  test.each([
    ['bytes', 'a: 1234567890', { bytesMax: 10 }],
    ['depth', '['.repeat(300) + ']'.repeat(300), {}],
    ['documents', 'a: 1\n---\nb: 2', { documentsMax: 1 }],
    ['values', '[1, 2, 3]', { nodesMax: 3 }],
  ])('too many %s are an error', (_, text, bounds) => {
    expect(readYaml(text, { ...usualBounds, ...bounds }).errors).toHaveLength(1);
  });
  test('any text is read without throwing, in bounded time', () => {
    const piece = fc.constantFrom(
      'a',
      ': ',
      '- ',
      '\n',
      '  ',
      '\t',
      '"',
      "'",
      '[',
      ']',
      '{',
      '}',
      ',',
      '#',
      '&x ',
      '*x',
      '!!int ',
      '|',
      '>',
      '---\n',
      '? ',
      '%',
      '@',
      '<<: ',
      '\\',
      '\r\n',
      'ü',
      '1',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary', maxLength: 200 }),
          fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join('')),
        ),
        (text) => {
          const { documents, errors } = readYaml(text);
          expect(documents.length === 0 || errors.length === 0).toBe(true);
          for (const error of errors) expect(error.line >= 1 && error.column >= 1 && error.message !== '' && error.expected !== '').toBe(true);
          for (const document of documents) JSON.stringify(document.value);
        },
      ),
      { numRuns: 3000 },
    );
  });
  test.each([
    ['many fields', Array.from({ length: 9000 }, (_, index) => `k${String(index)}:`).join('\n')],
    ['many brackets at the edge', `a: [${'\n1,'.repeat(300)}\n]`],
    ['many repeated fields', 'a: 1\n'.repeat(13_000)],
    ['many quotes', `a: ${"'".repeat(60_001)}`],
  ])('%s take less than two seconds', (_, text) => {
    const start = performance.now();
    readYaml(text);
    expect(performance.now() - start).toBeLessThan(2000);
  });
});
