import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readResolvConf } from './resolv-conf.ts';

const notes = (text: string): readonly string[] =>
  readResolvConf(text, 65_536).notes.map((note) => `${String(note.line)}:${String(note.column)} ${note.about}: ${note.text}`);

describe('notes on a resolv.conf', () => {
  test("the kubelet's own file needs none", () => {
    expect(notes('search default.svc.cluster.local svc.cluster.local cluster.local\nnameserver 10.96.0.10\noptions ndots:5\n')).toEqual([]);
  });
  test.each([
    ['an unknown keyword', 'nameservers 1.1.1.1', /^1:1 both libraries: "nameservers" is no keyword/u],
    ['a bad address', 'nameserver 10.96.0', /^1:12 both libraries: "10.96.0" is no IP address/u],
    ['no address', 'nameserver', /the kubelet refuses the whole file/u],
    ['a second address', 'nameserver 1.1.1.1 8.8.8.8', /^1:20 both libraries: only the first address/u],
    ['two servers', 'nameserver 1.1.1.1\nnameserver 8.8.8.8', /^2:12 musl: musl asks all servers at once/u],
    ['four servers', 'nameserver 1.1.1.1\n'.repeat(4), /^4:12 both libraries: C libraries use three/u],
    ['a replaced list', 'search a.b\nsearch c.d', /^1:8 both libraries: not used: line 2 replaces/u],
    ['a domain line', 'domain a.b', /the kubelet does not read "domain"/u],
    ['a comment behind domains', 'search a.b # x', /^1:12 both libraries: a comment can only start a line/u],
    ['an indented line', ' nameserver 1.1.1.1', /starts with a blank/u],
    ['a semicolon', '; x', /for the kubelet only "#"/u],
    ['a carriage return', 'nameserver 1.1.1.1\r\n', /^1:19 glibc: the line ends in a carriage return/u],
    ['a long line', `search ${'a'.repeat(300)}`, /musl ignores lines of more than 254/u],
    ['the domain "."', 'search .', /means no search/u],
    ['an empty label', 'search .a.b', /no name can have such a label/u],
    ['an unknown option', 'options ndot:5', /^1:9 both libraries: no library knows the option "ndot"/u],
    ['an option of glibc', 'options rotate', /musl ignores rotate/u],
    ['a large number', 'options ndots:99', /ndots is at most 15/u],
    ['no number', 'options ndots', /ndots needs a number/u],
    ['no attempts', 'options attempts:0', /crashes programs with musl/u],
    ['sortlist', 'sortlist 1.2.3.4', /musl does not know sortlist/u],
  ])('%s', (_, text, expected) => {
    expect(notes(text).some((note) => expected.test(note))).toBe(true);
  });
  test('an address with a zone is an address', () => {
    expect(notes('nameserver fe80::1%eth0')).toEqual([]);
    expect(notes('nameserver ::ffff:192.0.2.1')).toEqual([]);
  });
  test('tokens cover words by kind', () => {
    expect(
      readResolvConf('# x\noptions ndots:5\nsearch a.b\n', 100).tokens.map(
        ({ line, column, columnEnd, kind }) => `${String(line)}:${String(column)}-${String(columnEnd)} ${kind}`,
      ),
    ).toEqual(['1:1-4 comment', '2:1-8 keyword', '2:9-14 option', '2:15-16 value', '3:1-7 keyword', '3:8-11 domain']);
  });
  test('only size and binary text are errors', () => {
    expect(readResolvConf('nameserver 1.1.1.1', 5).errors).toHaveLength(1);
    expect(readResolvConf('nameserver \u0000', 50).errors[0]).toMatchObject({ line: 1, column: 12 });
    const word = fc.constantFrom('nameserver', 'search', 'options', 'domain', ' ', '\n', '\t', '#', ';', '.', 'a.b', 'ndots:', '5', '1.1.1.1', '\r', '::');
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(word, { maxLength: 40 }).map((words) => words.join(' ')),
          fc.string({ unit: 'grapheme' }),
        ),
        (text) => {
          const reading = readResolvConf(text, 65_536);
          expect(reading.notes.length).toBeLessThanOrEqual(100);
          for (const token of reading.tokens) expect(token.columnEnd).toBeGreaterThan(token.column);
        },
      ),
      { numRuns: 1000 },
    );
  });
});
