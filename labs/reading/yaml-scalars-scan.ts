import { isBlank, isBlankOrEnd, isBreak, isWord } from './yaml-reader-marks.ts';
import type { Mark } from './yaml-complaint.ts';
import type { MarkedText } from './yaml-reader-marks.ts';

const escapes = '0abt\tnvfre "\'\\N_LP';
const hexDigits: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

function skipEscape(source: MarkedText, began: Mark): void {
  const kind = source.at(1);
  const digits = hexDigits[kind];
  if (digits === undefined && (kind === '' || !escapes.includes(kind))) source.fail('found unknown escape character', began);
  source.skip(2);
  if (digits === undefined) return;
  const code = source.text.slice(source.offset, source.offset + digits);
  if (!/^[\da-f]+$/iu.test(code) || code.length < digits) source.fail('did not find expected hexdecimal number', began);
  const value = Number.parseInt(code, 16);
  if ((value >= 0xd800 && value <= 0xdfff) || value > 0x10ffff) source.fail('found invalid Unicode character escape code', began);
  source.skip(digits);
}

/** A text in quotes, from quote to quote (scannerc scan_flow_scalar). */
export function scanQuoted(source: MarkedText): void {
  const began = source.mark;
  const quote = source.at();
  source.skip();
  for (;;) {
    if (source.isDocumentMarker()) source.fail('found unexpected document indicator', began);
    if (source.at() === '') source.fail('found unexpected end of stream', began);
    while (!isBlankOrEnd(source.at())) {
      if (quote === "'" && source.at() === quote && source.at(1) === quote) source.skip(2);
      else if (source.at() === quote) break;
      else if (quote === '"' && source.at() === '\\') {
        if (isBreak(source.at(1))) {
          source.skip();
          source.skipLine();
          break;
        }
        skipEscape(source, began);
      } else source.skip();
    }
    if (source.at() === quote) break;
    while (isBlank(source.at()) || isBreak(source.at())) {
      if (isBreak(source.at())) source.skipLine();
      else source.skip();
    }
  }
  source.skip();
}

/** A text without quotes; returns whether it ends at the start of a line, where a key may follow (scannerc scan_plain_scalar). */
export function scanPlain(source: MarkedText, indent: number, isFlow: boolean): boolean {
  const began = source.mark;
  let isAtLineStart = false;
  while (!source.isDocumentMarker() && source.at() !== '#') {
    while (!isBlankOrEnd(source.at())) {
      if (source.at() === ':' && isBlankOrEnd(source.at(1))) break;
      if (isFlow && ',?[]{}'.includes(source.at())) break;
      isAtLineStart = false;
      source.skip();
      source.plainEnd = source.offset;
    }
    if (!isBlank(source.at()) && !isBreak(source.at())) break;
    while (isBlank(source.at()) || isBreak(source.at())) {
      if (isBreak(source.at())) {
        isAtLineStart = true;
        source.skipLine();
      } else {
        if (isAtLineStart && source.column < indent && source.at() === '\t') source.fail('found a tab character that violates indentation', began);
        source.skip();
      }
    }
    if (!isFlow && source.column < indent) break;
  }
  return isAtLineStart;
}

/** What stands behind `|` or `>` on its line; returns the level that a digit asks for and what becomes of the line breaks at the end. */
function scanBlockHeader(source: MarkedText): {
  readonly increment: number;
  readonly chomp: string;
} {
  const began = source.mark;
  source.skip();
  let [increment, chomp] = [0, ''];
  const digit = (): void => {
    if (!/^\d$/u.test(source.at())) return;
    if (source.at() === '0') source.fail('found an indentation indicator equal to 0', began);
    increment = Number(source.at());
    source.skip();
  };
  const sign = (): void => {
    if (source.at() !== '+' && source.at() !== '-') return;
    chomp = source.at();
    source.skip();
  };
  sign();
  digit();
  if (chomp === '') sign();
  source.skipWhile(isBlank);
  source.skipComment();
  if (!isBreak(source.at()) && source.at() !== '') source.fail('did not find expected comment or line break', began);
  if (source.at() !== '') source.skipLine();
  return { increment, chomp };
}

/** A text behind `|` or `>` (scannerc scan_block_scalar, scan_block_scalar_breaks). */
export function scanBlock(source: MarkedText, parent: number): { readonly start: Mark; readonly text: string } {
  const began = source.mark;
  const isFolded = source.at() === '>';
  const { increment, chomp } = scanBlockHeader(source);
  const start = { ...began, offset: source.offset };
  let indent = increment > 0 ? Math.max(parent, 0) + increment : 0;
  const breaks = (): string => {
    let [deepest, found] = [0, ''];
    for (;;) {
      while ((indent === 0 || source.column < indent) && source.at() === ' ') source.skip();
      deepest = Math.max(deepest, source.column);
      if ((indent === 0 || source.column < indent) && source.at() === '\t') {
        source.fail('found a tab character where an indentation space is expected', began);
      }
      if (!isBreak(source.at())) break;
      source.skipLine();
      found += '\n';
    }
    if (indent === 0) indent = Math.max(deepest, parent + 1, 1);
    return found;
  };
  let [text, last, empty] = ['', '', breaks()];
  let isAfterBlank = false;
  while (source.column === indent && source.at() !== '') {
    const isDeeper = isBlank(source.at());
    const joins = isFolded && last !== '' && !isAfterBlank && !isDeeper;
    text += (joins ? (empty === '' ? ' ' : '') : last) + empty;
    isAfterBlank = isDeeper;
    const lineAt = source.offset;
    source.skipWhile((character) => !isBreak(character));
    text += source.text.slice(lineAt, source.offset);
    last = source.at() === '' ? '' : '\n';
    if (last !== '') source.skipLine();
    empty = breaks();
  }
  return { start, text: text + (chomp === '-' ? '' : last) + (chomp === '+' ? empty : '') };
}

/** The name behind `&` or `*` (scannerc scan_anchor). */
export function scanAnchor(source: MarkedText): string {
  const began = source.mark;
  source.skip();
  const nameAt = source.offset;
  const length = source.skipWhile(isWord);
  if (length === 0 || !(isBlankOrEnd(source.at()) || '?:,]}%@`'.includes(source.at())))
    source.fail('did not find expected alphabetic or numeric character', began);
  return source.text.slice(nameAt, source.offset);
}

function scanTagHandle(source: MarkedText, began: Mark, isDirective: boolean): string {
  const handleAt = source.offset;
  if (source.at() !== '!') source.fail("did not find expected '!'", began);
  source.skip();
  source.skipWhile(isWord);
  if (source.at() === '!') source.skip();
  else if (isDirective && source.offset - handleAt > 1) source.fail("did not find expected '!'", began);
  return source.text.slice(handleAt, source.offset);
}

function scanTagUri(source: MarkedText, began: Mark, hasHead: boolean): void {
  let has = hasHead;
  while (/^[\w\-;/?:@&=+$,.!~*'()[\]%]$/u.test(source.at())) {
    if (source.at() === '%' && !/^%[\da-f]{2}$/iu.test(source.text.slice(source.offset, source.offset + 3)))
      source.fail('did not find URI escaped octet', began);
    has = true;
    source.skip();
  }
  if (!has) source.fail('did not find expected tag URI', began);
}

/** A tag; returns its handle, which must be known (scannerc scan_tag). */
export function scanTag(source: MarkedText): string {
  const began = source.mark;
  let handle = '!';
  if (source.at(1) === '<') {
    source.skip(2);
    scanTagUri(source, began, false);
    if (source.at() !== '>') source.fail("did not find the expected '>'", began);
    source.skip();
  } else {
    handle = scanTagHandle(source, began, false);
    const isNamed = handle.length > 1 && handle.endsWith('!');
    scanTagUri(source, began, !isNamed);
    if (!isNamed) handle = '!';
  }
  if (!isBlankOrEnd(source.at())) source.fail('did not find expected whitespace or line break', began);
  return handle;
}

/** A line that begins with `%`; returns the handle that a `%TAG` makes known (scannerc scan_directive). */
export function scanDirective(source: MarkedText): string {
  const began = source.mark;
  source.skip();
  const nameAt = source.offset;
  if (source.skipWhile(isWord) === 0) source.fail('could not find expected directive name', began);
  if (!isBlankOrEnd(source.at())) source.fail('found unexpected non-alphabetical character', began);
  const name = source.text.slice(nameAt, source.offset);
  const number = (): void => {
    const digits = source.skipWhile((character) => /^\d$/u.test(character));
    if (digits === 0) source.fail('did not find expected version number', began);
  };
  let handle = '';
  source.skipWhile(isBlank);
  if (name === 'YAML') {
    number();
    if (source.at() !== '.') source.fail("did not find expected digit or '.' character", began);
    source.skip();
    number();
  } else if (name === 'TAG') {
    handle = scanTagHandle(source, began, true);
    if (!isBlank(source.at())) source.fail('did not find expected whitespace', began);
    source.skipWhile(isBlank);
    scanTagUri(source, began, false);
    if (!isBlankOrEnd(source.at())) source.fail('did not find expected whitespace or line break', began);
  } else source.fail('found unknown directive name', began);
  source.skipWhile(isBlank);
  source.skipComment();
  if (!isBreak(source.at()) && source.at() !== '') source.fail('did not find expected comment or line break', began);
  if (source.at() !== '') source.skipLine();
  return handle;
}
