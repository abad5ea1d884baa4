import { findAll, findFirst, isA, rawText, type PageElement, type PageNode } from '../markdown-twin/tree.ts';
import { element } from './elements.ts';

/** Most signs in a line of a listing on paper; a listing of which many lines are longer is set smaller, and then takes this many. */
export const columns = { normal: 80, small: 96 } as const;

/** The sign of a line that goes on, with the space behind it. */
const turnSign = '↳ ';

/** Pieces of a listing cut at its line breaks: what encloses a break stands in both lines, its id in the first. */
function cut(nodes: readonly PageNode[]): readonly (readonly PageNode[])[] {
  const lines: PageNode[][] = [[]];
  const add = (pieces: readonly (readonly PageNode[])[]): void => {
    pieces.forEach((piece, index) => {
      if (index > 0) lines.push([]);
      lines.at(-1)?.push(...piece);
    });
  };
  for (const node of nodes) {
    if (typeof node === 'string') add(node.split('\n').map((text) => (text === '' ? [] : [text])));
    else {
      // An id stays with the first piece only.
      const others = Object.fromEntries(Object.entries(node.attributes).filter(([name]) => name !== 'id'));
      add(cut(node.children).map((children, index) => [{ ...node, attributes: index === 0 ? node.attributes : others, children }]));
    }
  }
  return lines;
}

/** A line as an element of its own, its break within: so it can hang, be kept with its neighbours, and still be copied. */
function lineOf(pieces: readonly PageNode[]): PageElement {
  const [only] = pieces;
  const marked = pieces.length === 1 && only !== undefined && typeof only !== 'string' && isA(only, '.line') ? only : undefined;
  const { classes, attributes, children } = marked ?? element('span.line', pieces);
  return { name: 'span', classes, attributes, children: [...children, '\n'] };
}

/** The code of a listing line by line. A last empty line goes. */
export function linesOf(code: readonly PageNode[]): readonly PageElement[] {
  const lines = cut(code);
  const last = lines.at(-1);
  const kept = last?.every((node) => rawText(node).trim() === '') ? lines.slice(0, -1) : lines;
  return kept.map(lineOf);
}

const lengthOf = (line: PageNode): number => rawText(line).trimEnd().length;

/** Whether so many printed lines are long that they are the columns of a table rather than a sentence among short lines. */
export function isWide(lines: readonly PageElement[]): boolean {
  const printed = lines.filter(({ children }) => findFirst(children, '.output') !== undefined);
  const lengths = printed.map(lengthOf).filter((length) => length > 0);
  return lengths.filter((length) => length > columns.normal).length * 4 > lengths.length;
}

/** Signs of the longest line that has room beside a drawing, and in one of two columns. */
const slimMax = 48;
const columnMax = 42;

/** Lines from which a short listing would stand beside an empty half of the page. */
const longMin = 18;

/** How a listing lies on paper: `slim` has room beside a drawing; `columned` is slim, long, and without marks in its lines. */
export function layingOf(pre: PageElement): readonly ('slim' | 'columned')[] {
  const lines = findAll(pre.children, '.line');
  const longest = Math.max(0, ...lines.map(lengthOf));
  if (longest > slimMax) return [];
  const isMarked = findFirst(pre.children, '.co', '.output', '.prompt', 'ins', 'del') !== undefined;
  return lines.length < longMin || longest > columnMax || isMarked ? ['slim'] : ['slim', 'columned'];
}

/** Where a line is broken so that no piece is longer: behind a space where there is one in the second half, else wherever it has to be. */
export function turnsOf(text: string, most: number): readonly number[] {
  const turns: number[] = [];
  let from = 0;
  let room = most;
  while (text.trimEnd().length - from > room) {
    const spaceAt = text.lastIndexOf(' ', from + room);
    from = spaceAt > from + room / 2 ? spaceAt + 1 : from + room;
    // What stands in the next column follows the sign at once.
    while (text[from] === ' ') from += 1;
    turns.push(from);
    room = most - turnSign.length;
  }
  return turns;
}

/** Puts the sign of a turned line at some places of its text. */
function signed(nodes: readonly PageNode[], turns: readonly number[], start: number): readonly PageNode[] {
  let at = start;
  return nodes.flatMap((node): readonly PageNode[] => {
    const from = at;
    at += rawText(node).length;
    if (typeof node !== 'string') return [{ ...node, children: signed(node.children, turns, from) }];
    const inside = turns.filter((turn) => turn >= from && turn < at).map((turn) => turn - from);
    const pieces: PageNode[] = [];
    let cutAt = 0;
    for (const turn of inside) {
      pieces.push(node.slice(cutAt, turn).trimEnd(), '\n', element('span.turn', [turnSign]));
      cutAt = turn;
    }
    return [...pieces, node.slice(cutAt)].filter((piece) => piece !== '');
  });
}

/**
 * Where all lines of a table are broken alike, so that what goes on below still stands in columns: behind two spaces in every line that reaches so far.
 * Undefined where there is no such place.
 */
export function tableTurns(lines: readonly string[], most: number): readonly number[] | undefined {
  const longest = Math.max(0, ...lines.map((line) => line.trimEnd().length));
  const isGap = (at: number): boolean => lines.every((line) => line.slice(at - 2, at).trim() === '');
  const turns: number[] = [];
  let from = 0;
  let room = most;
  while (longest - from > room) {
    let turn = from + room;
    while (turn > from + room / 3 && !isGap(turn)) turn -= 1;
    if (!isGap(turn)) return undefined;
    turns.push(turn);
    from = turn;
    room = most - turnSign.length;
  }
  return turns;
}

/** The lines around a line up to empty ones: the table that it belongs to. */
function tableAround(lines: readonly string[], index: number): readonly string[] {
  const isEmptyAt = (at: number): boolean => (lines[at] ?? '').trim() === '';
  let [first, last] = [index, index];
  while (first > 0 && !isEmptyAt(first - 1)) first -= 1;
  while (last < lines.length - 1 && !isEmptyAt(last + 1)) last += 1;
  return lines.slice(first, last + 1);
}

/** A listing for paper, whose width is known: lines that are longer go on below, behind a sign. */
export function turned(pre: PageElement): PageElement {
  const isTable = isA(pre, '.wide-lines');
  const most = isTable ? columns.small : columns.normal;
  const lines = findAll(pre.children, '.line');
  // Commands and their output have no empty line between them.
  const texts = lines.map((line) => (findFirst(line.children, '.output') === undefined ? '' : rawText(line)));
  const turnsIn = (line: PageElement): readonly number[] => {
    const text = rawText(line);
    const alike = isTable ? tableTurns(tableAround(texts, lines.indexOf(line)), most) : undefined;
    const own = turnsOf(text, most);
    return texts[lines.indexOf(line)] === '' || alike === undefined ? own : alike.filter((turn) => turn < text.trimEnd().length);
  };
  const within = (node: PageNode): PageNode => {
    if (typeof node === 'string') return node;
    if (!isA(node, '.line')) return { ...node, children: node.children.map(within) };
    const turns = turnsIn(node);
    return turns.length === 0 ? node : { ...node, children: signed(node.children, turns, 0) };
  };
  return { ...pre, children: pre.children.map(within) };
}
