import { Complaint } from './yaml-complaint.ts';
import { YamlScanner } from './yaml-scanner.ts';
import type { Mark } from './yaml-complaint.ts';
import type { YamlEvent } from './yaml-events.ts';
import type { Token, TokenKind } from './yaml-scanner.ts';

/** Where there is more than blanks and comments behind an offset. */
function restAfter(text: string, offset: number): number | undefined {
  const rest = text.slice(offset).replace(/#[^\n]*/gu, (comment) => ' '.repeat(comment.length));
  const more = rest.search(/\S/u);
  return more < 0 ? undefined : offset + more;
}

/** Deeper than we read, though kubectl may. */
class TooDeep extends Error {
  readonly offset: number;

  constructor(offset: number) {
    super('too deep');
    this.offset = offset;
  }
}

/**
 * Models libyaml's parser and what go-yaml v2 asks of it: one document, and no more than is needed to see its end. Each method is named after what it reads
 * (parserc.go), and looks at the same tokens in the same order, because the first complaint is the only one.
 */
class YamlParser {
  private readonly scanner: YamlScanner;
  private readonly handles = new Set(['!', '!!']);
  private readonly anchors = new Set<string>();
  /** Brackets that are open. */
  private readonly open: Mark[] = [];
  private depth = 0;

  readonly events: YamlEvent[] = [];
  private readonly text: string;
  private readonly depthMax: number;

  constructor(text: string, offset: number, depthMax: number) {
    this.scanner = new YamlScanner(text, offset);
    this.text = text;
    this.depthMax = depthMax;
  }

  private sees(...kinds: readonly TokenKind[]): boolean {
    return kinds.includes(this.scanner.peek().kind);
  }

  private takes(kind: TokenKind): boolean {
    const isNext = this.sees(kind);
    if (isNext) this.scanner.next();
    return isNext;
  }

  private fail(problem: string, began?: Mark): never {
    throw new Complaint('parser', problem, this.scanner.peek().mark, began, this.open.at(-1) ?? this.scanner.before);
  }

  private empty(): void {
    this.events.push({ type: 'scalar', token: undefined });
  }

  private begins(type: 'sequence' | 'mapping', mark: Mark, anchor?: Token): void {
    this.events.push({ type, start: mark.offset, anchor: anchor?.text });
  }

  private pop(): void {
    this.events.push({ type: 'pop' });
  }

  /** Reads one document; returns where something stands behind its end, which go-yaml leaves unread. */
  document(): number | undefined {
    if (this.sees('end')) return undefined;
    this.events.push({ type: 'document' });
    let hasContent = true;
    if (this.sees('version', 'tag-handle', '---')) {
      this.directives();
      if (!this.takes('---')) this.fail('did not find expected <document start>');
      hasContent = !this.sees('version', 'tag-handle', '---', '...', 'end');
    }
    if (hasContent) this.node(true, false);
    else this.empty();
    this.pop();
    const { kind, mark, end } = this.scanner.peek();
    if (kind === '...') return restAfter(this.text, end);
    return kind === 'end' ? undefined : mark.offset;
  }

  private directives(): void {
    let hasVersion = false;
    while (this.sees('version', 'tag-handle')) {
      const { kind, text = '' } = this.scanner.peek();
      if (kind === 'version') {
        if (hasVersion) this.fail('found duplicate %YAML directive');
        hasVersion = true;
      } else this.handles.add(text);
      this.scanner.next();
    }
  }

  private node(isBlock: boolean, allowsDashes: boolean): void {
    if (this.sees('alias')) {
      const { text = '', mark, end } = this.scanner.next();
      if (!this.anchors.has(text)) throw new Complaint('decoder', `unknown anchor '${text}' referenced`, mark);
      this.events.push({ type: 'alias', name: text, start: mark.offset, end });
      return;
    }
    const began = this.scanner.peek().mark;
    let tag: Token | undefined;
    let anchor: Token | undefined;
    if (this.sees('anchor')) anchor = this.scanner.next();
    if (this.sees('tag')) tag = this.scanner.next();
    if (anchor === undefined && this.sees('anchor')) anchor = this.scanner.next();
    if (tag?.text !== undefined && !this.handles.has(tag.text)) throw new Complaint('parser', 'found undefined tag handle', tag.mark, began);
    if (anchor?.text !== undefined) this.anchors.add(anchor.text);
    this.depth += 1;
    if (this.depth > this.depthMax) throw new TooDeep(began.offset);
    if (allowsDashes && this.sees('-')) this.dashes(anchor);
    else if (this.sees('[')) this.flowSequence(anchor);
    else if (this.sees('{')) this.flowMapping(anchor);
    else if (isBlock && this.sees('block-sequence')) this.blockSequence(anchor);
    else if (isBlock && this.sees('block-mapping')) this.blockMapping(anchor);
    else {
      const token = this.sees('scalar') ? this.scanner.next() : undefined;
      if (token === undefined && tag === undefined && anchor === undefined) this.fail('did not find expected node content', began);
      const properties = tag === undefined && anchor === undefined ? undefined : began;
      this.events.push({ type: 'scalar', token, anchor: anchor?.text, tag: tag && this.text.slice(tag.mark.offset, tag.end), properties });
    }
    this.depth -= 1;
  }

  /** A value, or nothing where one of these follows. */
  private nodeUnless(isBlock: boolean, allowsDashes: boolean, ...ends: readonly TokenKind[]): void {
    if (this.sees(...ends)) this.empty();
    else this.node(isBlock, allowsDashes);
  }

  private blockSequence(anchor: Token | undefined): void {
    const began = this.scanner.next().mark;
    this.begins('sequence', began, anchor);
    while (this.takes('-')) this.nodeUnless(true, false, '-', 'block-end');
    if (!this.takes('block-end')) this.fail("did not find expected '-' indicator", began);
    this.pop();
  }

  /** Items in the column of their field. */
  private dashes(anchor: Token | undefined): void {
    this.begins('sequence', this.scanner.peek().mark, anchor);
    while (this.takes('-')) this.nodeUnless(true, false, '-', 'key', 'value', 'block-end');
    this.pop();
  }

  private blockMapping(anchor: Token | undefined): void {
    const began = this.scanner.next().mark;
    this.begins('mapping', began, anchor);
    while (this.takes('key')) {
      this.nodeUnless(true, true, 'key', 'value', 'block-end');
      if (this.takes('value')) this.nodeUnless(true, true, 'key', 'value', 'block-end');
      else this.empty();
    }
    if (!this.takes('block-end')) this.fail('did not find expected key', began);
    this.pop();
  }

  private flowSequence(anchor: Token | undefined): void {
    const began = this.scanner.next().mark;
    this.begins('sequence', began, anchor);
    this.open.push(began);
    for (let isFirst = true; !this.sees(']'); isFirst = false) {
      if (!isFirst && !this.takes(',')) this.fail("did not find expected ',' or ']'", began);
      if (this.sees('key')) this.pair();
      else if (!this.sees(']')) this.node(false, false);
    }
    this.open.pop();
    this.scanner.next();
    this.pop();
  }

  /** A field that stands in a list without braces; libyaml passes over a token where its name is empty. */
  private pair(): void {
    this.begins('mapping', this.scanner.next().mark);
    if (this.sees('value', ',', ']')) {
      this.scanner.next();
      this.empty();
    } else this.node(false, false);
    if (this.takes('value')) this.nodeUnless(false, false, ',', ']');
    else this.empty();
    this.pop();
  }

  private flowMapping(anchor: Token | undefined): void {
    const began = this.scanner.next().mark;
    this.begins('mapping', began, anchor);
    this.open.push(began);
    for (let isFirst = true; !this.sees('}'); isFirst = false) {
      if (!isFirst && !this.takes(',')) this.fail("did not find expected ',' or '}'", began);
      if (this.takes('key')) {
        this.nodeUnless(false, false, 'value', ',', '}');
        if (this.takes('value')) this.nodeUnless(false, false, ',', '}');
        else this.empty();
      } else if (!this.sees('}')) {
        this.node(false, false);
        this.empty();
      }
    }
    this.open.pop();
    this.scanner.next();
    this.pop();
  }
}

/** One document as kubectl's YAML library reads it, or its first complaint. */
export interface ParsedDocument {
  readonly events: readonly YamlEvent[];
  readonly complaint?: Complaint;
  /** Where something stands behind the document's end, which kubectl does not read. */
  readonly rest?: number | undefined;
  /** Where it gets deeper than we read. */
  readonly tooDeep?: number;
}

/** Parses the document that begins at an offset and ends with the text. Linear in the text. */
export function parseDocument(text: string, offset: number, depthMax: number): ParsedDocument {
  const parser = new YamlParser(text, offset, depthMax);
  const { events } = parser;
  try {
    return { events, rest: parser.document() };
  } catch (error) {
    if (error instanceof Complaint) return { events, complaint: error };
    if (error instanceof TooDeep) return { events, tooDeep: error.offset };
    throw error;
  }
}
