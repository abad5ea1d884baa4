import { describe, expect, test } from 'vitest';
import { findFirst, rawText } from '../markdown-twin/tree.ts';
import { element } from './elements.ts';
import { bodyOf } from './lab-figure.ts';
import { columns, layingOf, linesOf, tableTurns, turned, turnsOf } from './listing.ts';
import { onPaper } from './on-paper.ts';
import { xhtmlOf } from './xhtml.ts';

const preOf = (html: string) => findFirst(onPaper(bodyOf(html)), 'pre')!;
const linesIn = (html: string): string => xhtmlOf(linesOf(bodyOf(html)));

describe('the lines of a listing', () => {
  test.each([
    ['plain text', 'a\nb', '<span class="line">a\n</span><span class="line">b\n</span>'],
    ['an empty line between others', 'a\n\nb', '<span class="line">a\n</span><span class="line">\n</span><span class="line">b\n</span>'],
    ['a last line break', 'a\n', '<span class="line">a\n</span>'],
    ['what reaches over lines', '<i>a\nb</i>c', '<span class="line"><i>a</i>\n</span><span class="line"><i>b</i>c\n</span>'],
    ['an id that would stand twice', '<i id="x">a\nb</i>', '<span class="line"><i id="x">a</i>\n</span><span class="line"><i>b</i>\n</span>'],
    ['a line that is marked already', '<span class="line hl">a</span>\nb', '<span class="line hl">a\n</span><span class="line">b\n</span>'],
  ])('%s', (_, html, expected) => {
    expect(linesIn(html)).toBe(expected);
  });

  test('have no trace of an id that stands in an earlier one', () => {
    const [, second] = linesOf(bodyOf('<i id="x" title="t">a\nb</i>'));
    const [italic] = second!.children;
    expect(typeof italic === 'object' && Object.keys(italic.attributes)).toEqual(['title']);
  });

  test('lose no sign', () => {
    const html = '<b>kind</b>: <i>Pod</i>\n  - <i>|\n   text\n\n   more</i>\nlast';
    expect(linesOf(bodyOf(html)).map(rawText).join('')).toBe(`${bodyOf(html).map(rawText).join('')}\n`);
  });
});

describe('a line that is too long', () => {
  test.each([
    ['one that fits', 'abcd efgh', 9, []],
    ['spaces at its end do not count', 'abcd efgh   ', 9, []],
    ['goes on behind a space', 'abcd efgh ijkl', 10, [10]],
    ['goes on where its next column begins', 'abcd      efgh', 8, [10]],
    ['a space in the first half is no place to go on', 'ab cdefghijklmnop', 10, [10]],
    ['a word that is longer than a line is cut', 'abcdefghijkl', 10, [10]],
    ['may take many lines, each with room for the sign', 'abcdefghijklmnopqrstuvwxyz', 10, [10, 18]],
  ])('%s', (_, text, most, expected) => {
    expect(turnsOf(text, most)).toEqual(expected);
  });

  test('goes on behind a sign, across what marks its words', () => {
    const half = 'x'.repeat(columns.normal - 2);
    const pre = turned(preOf(`<pre><code><b>${half} y</b><i>z end</i></code></pre>`));
    expect(xhtmlOf([pre])).toBe(
      `<pre><code><span class="line"><b>${half}</b>\n<span class="turn">↳ </span><b>y</b><i>z end</i>\n</span></code></pre>`.replace(
        '</b>\n<span class="turn">↳ </span><b>',
        '\n<span class="turn">↳ </span>',
      ),
    );
  });

  test('of a wide table has more room, since it is set smaller', () => {
    const rows = (length: number): string =>
      `<pre><code><span class="output">${Array.from({ length: 4 }, () => 'x'.repeat(length)).join('\n')}</span></code></pre>`;
    expect(xhtmlOf([turned(preOf(rows(columns.small)))])).not.toContain('turn');
    expect(xhtmlOf([turned(preOf(rows(columns.small + 1)))]).match(/class="turn"/gu)).toHaveLength(4);
  });
});

describe('the lines of a wide table', () => {
  const table = ['NAME      RECLAIM POLICY   AGE', 'a         Retain           6s', 'bb        Delete           48s'];

  test('are broken alike, between columns and not within one', () => {
    expect(tableTurns(table, 22)).toEqual([10]);
    expect(tableTurns(table, 28)).toEqual([27]);
    expect(tableTurns(table, 40)).toEqual([]);
  });

  test('need no common place where there is none', () => {
    expect(tableTurns(['x'.repeat(50), ...table], 22)).toBeUndefined();
  });

  test('keep their columns in what goes on below, whatever stands around the table', () => {
    const wide = table.map((line) => `${line.slice(0, 10)}${' '.repeat(columns.small - 20)}${line.slice(10)}`);
    const printed = rawText(
      turned(
        preOf(
          `<pre><code><span class="output">${'y'.repeat(90)}</span>\n<span class="command">kubectl ${'x'.repeat(80)}</span>\n<span class="output">${wide.join('\n')}</span></code></pre>`,
        ),
      ),
    );
    const below = printed.split('\n').filter((line) => line.startsWith('↳'));
    expect(below.map((line) => line.search(/AGE|6s|48s/u))).toEqual([19, 19, 19]);
    expect(below).toHaveLength(3);
  });
});

describe('how a listing lies on paper', () => {
  const lying = (lines: number, length: number, inside = ''): readonly string[] =>
    layingOf(element('pre', [...bodyOf(inside), ...linesOf([Array.from({ length: lines }, () => 'x'.repeat(length)).join('\n')])]));
  test.each([
    ['short and narrow: fits beside a drawing', 5, 48, '', ['slim']],
    ['wide', 5, 49, '', []],
    ['long and narrow: in two columns', 18, 42, '', ['slim', 'columned']],
    ['long, but with wider lines', 18, 43, '', ['slim']],
    ['long with marks that notes lead to', 18, 42, '<a class="co">1</a>', ['slim']],
    ['long, of a terminal', 18, 42, '<span class="prompt">$ </span>', ['slim']],
    ['long, and printed', 18, 42, '<span class="output">a</span>', ['slim']],
    ['long, with a new line', 18, 42, '<ins>a</ins>', ['slim']],
    ['long, with a line that went', 18, 42, '<del>a</del>', ['slim']],
  ])('%s', (_, lines, length, inside, expected) => {
    expect(lying(lines, length, inside)).toEqual(expected);
  });
});
