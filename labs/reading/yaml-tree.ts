import { EVENT_ID, SCALAR_STYLE, getScalarValue } from 'js-yaml';
import type { Event, ScalarEvent } from 'js-yaml';
import { plainScalar, taggedScalar } from './yaml-scalars.ts';

/** A value with the places it was read from. Aliases point to the very node they name. */
export type YamlNode =
  | { readonly kind: 'scalar'; readonly start: number; readonly end: number; readonly value: string | number | boolean | null; readonly isQuoted: boolean }
  | { readonly kind: 'sequence'; readonly start: number; readonly items: readonly YamlNode[] }
  | { readonly kind: 'mapping'; readonly start: number; readonly entries: readonly YamlEntry[] };

interface YamlEntry {
  readonly key: string;
  /** Where the field's name stands. */
  readonly start: number;
  readonly end: number;
  readonly node: YamlNode;
}

/** What is wrong with the meaning, at an offset. `kubectl` without its line. */
export interface TreeMistake {
  readonly offset: number;
  readonly end?: number;
  readonly message: string;
  readonly expected: string;
  readonly hint?: string;
  readonly kubectl?: string;
}

export interface TreeDocument {
  /** Undefined: nothing but comments. */
  readonly root: YamlNode | undefined;
  readonly mistakes: readonly TreeMistake[];
}

interface MappingFrame {
  readonly kind: 'mapping';
  readonly node: { readonly kind: 'mapping'; readonly start: number; entries: YamlEntry[] };
  /** Fields written in this object, and all with the merged ones. */
  readonly own: Set<string>;
  readonly all: Set<string>;
  key: { readonly text: string; readonly start: number; readonly end: number; readonly isMerge: boolean } | undefined;
}
type Frame = MappingFrame | { readonly kind: 'sequence'; readonly node: { readonly kind: 'sequence'; readonly start: number; readonly items: YamlNode[] } };

const noRange = -1;

/** A key as JSON writes it: numbers and booleans become texts. */
function keyText(node: YamlNode): string | undefined {
  if (node.kind !== 'scalar' || node.value === null) return undefined;
  return String(node.value);
}

/** Builds one document from the events of js-yaml. */
class Builder {
  readonly mistakes: TreeMistake[] = [];
  root: YamlNode | undefined;
  private readonly frames: Frame[] = [];
  private readonly anchors = new Map<string, YamlNode>();
  private readonly source: string;

  constructor(source: string) {
    this.source = source;
  }

  take(event: Event): void {
    switch (event.type) {
      case EVENT_ID.SCALAR:
        this.put(this.scalar(event), event);
        return;
      case EVENT_ID.SEQUENCE: {
        const node = { kind: 'sequence' as const, start: event.start, items: [] };
        this.put(node, event);
        this.frames.push({ kind: 'sequence', node });
        return;
      }
      case EVENT_ID.MAPPING: {
        const node = { kind: 'mapping' as const, start: event.start, entries: [] };
        this.put(node, event);
        this.frames.push({ kind: 'mapping', node, own: new Set(), all: new Set(), key: undefined });
        return;
      }
      case EVENT_ID.ALIAS: {
        const name = this.source.slice(event.anchorStart, event.anchorEnd);
        const node = this.anchors.get(name);
        if (node !== undefined && !this.frames.some((frame) => frame.node === node)) {
          this.put(node);
          return;
        }
        const mistake =
          node === undefined
            ? { message: `no anchor &${name} stands before this alias`, kubectl: `unknown anchor '${name}' referenced` }
            : { message: `the alias *${name} stands inside what it names`, kubectl: `anchor '${name}' value contains itself` };
        this.mistakes.push({
          offset: event.anchorStart - 1,
          end: event.anchorEnd,
          expected: 'an alias of something that is complete before it',
          hint: 'If the * belongs to the value, put the value in quotes.',
          ...mistake,
        });
        this.put({ kind: 'scalar', start: event.anchorStart - 1, end: event.anchorEnd, value: null, isQuoted: false });
        return;
      }
      case EVENT_ID.POP:
        this.frames.pop();
        return;
      case EVENT_ID.DOCUMENT:
    }
  }

  private scalar(event: ScalarEvent): YamlNode {
    const text = getScalarValue(this.source, event);
    const tag = event.tagStart === noRange ? undefined : this.source.slice(event.tagStart, event.tagEnd).replace(/^!<tag:yaml\.org,2002:(.*)>$/u, '!!$1');
    const isPlain = event.style === SCALAR_STYLE.PLAIN;
    const read = tag !== undefined ? taggedScalar(tag, text) : isPlain ? plainScalar(text) : ({ type: 'string', value: text } as const);
    const quote = isPlain || event.style > 3 ? 0 : 1;
    const begin =
      event.valueStart === noRange ? Math.max(event.tagStart, event.anchorStart, this.frames.at(-1)?.node.start ?? 0, this.keyEnd()) : event.valueStart - quote;
    const end = event.valueStart === noRange ? begin : event.valueEnd + quote;
    if (read.type === 'error') {
      this.mistakes.push({
        offset: begin,
        end,
        message: read.error,
        expected: 'a value that JSON has',
        hint: 'Put it in quotes if a text is meant.',
        kubectl: read.kubectl,
      });
      return { kind: 'scalar', start: begin, end, value: null, isQuoted: !isPlain };
    }
    return { kind: 'scalar', start: begin, end, value: read.value, isQuoted: !isPlain };
  }

  /** Where an empty value stands: behind its key. */
  private keyEnd(): number {
    const frame = this.frames.at(-1);
    return frame?.kind === 'mapping' ? (frame.key?.end ?? 0) : 0;
  }

  private put(node: YamlNode, event?: { readonly anchorStart: number; readonly anchorEnd: number }): void {
    if (event !== undefined && event.anchorStart !== noRange) this.anchors.set(this.source.slice(event.anchorStart, event.anchorEnd), node);
    const frame = this.frames.at(-1);
    if (frame === undefined) this.root ??= node;
    else if (frame.kind === 'sequence') frame.node.items.push(node);
    else if (frame.key === undefined) this.putKey(frame, node);
    else this.putValue(frame, frame.key, node);
  }

  private putKey(frame: MappingFrame, node: YamlNode): void {
    const text = keyText(node);
    const end = node.kind === 'scalar' ? node.end : node.start + 1;
    if (text === undefined) {
      const what = node.kind === 'scalar' ? 'empty' : node.kind === 'mapping' ? 'an object' : 'a list';
      const hint = node.kind === 'scalar' ? {} : { hint: 'Two braces, {{ … }}, are often a template that was not filled in.' };
      this.mistakes.push({ offset: node.start, end, message: `the name of this field is ${what}`, expected: 'a text as a name', ...hint });
    }
    const isMerge = node.kind === 'scalar' && !node.isQuoted && node.value === '<<';
    frame.key = { text: text ?? '', start: node.start, end, isMerge };
  }

  private putValue(frame: MappingFrame, key: NonNullable<MappingFrame['key']>, node: YamlNode): void {
    frame.key = undefined;
    if (key.isMerge) {
      this.merge(frame, node);
      return;
    }
    if (frame.own.has(key.text)) {
      this.mistakes.push({
        offset: key.start,
        end: key.end,
        message: `the field "${key.text}" is set twice in this object`,
        expected: 'each field once',
        hint: 'Remove one of the two; the API would quietly keep the last.',
        kubectl: `key "${key.text}" already set in map`,
      });
    }
    frame.own.add(key.text);
    if (frame.all.has(key.text)) frame.node.entries = frame.node.entries.filter((entry) => entry.key !== key.text);
    frame.all.add(key.text);
    frame.node.entries.push({ key: key.text, start: key.start, end: key.end, node });
  }

  private merge(frame: MappingFrame, node: YamlNode): void {
    const sources = node.kind === 'sequence' ? node.items : [node];
    for (const source of sources) {
      if (source.kind !== 'mapping') {
        this.mistakes.push({
          offset: source.start,
          message: 'only an object can be merged with "<<"',
          expected: 'an alias of an object',
          kubectl: 'map merge requires map or sequence of maps as the value',
        });
        continue;
      }
      for (const entry of source.entries) {
        if (frame.all.has(entry.key)) continue;
        frame.all.add(entry.key);
        frame.node.entries.push(entry);
      }
    }
  }
}

/** Puts the events of js-yaml together as documents, with kubectl's meaning of scalars, merge keys and aliases. */
export function yamlTree(source: string, events: readonly Event[]): readonly TreeDocument[] {
  const builders: Builder[] = [];
  let depth = 0;
  for (const event of events) {
    if (event.type === EVENT_ID.DOCUMENT) builders.push(new Builder(source));
    if (event.type === EVENT_ID.DOCUMENT || event.type === EVENT_ID.SEQUENCE || event.type === EVENT_ID.MAPPING) depth += 1;
    if (event.type === EVENT_ID.POP) depth -= 1;
    // The last POP of a document closes the document itself.
    if (event.type !== EVENT_ID.POP || depth > 0) builders.at(-1)?.take(event);
  }
  return builders.map(({ root, mistakes }) => ({ root, mistakes }));
}
