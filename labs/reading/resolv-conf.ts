import { legacyAddress } from './name-rules.ts';
import { unreadable } from './reading-error.ts';
import type { ReadingError } from './reading-error.ts';

/** A coloured stretch of a line; line and column count from 1, `columnEnd` is behind the last character. */
interface ResolvToken {
  readonly line: number;
  readonly column: number;
  readonly columnEnd: number;
  readonly kind: 'keyword' | 'unknown keyword' | 'address' | 'domain' | 'option' | 'value' | 'comment' | 'ignored';
}

/** Something a learner should know about a line. Never a refusal: C libraries take any file. */
interface ResolvNote {
  readonly line: number;
  readonly column: number;
  readonly columnEnd: number;
  readonly text: string;
  /** Whom it concerns. */
  readonly about: 'both libraries' | 'glibc' | 'musl' | 'the kubelet';
}

export interface ResolvConfReading {
  readonly tokens: readonly ResolvToken[];
  readonly notes: readonly ResolvNote[];
  /** Only where the text is too large, or no text at all. */
  readonly errors: readonly ReadingError[];
}

interface Word {
  readonly text: string;
  readonly column: number;
  readonly columnEnd: number;
}

const notesMax = 100;
const nameserversMax = 3;
/** musl reads lines into a buffer of 256 bytes: 254 characters and the line break. */
const muslLineMax = 254;

const muslOptions: readonly string[] = ['ndots', 'timeout', 'attempts'];
const glibcOptions: readonly string[] = [
  'debug',
  'ndots',
  'timeout',
  'attempts',
  'rotate',
  'no-check-names',
  'inet6',
  'ip6-bytestring',
  'ip6-dotint',
  'no-ip6-dotint',
  'edns0',
  'single-request',
  'single-request-reopen',
  'no-tld-query',
  'no-reload',
  'use-vc',
  'trust-ad',
  'no-aaaa',
  'strict-error',
];
/** The largest value that glibc keeps. */
const largest: Readonly<Record<string, number>> = { ndots: 15, timeout: 30, attempts: 5 };

/** Collects tokens and notes line by line. */
class ResolvConfReader {
  readonly tokens: ResolvToken[] = [];
  readonly notes: ResolvNote[] = [];
  private servers = 0;
  private searchLine: { readonly line: number; readonly words: readonly Word[] } | undefined;

  read(line: number, raw: string): void {
    const text = raw.endsWith('\r') ? raw.slice(0, -1) : raw;
    const words = Array.from(text.matchAll(/[^ \t]+/gu), (found): Word => ({
      text: found[0],
      column: found.index + 1,
      columnEnd: found.index + found[0].length + 1,
    }));
    const [keyword, ...rest] = words;
    if (keyword === undefined) return;
    const whole: Word = { text, column: 1, columnEnd: text.length + 1 };
    if (text !== raw)
      this.note(
        line,
        { ...whole, column: text.length + 1, columnEnd: text.length + 2 },
        'glibc',
        'the line ends in a carriage return (Windows): glibc takes it as part of the last word, so a nameserver is no address any more; musl does not mind',
      );
    if (text.startsWith('#') || text.startsWith(';')) {
      this.token(line, whole, 'comment');
      if (text.startsWith(';')) this.note(line, whole, 'the kubelet', 'for C libraries a line with ";" is a comment; for the kubelet only "#" starts one');
      return;
    }
    if (keyword.column > 1) {
      this.token(line, whole, 'ignored');
      this.note(line, whole, 'both libraries', 'a line that starts with a blank is ignored by C libraries; only the kubelet reads it');
      return;
    }
    if (text.length > muslLineMax)
      this.note(line, whole, 'musl', `the line has ${String(text.length)} characters: musl ignores lines of more than ${String(muslLineMax)}`);
    this.line(line, keyword, rest);
  }

  private line(line: number, keyword: Word, rest: readonly Word[]): void {
    const known = ['nameserver', 'search', 'domain', 'options', 'sortlist'];
    this.token(line, keyword, known.includes(keyword.text) ? 'keyword' : 'unknown keyword');
    if (keyword.text === 'nameserver') this.nameserver(line, keyword, rest);
    else if (keyword.text === 'search' || keyword.text === 'domain') this.search(line, keyword, rest);
    else if (keyword.text === 'options') for (const option of rest) this.option(line, option);
    else {
      for (const word of rest) this.token(line, word, 'ignored');
      if (keyword.text === 'sortlist') this.note(line, keyword, 'musl', 'musl does not know sortlist; glibc sorts addresses by it only for old interfaces');
      else this.note(line, keyword, 'both libraries', `"${keyword.text.slice(0, 40)}" is no keyword: C libraries pass over the line without a word`);
    }
  }

  private nameserver(line: number, keyword: Word, [server, ...more]: readonly Word[]): void {
    for (const word of more) this.token(line, word, 'ignored');
    const [other] = more;
    if (other !== undefined) this.note(line, other, 'both libraries', 'only the first address on a nameserver line counts: write one line for each server');
    if (server === undefined) {
      this.note(
        line,
        keyword,
        'the kubelet',
        'a nameserver line without an address: C libraries pass over it, the kubelet refuses the whole file and starts no pod',
      );
      return;
    }
    this.token(line, server, 'address');
    const bare = server.text.split('%')[0] ?? '';
    if (legacyAddress(bare).length > 0) {
      this.note(
        line,
        server,
        'both libraries',
        `"${server.text.slice(0, 60)}" is no IP address, so this server is not used; if none is left, 127.0.0.1 is asked`,
      );
      return;
    }
    this.servers += 1;
    if (this.servers > nameserversMax) this.note(line, server, 'both libraries', 'C libraries use three name servers; this one is never asked');
    else if (this.servers === 2)
      this.note(line, server, 'musl', 'musl asks all servers at once and takes the first answer; glibc asks this one only if the one before does not answer');
  }

  private search(line: number, keyword: Word, rest: readonly Word[]): void {
    for (const word of rest) this.token(line, word, 'domain');
    if (this.searchLine !== undefined) {
      const { line: before, words } = this.searchLine;
      for (const word of words)
        this.note(before, word, 'both libraries', `not used: line ${String(line)} replaces the search list, the last search or domain line wins`);
    }
    const isDomain = keyword.text === 'domain';
    if (isDomain) this.note(line, keyword, 'the kubelet', 'the kubelet does not read "domain" lines; C libraries take them as a search list of one');
    const [, ...more] = rest;
    for (const word of isDomain ? more : []) this.note(line, word, 'glibc', 'glibc takes only the first word of a domain line');
    for (const word of rest) this.domain(line, word);
    this.searchLine = { line, words: rest };
  }

  private domain(line: number, word: Word): void {
    if (word.text.startsWith('#') || word.text.startsWith(';')) {
      this.note(line, word, 'both libraries', 'a comment can only start a line: here it is a search domain, and queries for it are sent');
    } else if (word.text === '.') {
      this.note(
        line,
        word,
        'musl',
        'the domain "." means no search; musl 1.2.3 sends a malformed packet for it and fails, 1.2.5 does not; the kubelet drops it',
      );
    } else if (
      word.text
        .replace(/\.$/u, '')
        .split('.')
        .some((label) => label === '' || label.length > 63)
    ) {
      this.note(line, word, 'musl', 'no name can have such a label: glibc skips the domain, musl 1.2.3 fails the whole lookup, 1.2.5 skips it too');
    }
  }

  private option(line: number, word: Word): void {
    const colon = word.text.indexOf(':');
    const name = colon === -1 ? word.text : word.text.slice(0, colon);
    const value = colon === -1 ? undefined : word.text.slice(colon + 1);
    if (name !== '') this.token(line, { ...word, columnEnd: word.column + name.length }, 'option');
    if (value !== undefined && value !== '') this.token(line, { ...word, column: word.column + name.length + 1 }, 'value');
    if (name.startsWith('#') || name.startsWith(';'))
      this.note(line, word, 'both libraries', 'a comment can only start a line: this word is read as an option that nobody knows');
    else if (!glibcOptions.includes(name)) this.note(line, word, 'both libraries', `no library knows the option "${name.slice(0, 40)}"; it is ignored`);
    else if (!muslOptions.includes(name)) this.note(line, word, 'musl', `musl ignores ${name}; it reads only ndots, timeout and attempts`);
    else this.number(line, word, name, value ?? '');
  }

  private number(line: number, word: Word, name: string, value: string): void {
    const max = largest[name] ?? 0;
    if (!/^\d+/u.test(value)) this.note(line, word, 'both libraries', `${name} needs a number: ${name}:5`);
    else if (Number.parseInt(value, 10) > max)
      this.note(line, word, 'both libraries', `${name} is at most ${String(max)}${name === 'ndots' ? '' : ' in glibc'}; larger values count as ${String(max)}`);
    else if (name === 'attempts' && Number.parseInt(value, 10) === 0) this.note(line, word, 'musl', 'attempts:0 crashes programs with musl (division by zero)');
  }

  private token(line: number, { column, columnEnd }: Word, kind: ResolvToken['kind']): void {
    this.tokens.push({ line, column, columnEnd, kind });
  }

  private note(line: number, { column, columnEnd }: Word, about: ResolvNote['about'], text: string): void {
    if (this.notes.length < notesMax) this.notes.push({ line, column, columnEnd, text, about });
  }
}

/**
 * Reads a pasted resolv.conf for the eye: tokens to colour, and notes about what C libraries and the kubelet make of odd lines. It refuses nothing that
 * a real library accepts; errors only for a text that is too large or binary. Never throws; at most 100 notes.
 * // Models the readers of glibc (resolv/res_init.c), musl (src/network/resolvconf.c) and the kubelet
 */
export function readResolvConf(text: string, bytesMax: number): ResolvConfReading {
  const bad = unreadable(text, bytesMax);
  if (bad !== undefined) return { tokens: [], notes: [], errors: [bad] };
  const reader = new ResolvConfReader();
  for (const [index, line] of text.split('\n').entries()) reader.read(index + 1, line);
  return { tokens: reader.tokens, notes: reader.notes, errors: [] };
}
