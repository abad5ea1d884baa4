import type { Plain } from '../lab.ts';
import { bytesOf } from './reading-error.ts';

/** A value in words: `a text ("3")`. */
export function kindOfValue(value: Plain): string {
  if (value === null) return 'empty';
  if (typeof value === 'string') return `a text ("${value.slice(0, 30)}")`;
  if (typeof value === 'number') return `a number (${String(value)})`;
  if (typeof value === 'boolean') return `a boolean (${String(value)})`;
  return Array.isArray(value) ? 'a list' : 'an object';
}

/** The text of a quantity, a number's too. Blanks around it do not count, unless JSON writes them with a backslash. */
export function writtenQuantity(value: Plain): string {
  return typeof value === 'string' ? JSON.stringify(value).slice(1, -1).trim() : JSON.stringify(value);
}

/** What Go's JSON reader calls a value. */
export function jsonWord(value: Plain): string {
  if (value === null) return 'null';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'object') return Array.isArray(value) ? 'array' : 'object';
  return typeof value;
}

/** Where Go stops to read base64; undefined: it does not. Models encoding/base64, which passes over line breaks. */
export function illegalBase64(text: string): number | undefined {
  let digits = 0;
  let index = 0;
  const skipBreaks = (): void => {
    while (text.charAt(index) === '\n' || text.charAt(index) === '\r') index += 1;
  };
  for (; index < text.length; index += 1) {
    const character = text.charAt(index);
    if (character === '\n' || character === '\r') continue;
    if (/[A-Za-z0-9+/]/u.test(character)) {
      digits += 1;
      continue;
    }
    if (character !== '=' || digits % 4 < 2) return bytesBefore(text, index);
    const padding = index;
    index += 1;
    skipBreaks();
    if (digits % 4 === 2) {
      if (index >= text.length) return bytesBefore(text, text.length);
      if (text.charAt(index) !== '=') return bytesBefore(text, index - 1 > padding ? index : index - 1);
      index += 1;
      skipBreaks();
    }
    return index < text.length ? bytesBefore(text, index) : undefined;
  }
  return digits % 4 === 0 ? undefined : bytesBefore(text, text.length) - (digits % 4);
}

const bytesBefore = (text: string, index: number): number => bytesOf(text.slice(0, index));

const timeParts: readonly (readonly [layout: string, pattern: RegExp])[] = [
  ['2006', /^\d{4}/u],
  ['-', /^-/u],
  ['01', /^\d\d/u],
  ['-', /^-/u],
  ['02', /^\d\d/u],
  ['T', /^T/u],
  ['15', /^\d\d?/u],
  [':', /^:/u],
  ['04', /^\d\d/u],
  [':', /^:/u],
  ['05', /^\d\d/u],
];
const zonePart = ['Z07:00', /^(?:Z|[-+]\d\d:\d\d)/u] as const;
/** The largest number that Go takes, and what it says of larger ones. */
const largest: Readonly<Record<string, readonly [number, string]>> = { '01': [12, 'month'], '15': [23, 'hour'], '04': [59, 'minute'], '05': [59, 'second'] };

/** Why Go cannot read a time of RFC 3339, with `isMicro` one with exactly six digits behind the seconds; undefined: it can. Models time.Parse. */
export function timeProblem(text: string, isMicro: boolean): string | undefined {
  const fraction = isMicro ? (['.000000', /^[.,]\d{6}(?!\d)/u] as const) : (['', /^(?:[.,]\d+)?/u] as const);
  const start = `parsing time ${quotedForTime(text)}`;
  const numbers: Record<string, number> = {};
  let rest = text;
  for (const [part, pattern] of [...timeParts, fraction, zonePart]) {
    const found = pattern.exec(rest)?.[0];
    if (found === undefined) {
      const layout = `2006-01-02T15:04:05${isMicro ? '.000000' : ''}Z07:00`;
      return `${start} as "${layout}": cannot parse ${quotedForTime(rest)} as "${part}"`;
    }
    const value = Number.parseInt(found, 10);
    const [max, name] = largest[part] ?? [Infinity, ''];
    if (value > max || (part === '01' && value === 0)) return `${start}: ${name} out of range`;
    if (part === 'Z07:00') {
      const [, hours = '0', minutes = '0'] = /(\d\d):(\d\d)/u.exec(found) ?? [];
      if (Number(hours) > 24) return `${start}: time zone offset hour out of range`;
      if (Number(minutes) > 60) return `${start}: time zone offset minute out of range`;
    }
    numbers[part] = value;
    rest = rest.slice(found.length);
  }
  if (rest !== '') return `${start}: extra text: ${quotedForTime(rest)}`;
  const { '2006': year = 0, '01': month = 1, '02': day = 1 } = numbers;
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
  return day < 1 || day > days ? `${start}: day out of range` : undefined;
}

/** Go's package time quotes by bytes: control characters and what is not ASCII become \xc3. */
function quotedForTime(text: string): string {
  const quoted = Array.from(text, (character) => {
    if (character === '"' || character === '\\') return `\\${character}`;
    if (/[ -~]/u.test(character)) return character;
    return encodeURIComponent(character.length === 1 && /[\ud800-\udfff]/u.test(character) ? '\ufffd' : character)
      .toLowerCase()
      .replaceAll('%', '\\x');
  });
  return `"${quoted.join('')}"`;
}
