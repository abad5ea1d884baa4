import type { LearnerError } from '../lab.ts';

/** A mistake in a text, before a lab says which of its parts the text is. */
export type ReadingError = Omit<LearnerError, 'part'>;

/** A place in a text; both count from 1, columns in UTF-16 units as editors count them. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Turns offsets of a text into positions; finds a line by halving, so thousands of questions cost little. */
export function positionsIn(text: string): (offset: number) => Position {
  const starts = [0];
  for (let index = text.indexOf('\n'); index !== -1; index = text.indexOf('\n', index + 1)) starts.push(index + 1);
  return (offset) => {
    let [low, high] = [0, starts.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
  };
}

/** UTF-8 bytes of a text. */
export function bytesOf(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}

/** The first thing that makes a text unreadable before its meaning counts: too many bytes, or bytes of no text; undefined: none. */
export function unreadable(text: string, bytesMax: number): ReadingError | undefined {
  // Length first: a text of a hundred megabytes is not worth counting.
  if (text.length > bytesMax || bytesOf(text) > bytesMax) {
    const size = text.length > bytesMax ? text.length : bytesOf(text);
    return {
      line: 1,
      column: 1,
      message: `this text is too large: ${String(size)} bytes or more`,
      expected: `at most ${String(bytesMax)} bytes`,
      hint: 'Keep only the objects that matter here.',
    };
  }
  const found = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffe\uffff]/u.exec(text);
  if (found === null) return undefined;
  const code = found[0].charCodeAt(0);
  const name = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
  const position = positionsIn(text)(found.index);
  return {
    ...position,
    columnEnd: position.column + 1,
    message: code === 0 ? 'there is a NUL byte here, so this is not a text' : `there is a control character here (${name})`,
    expected: 'plain text',
    hint: 'This often comes from a binary file, or from copying out of a terminal.',
  };
}
