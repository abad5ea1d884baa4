import type { Language } from '../../labs/lab.ts';
import type { PartErrors } from './opaque.ts';

/** A piece of a line: key, text, number, comment, or nothing in particular. */
export interface Piece {
  readonly text: string;
  readonly kind?: 'k' | 's' | 'n' | 'c';
  readonly wrong?: true;
}

export interface PaintedLine {
  readonly pieces: readonly Piece[];
  readonly wrong: boolean;
}

/** Longer texts are numbered but not coloured: 20,000 units paint in about 4 ms. */
const colouredMax = 20_000;

/** Colours a text line by line and marks what the reader found wrong. The pieces of a line add up to the line. */
export function paint(text: string, language: Language, errors: PartErrors): readonly PaintedLine[] {
  const colour = text.length > colouredMax ? 'text' : language;
  return text.split('\n').map((line, index) => {
    const wrong = errors.filter((error) => error.line === index + 1);
    const pieces = wrong.reduce<readonly Piece[]>(
      (done, { column, columnEnd }) => markWrong(done, column - 1, columnEnd === undefined ? line.length : columnEnd - 1),
      colourLine(line, colour),
    );
    return { pieces, wrong: wrong.length > 0 };
  });
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
