import { scalarText } from './yaml-events.ts';
import { plainScalar, taggedScalar } from './yaml-scalars.ts';
import type { Mark } from './yaml-complaint.ts';
import type { YamlEvent } from './yaml-events.ts';

/** A value with the places it was read from. Aliases point to the very node they name. */
export type YamlNode =
  | {
      readonly kind: 'scalar';
      readonly start: number;
      readonly end: number;
      readonly value: string | number | boolean | null;
      readonly isQuoted: boolean;
    }
  | {
      readonly kind: 'sequence';
      readonly start: number;
      readonly items: readonly YamlNode[];
    }
  | {
      readonly kind: 'mapping';
      readonly start: number;
      readonly entries: readonly YamlEntry[];
    };

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
  readonly node: {
    readonly kind: 'mapping';
    readonly start: number;
    entries: YamlEntry[];
  };
  /** Fields written in this object, and all with the merged ones. */
  readonly own: Set<string>;
  readonly all: Set<string>;
  key:
    | {
        readonly text: string;
        readonly start: number;
        readonly end: number;
        readonly isMerge: boolean;
        /** The object that stands in place of a name; its fields are known once the value comes. */
        readonly wrong?: {
          readonly node: YamlNode;
          readonly mistake: { kubectl?: string };
        };
      }
    | undefined;
}
type Frame =
  | MappingFrame
  | {
      readonly kind: 'sequence';
      readonly node: {
        readonly kind: 'sequence';
        readonly start: number;
        readonly items: YamlNode[];
      };
    };

/** A key as JSON writes it: numbers and booleans become texts. */
function keyText(node: YamlNode): string | undefined {
  if (node.kind !== 'scalar' || node.value === null) return undefined;
  return String(node.value);
}

const templateHint = 'Helm fills in templates; kubectl reads them as they are.';

/** kubectl's sentence for an object of one field without value in place of a name: what an unfilled template is. */
function invalidMapKey(node: YamlNode): string | undefined {
  const [entry, second] = node.kind === 'mapping' ? node.entries : [];
  if (entry === undefined || second !== undefined || entry.node.kind !== 'scalar' || entry.node.value !== null) return undefined;
  // Go's quotes are those of JSON for these characters.
  return /^[ -~]+$/u.test(entry.key) ? `invalid map key: map[interface {}]interface {}{${JSON.stringify(entry.key)}:interface {}(nil)}` : undefined;
}

/** Builds one document from its events. */
class Builder {
  readonly mistakes: TreeMistake[] = [];
  root: YamlNode | undefined;
  private readonly frames: Frame[] = [];
  private readonly anchors = new Map<string, YamlNode>();
  private readonly source: string;

  constructor(source: string) {
    this.source = source;
  }

  take(event: YamlEvent): void {
    switch (event.type) {
      case 'scalar':
        this.put(this.scalar(event), event.anchor);
        return;
      case 'sequence': {
        const node = { kind: 'sequence' as const, start: event.start, items: [] };
        this.put(node, event.anchor);
        this.frames.push({ kind: 'sequence', node });
        return;
      }
      case 'mapping': {
        const node = { kind: 'mapping' as const, start: event.start, entries: [] };
        this.put(node, event.anchor);
        this.frames.push({ kind: 'mapping', node, own: new Set(), all: new Set(), key: undefined });
        return;
      }
      case 'alias': {
        const { name, start, end } = event;
        const node = this.anchors.get(name);
        if (node !== undefined && !this.frames.some((frame) => frame.node === node)) {
          this.put(node);
          return;
        }
        this.mistakes.push({
          offset: start,
          end,
          message: `the alias *${name} stands inside what it names`,
          expected: 'an alias of something that is complete before it',
          hint: 'If the * belongs to the value, put the value in quotes.',
          kubectl: `anchor '${name}' value contains itself`,
        });
        this.put({ kind: 'scalar', start, end, value: null, isQuoted: false });
        return;
      }
      case 'pop':
        this.frames.pop();
        return;
      case 'document':
    }
  }

  private scalar({ token, tag, properties }: Extract<YamlEvent, { readonly type: 'scalar' }>): YamlNode {
    const text = token === undefined ? '' : scalarText(this.source, token);
    const fullTag = tag?.replace(/^!<tag:yaml\.org,2002:(.*)>$/u, '!!$1');
    const isPlain = token === undefined || (token.text === undefined && !['"', "'"].includes(this.source.charAt(token.mark.offset)));
    const read = fullTag !== undefined ? taggedScalar(fullTag, text) : isPlain ? plainScalar(text) : ({ type: 'string', value: text } as const);
    // The parser ends the last line of a text, if need be.
    const begin = token === undefined ? this.emptyAt(properties) : Math.min(token.mark.offset, this.source.length);
    const end = Math.min(token?.end ?? begin, this.source.length);
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

  /** Where an empty value stands: behind its key, or at its anchor or tag. */
  private emptyAt(properties: Mark | undefined): number {
    const frame = this.frames.at(-1);
    const keyEnd = frame?.kind === 'mapping' ? (frame.key?.end ?? 0) : 0;
    return Math.max(properties?.offset ?? 0, frame?.node.start ?? 0, keyEnd);
  }

  private put(node: YamlNode, anchor?: string): void {
    if (anchor !== undefined) this.anchors.set(anchor, node);
    const frame = this.frames.at(-1);
    if (frame === undefined) this.root ??= node;
    else if (frame.kind === 'sequence') frame.node.items.push(node);
    else if (frame.key === undefined) this.putKey(frame, node);
    else this.putValue(frame, frame.key, node);
  }

  private putKey(frame: MappingFrame, node: YamlNode): void {
    const text = keyText(node);
    const end = node.kind === 'scalar' ? node.end : node.start + 1;
    let wrong: NonNullable<MappingFrame['key']>['wrong'];
    if (text === undefined) {
      const what = node.kind === 'scalar' ? 'empty' : node.kind === 'mapping' ? 'an object' : 'a list';
      const isTemplate = this.source.startsWith('{{', node.start - 1);
      const mistake: TreeMistake & { kubectl?: string } = isTemplate
        ? { offset: node.start - 1, message: 'two braces, {{ … }}, are a template that was not filled in', expected: 'the value itself', hint: templateHint }
        : { offset: node.start, end, message: `the name of this field is ${what}`, expected: 'a text as a name' };
      this.mistakes.push(mistake);
      wrong = { node, mistake };
    }
    const isMerge = node.kind === 'scalar' && !node.isQuoted && node.value === '<<';
    frame.key = {
      text: text ?? '',
      start: node.start,
      end,
      isMerge,
      ...(wrong && { wrong }),
    };
  }

  private putValue(frame: MappingFrame, key: NonNullable<MappingFrame['key']>, node: YamlNode): void {
    frame.key = undefined;
    if (key.wrong !== undefined) {
      const sentence = invalidMapKey(key.wrong.node);
      if (sentence !== undefined) key.wrong.mistake.kubectl = sentence;
    }
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

/** Puts the events of a document together, with kubectl's meaning of scalars, merge keys and aliases; undefined: there is none. */
export function yamlTree(source: string, events: readonly YamlEvent[]): TreeDocument | undefined {
  if (events.length === 0) return undefined;
  const builder = new Builder(source);
  // The last pop closes the document itself.
  for (const event of events.slice(0, -1)) builder.take(event);
  return { root: builder.root, mistakes: builder.mistakes };
}
