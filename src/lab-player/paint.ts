import type { Language } from '../../labs/lab.ts';
import type { PartErrors } from './opaque.ts';

/** A piece of a line: key, text, number, comment, or nothing in particular. */
export interface Piece {
  readonly text: string;
  readonly kind?: 'k' | 's' | 'n' | 'c';
  readonly wrong?: true;
}

export interface PaintedLine {
  /** Stays when the text around the line, or the line itself, changes: names its element. */
  readonly id: number;
  readonly source: string;
  readonly colour: Language;
  readonly errors: PartErrors;
  readonly pieces: readonly Piece[];
  readonly wrong: boolean;
}

/** Longer texts are numbered but not coloured: 20,000 units paint in about 4 ms. */
const colouredMax = 20_000;
/** More lines are not numbered either: an element for each of 10,000 lines takes a second. What is below stands in one. */
const numberedMax = 2000;
const noErrors: PartErrors = [];
let lastId = 0;

/**
 * Colours a text line by line and marks what the reader found wrong. The pieces of a line add up to the line. Lines of `before` that have not changed
 * come back as the same objects, also when lines were put in or taken out above them: who draws them can leave them alone.
 */
export function paint(text: string, language: Language, errors: PartErrors, before: readonly PaintedLine[] = []): readonly PaintedLine[] {
  const lines = text.split('\n');
  const below = lines.splice(numberedMax);
  // The last line feed of an element is not drawn.
  const sources = below.length === 0 ? lines : [...lines, `${below.join('\n')}\n`];
  const colour = text.length > colouredMax || below.length > 0 ? 'text' : language;
  const wrong = new Map<number, PartErrors>();
  for (const error of errors) wrong.set(error.line, [...(wrong.get(error.line) ?? noErrors), error]);
  const stays = (index: number, old: PaintedLine): boolean => {
    const found = wrong.get(index + 1) ?? noErrors;
    return (
      old.source === sources[index] && old.colour === colour && old.errors.length === found.length && found.every((error, place) => error === old.errors[place])
    );
  };
  const shorter = Math.min(sources.length, before.length);
  const moved = sources.length - before.length;
  let head = 0;
  const isSame = (index: number, old: PaintedLine | undefined): boolean => old !== undefined && stays(index, old);
  while (head < shorter && isSame(head, before[head])) head++;
  let tail = 0;
  while (tail < shorter - head && isSame(sources.length - 1 - tail, before[before.length - 1 - tail])) tail++;
  return sources.map((source, index) => {
    const isTail = index >= sources.length - tail;
    const old = isTail ? before[index - moved] : index < before.length - tail ? before[index] : undefined;
    return old && stays(index, old) ? old : paintLine(old?.id ?? ++lastId, source, colour, wrong.get(index + 1) ?? noErrors);
  });
}

function paintLine(id: number, source: string, colour: Language, errors: PartErrors): PaintedLine {
  const pieces = errors.reduce<readonly Piece[]>(
    (done, { column, columnEnd }) => markWrong(done, column - 1, columnEnd === undefined ? source.length : columnEnd - 1),
    colourLine(source, colour),
  );
  return { id, source, colour, errors, pieces, wrong: errors.length > 0 };
}

function colourLine(line: string, language: Language): readonly Piece[] {
  switch (language) {
    case 'kubernetes':
    case 'yaml':
      return colourYaml(line);
    case 'resolv.conf':
      return colourResolvConf(line);
    case 'expression':
      return colourValue(line);
    case 'text':
      return line === '' ? [] : [{ text: line }];
  }
}

function colourYaml(line: string): readonly Piece[] {
  const [, code = line, comment = ''] = /^((?:[^#'"]|'[^']*'|"[^"]*"|(?<=\S)#)*)(#.*)?$/.exec(line) ?? [];
  const pieces: Piece[] = [];
  // A key is what stands before a colon that ends the line or has a space behind it, also inside { }.
  const keys = /(^\s*(?:- +)*|[{,]\s*)([\w./-]+|'[^']*'|"[^"]*")(:)(?=\s|$)/g;
  let from = 0;
  for (const match of code.matchAll(keys)) {
    const [, before = '', key = ''] = match;
    pieces.push(...colourValue(code.slice(from, match.index), ':/'), ...some({ text: before }), { text: key, kind: 'k' }, { text: ':' });
    from = match.index + match[0].length;
  }
  return [...pieces, ...colourValue(code.slice(from), ':/'), ...(comment === '' ? [] : [{ text: comment, kind: 'c' } as const])];
}

function colourResolvConf(line: string): readonly Piece[] {
  if (/^[#;]/.test(line)) return [{ text: line, kind: 'c' }];
  const [, keyword = '', rest = ''] = /^(\w*)(.*)$/.exec(line) ?? [];
  return [...(keyword === '' ? [] : [{ text: keyword, kind: 'k' } as const]), ...(keyword === 'options' ? colourValue(rest) : some({ text: rest }))];
}

/** In YAML `nginx:1.27` and `10:30` are one word; in resolv.conf `ndots:5` is a name and a number. */
function colourValue(text: string, glue = ''): readonly Piece[] {
  const numbers = new RegExp(`'[^']*'|"[^"]*"|(?<![\\w.${glue}-])-?\\d+(?:\\.\\d+)?(?![\\w.${glue}-])|\\b(?:true|false|null)\\b`, 'g');
  const pieces: Piece[] = [];
  let from = 0;
  for (const match of text.matchAll(numbers)) {
    pieces.push(...some({ text: text.slice(from, match.index) }), { text: match[0], kind: /^['"]/.test(match[0]) ? 's' : 'n' });
    from = match.index + match[0].length;
  }
  return [...pieces, ...some({ text: text.slice(from) })];
}

function some(piece: Piece): readonly Piece[] {
  return piece.text === '' ? [] : [piece];
}

/** Splits pieces so that the units from `from` to `to` are marked. */
function markWrong(pieces: readonly Piece[], from: number, to: number): readonly Piece[] {
  let at = 0;
  return pieces.flatMap((piece) => {
    const [start, end] = [Math.max(0, from - at), Math.min(piece.text.length, to - at)];
    at += piece.text.length;
    if (start >= end) return [piece];
    return [
      ...some({ ...piece, text: piece.text.slice(0, start) }),
      { ...piece, text: piece.text.slice(start, end), wrong: true as const },
      ...some({ ...piece, text: piece.text.slice(end) }),
    ];
  });
}
