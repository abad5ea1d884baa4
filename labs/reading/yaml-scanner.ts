import { MarkedText, isBlank, isBlankOrEnd, isBreak } from './yaml-reader-marks.ts';
import { scanAnchor, scanBlock, scanDirective, scanPlain, scanQuoted, scanTag } from './yaml-scalars-scan.ts';
import type { Mark } from './yaml-complaint.ts';

/** libyaml's tokens; those of one character are called by it. */
export type TokenKind =
  | 'end'
  | 'version'
  | 'tag-handle'
  | '---'
  | '...'
  | 'block-sequence'
  | 'block-mapping'
  | 'block-end'
  | '['
  | ']'
  | '{'
  | '}'
  | '-'
  | ','
  | 'key'
  | 'value'
  | 'alias'
  | 'anchor'
  | 'tag'
  | 'scalar';

export interface Token {
  readonly kind: TokenKind;
  readonly mark: Mark;
  /** Behind its last character, where that matters. */
  readonly end: number;
  /** An anchor's name, a tag's handle, a text behind `|` or `>`. */
  readonly text?: string;
}

/** What may turn out to be the name of a field once a colon is met. */
interface SimpleKey {
  readonly mark: Mark;
  /** The place in the list of tokens where its `key` token would go. */
  readonly token: number;
  /** In block style, at the column of the open level: nothing else can stand there. */
  readonly isRequired: boolean;
  isPossible: boolean;
}

const keyLengthMax = 1024;

/** Models libyaml's scanner as go-yaml v2.4 has it (fetch_next_token): levels by indentation, fields' names found when their colon is met. */
export class YamlScanner {
  private readonly source: MarkedText;
  private readonly tokens: Token[] = [];
  private head = 0;
  private indent = -1;
  private readonly indents: number[] = [];
  /** One a level of brackets, the block style first. */
  private readonly keys: (SimpleKey | undefined)[] = [undefined];
  private readonly keyOfToken = new Map<number, SimpleKey>();
  private isKeyAllowed = true;

  constructor(text: string, offset: number) {
    this.source = new MarkedText(text, offset);
  }

  peek(): Token {
    while (this.head >= this.tokens.length || this.isAlive(this.keyOfToken.get(this.head))) this.fetch();
    const token = this.tokens[this.head];
    if (token === undefined) throw new RangeError('the scanner fetched no token');
    return token;
  }

  next(): Token {
    const token = this.peek();
    this.head += 1;
    return token;
  }

  /** Where the last thing before the next token began. */
  get before(): Mark | undefined {
    return this.tokens.slice(0, this.head).findLast(({ kind }) => kind !== 'block-end')?.mark;
  }

  private get isFlow(): boolean {
    return this.keys.length > 1;
  }

  private isAlive(key: SimpleKey | undefined): key is SimpleKey {
    if (key?.isPossible !== true) return false;
    if (key.mark.line >= this.source.line && key.mark.offset + keyLengthMax >= this.source.offset) return true;
    this.drop(key);
    return false;
  }

  private drop(key: SimpleKey | undefined): void {
    if (key?.isPossible !== true) return;
    if (key.isRequired) this.source.fail("could not find expected ':'", key.mark);
    key.isPossible = false;
  }

  private dropKey(): void {
    this.drop(this.keys.at(-1));
  }

  private saveKey(): void {
    if (!this.isKeyAllowed) return;
    const { mark } = this.source;
    this.dropKey();
    const key = { mark, token: this.tokens.length, isRequired: !this.isFlow && this.indent === mark.column, isPossible: true };
    this.keys[this.keys.length - 1] = key;
    this.keyOfToken.set(key.token, key);
  }

  private roll(kind: TokenKind, mark: Mark, at = this.tokens.length): void {
    if (this.isFlow || this.indent >= mark.column) return;
    this.indents.push(this.indent);
    this.indent = mark.column;
    this.tokens.splice(at, 0, { kind, mark, end: mark.offset });
  }

  private unroll(column: number): void {
    if (this.isFlow) return;
    while (this.indent > column) {
      this.push('block-end', this.source.mark);
      this.indent = this.indents.pop() ?? -1;
    }
  }

  private skipToToken(): void {
    const { source } = this;
    for (;;) {
      if (source.column === 0 && source.at() === '\ufeff') source.offset += 1;
      while (source.at() === ' ' || (source.at() === '\t' && (this.isFlow || !this.isKeyAllowed))) source.skip();
      source.skipComment();
      if (!isBreak(source.at())) return;
      source.skipLine();
      if (!this.isFlow) this.isKeyAllowed = true;
    }
  }

  private fetch(): void {
    this.skipToToken();
    const { source } = this;
    this.unroll(source.column);
    const character = source.at();
    const isLast = isBlankOrEnd(source.at(1));
    if (character === '') this.fetchEnd();
    else if (source.column === 0 && character === '%') this.fetchDirective();
    else if (source.isDocumentMarker('---')) this.fetchMarker('---');
    else if (source.isDocumentMarker('...')) this.fetchMarker('...');
    else if (character === '[' || character === '{') this.fetchOpening(character);
    else if (character === ']' || character === '}') this.fetchClosing(character);
    else if (character === ',') this.fetchComma();
    else if (character === '-' && isLast) this.fetchDash();
    else if (character === '?' && (this.isFlow || isLast)) this.fetchKey();
    else if (character === ':' && (this.isFlow || isLast)) this.fetchValue();
    else if (character === '*') this.fetchNode('alias', scanAnchor);
    else if (character === '&') this.fetchNode('anchor', scanAnchor);
    else if (character === '!') this.fetchNode('tag', scanTag);
    else if ((character === '|' || character === '>') && !this.isFlow) this.fetchBlock();
    else if (character === "'" || character === '"')
      this.fetchNode('scalar', (text) => {
        scanQuoted(text);
        return undefined;
      });
    else if (this.isPlainStart(character)) this.fetchPlain();
    else source.fail('found character that cannot start any token', source.mark);
  }

  private isPlainStart(character: string): boolean {
    if (character === '-') return !isBlank(this.source.at(1));
    if (character === '?' || character === ':') return !this.isFlow && !isBlankOrEnd(this.source.at(1));
    return !isBlankOrEnd(character) && !',[]{}#&*!|>\'"%@`'.includes(character);
  }

  private push(kind: TokenKind, mark: Mark): void {
    this.tokens.push({ kind, mark, end: mark.offset });
  }

  private fetchEnd(): void {
    const { source } = this;
    if (source.column !== 0) {
      source.column = 0;
      source.line += 1;
    }
    this.fetchOutside(() => ({ kind: 'end', mark: source.mark, end: source.offset }));
  }

  /** What stands outside of any document: closes all levels. */
  private fetchOutside(scan: () => Token): void {
    this.unroll(-1);
    this.dropKey();
    this.isKeyAllowed = false;
    this.tokens.push(scan());
  }

  private fetchDirective(): void {
    this.fetchOutside(() => {
      const { mark } = this.source;
      const text = scanDirective(this.source);
      return { kind: text === '' ? 'version' : 'tag-handle', mark, end: this.source.offset, text };
    });
  }

  private fetchMarker(kind: '---' | '...'): void {
    this.fetchOutside(() => {
      const { mark } = this.source;
      this.source.skip(3);
      return { kind, mark, end: this.source.offset };
    });
  }

  private fetchOpening(kind: '[' | '{'): void {
    this.saveKey();
    this.keys.push(undefined);
    this.isKeyAllowed = true;
    this.push(kind, this.source.mark);
    this.source.skip();
  }

  private fetchClosing(kind: ']' | '}'): void {
    this.dropKey();
    if (this.isFlow) this.keys.pop();
    this.isKeyAllowed = false;
    this.push(kind, this.source.mark);
    this.source.skip();
  }

  private fetchComma(): void {
    this.dropKey();
    this.isKeyAllowed = true;
    this.push(',', this.source.mark);
    this.source.skip();
  }

  private fetchDash(): void {
    const { mark } = this.source;
    if (!this.isFlow && !this.isKeyAllowed) this.source.fail('block sequence entries are not allowed in this context', mark);
    this.roll('block-sequence', mark);
    this.dropKey();
    this.isKeyAllowed = true;
    this.push('-', mark);
    this.source.skip();
  }

  private fetchKey(): void {
    const { mark } = this.source;
    if (!this.isFlow && !this.isKeyAllowed) this.source.fail('mapping keys are not allowed in this context', mark);
    this.roll('block-mapping', mark);
    this.dropKey();
    this.isKeyAllowed = !this.isFlow;
    this.push('key', mark);
    this.source.skip();
  }

  private fetchValue(): void {
    const { mark } = this.source;
    const key = this.keys.at(-1);
    if (this.isAlive(key)) {
      this.tokens.splice(key.token, 0, {
        kind: 'key',
        mark: key.mark,
        end: key.mark.offset,
      });
      this.roll('block-mapping', key.mark, key.token);
      key.isPossible = false;
      this.isKeyAllowed = false;
    } else {
      if (!this.isFlow && !this.isKeyAllowed) this.source.fail('mapping values are not allowed in this context', mark, this.tokens.at(-1)?.mark);
      this.roll('block-mapping', mark);
      this.isKeyAllowed = !this.isFlow;
    }
    this.push('value', mark);
    this.source.skip();
  }

  private fetchNode(kind: TokenKind, scan: (source: MarkedText) => string | undefined): void {
    this.saveKey();
    this.isKeyAllowed = false;
    const { mark } = this.source;
    const text = scan(this.source);
    this.tokens.push({ kind, mark, end: this.source.offset, ...(text === undefined ? {} : { text }) });
  }

  private fetchPlain(): void {
    const { mark } = this.source;
    this.saveKey();
    this.isKeyAllowed = scanPlain(this.source, this.indent + 1, this.isFlow);
    this.tokens.push({ kind: 'scalar', mark, end: this.source.plainEnd });
  }

  private fetchBlock(): void {
    this.dropKey();
    this.isKeyAllowed = true;
    const { start, text } = scanBlock(this.source, this.indent);
    this.tokens.push({ kind: 'scalar', mark: start, end: this.source.offset, text });
  }
}
