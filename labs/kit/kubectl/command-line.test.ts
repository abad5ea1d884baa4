import { describe, expect, test } from 'vitest';
import { readFlags, wordsOf, type Flag } from './command-line.ts';

describe('words', () => {
  test.each([
    ['get  pods', ['get', 'pods']],
    [`get pods -l '!app'`, ['get', 'pods', '-l', '!app']],
    [String.raw`a "b \"c\" \d" e\ f`, ['a', String.raw`b "c" \d`, 'e f']],
    [`--x='a b'c"d"`, ['--x=a bcd']],
    [`''`, ['']],
    ['', []],
  ])('%s', (line, words) => {
    expect(wordsOf(line)).toEqual(words);
  });

  test('a quote that does not end gives nothing', () => {
    expect(wordsOf(`get 'pods`)).toBeUndefined();
  });
});

describe('flags', () => {
  const known: readonly Flag[] = [
    { name: 'output', short: 'o', kind: 'text' },
    { name: 'all', short: 'A', kind: 'truth' },
    { name: 'watch', short: 'w', kind: 'truth' },
  ];
  test.each([
    ['-o wide pods', ['pods'], { output: 'wide' }],
    ['-owide', [], { output: 'wide' }],
    ['-o=wide', [], { output: 'wide' }],
    ['--output=wide -A', [], { output: 'wide', all: 'true' }],
    ['-Aw', [], { all: 'true', watch: 'true' }],
    ['-Aoname', [], { all: 'true', output: 'name' }],
    ['--all=false a', ['a'], { all: 'false' }],
    ['a -- -A', ['a', '-A'], {}],
  ])('%s', (line, words, flags) => {
    const read = readFlags(line.split(' '), known);
    expect(read.ok && { words: read.value.words, flags: Object.fromEntries(read.value.flags) }).toEqual({ words, flags });
  });

  test.each([
    ['--foo', 'unknown flag: --foo'],
    ['--foo=1', 'unknown flag: --foo'],
    ['-z', "unknown shorthand flag: 'z' in -z"],
    ['-Az', "unknown shorthand flag: 'z' in -z"],
    ['-o', "flag needs an argument: 'o' in -o"],
    ['--output', 'flag needs an argument: --output'],
  ])('%s: %s', (line, message) => {
    expect(readFlags([line], known)).toEqual({ ok: false, message });
  });
});
