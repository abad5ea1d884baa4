import type { Plain } from '../lab.ts';
import { positionsIn, unreadable } from './reading-error.ts';
import type { Position, ReadingError } from './reading-error.ts';
import { parseDocuments } from './yaml-documents.ts';
import { yamlTree } from './yaml-tree.ts';
import type { TreeMistake, YamlNode } from './yaml-tree.ts';

/** What a text may cost. */
export interface YamlBounds {
  readonly bytesMax: number;
  /** Values after aliases are written out: an alias bomb has billions. */
  readonly nodesMax: number;
  readonly depthMax: number;
  readonly documentsMax: number;
}

/** Enough for any manifest of the course. */
export const usualBounds: YamlBounds = { bytesMax: 65_536, nodesMax: 50_000, depthMax: 100, documentsMax: 100 };

/** Field names and list indexes from the root of a document. */
export type Path = readonly (string | number)[];

/** A value's place: its first character to behind its last, where the value stands on one line. */
export interface Place extends Position {
  readonly columnEnd?: number;
}

export interface YamlDocument {
  /** As JSON would hold it. */
  readonly value: Plain;
  /** Where the value at a path stands; of a path that does not exist, the nearest object above it. */
  readonly positionOf: (path: Path) => Place;
  /** Where the name of the field at a path stands; as `positionOf` for list items and the root. */
  readonly keyPositionOf: (path: Path) => Place;
}

export interface YamlReading {
  /** Documents with nothing in them are left out. Empty if there are errors of syntax; a field set twice is none. */
  readonly documents: readonly YamlDocument[];
  readonly errors: readonly ReadingError[];
}

/** More mistakes than anybody reads are left out. */
const errorsMax = 50;

/**
 * Values of a node with aliases written out, counted up to a limit, and its levels. An alias names something that is complete before it, so its
 * size is known when the alias is met: the walk never goes deeper than the text itself.
 */
function expanded(root: YamlNode, limit: number): { readonly size: number; readonly levels: number } {
  const known = new Map<YamlNode, { readonly size: number; readonly levels: number }>();
  const walk = (node: YamlNode): { readonly size: number; readonly levels: number } => {
    const before = known.get(node);
    if (before !== undefined) return before;
    const children = node.kind === 'scalar' ? [] : node.kind === 'sequence' ? node.items : node.entries.map((entry) => entry.node);
    let [size, levels] = [1, 0];
    for (const child of children) {
      const below = walk(child);
      size = Math.min(limit + 1, size + below.size);
      levels = Math.max(levels, below.levels);
    }
    const result = { size, levels: levels + 1 };
    known.set(node, result);
    return result;
  };
  return walk(root);
}

function valueOf(node: YamlNode): Plain {
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'sequence') return node.items.map(valueOf);
  // fromEntries makes "__proto__" a field like any other.
  return Object.fromEntries(node.entries.map((entry) => [entry.key, valueOf(entry.node)]));
}

interface Found {
  readonly node: YamlNode;
  readonly keyStart: number | undefined;
  readonly keyEnd: number | undefined;
}

function nodeAt(root: YamlNode, path: Path): Found {
  let found: Found = { node: root, keyStart: undefined, keyEnd: undefined };
  for (const step of path) {
    const { node } = found;
    if (node.kind === 'mapping') {
      const entry = node.entries.find(({ key }) => key === String(step));
      if (entry === undefined) break;
      found = { node: entry.node, keyStart: entry.start, keyEnd: entry.end };
    } else {
      const item = node.kind === 'sequence' && typeof step === 'number' ? node.items[step] : undefined;
      if (item === undefined) break;
      found = { node: item, keyStart: undefined, keyEnd: undefined };
    }
  }
  return found;
}

function documentOf(root: YamlNode, source: string): YamlDocument {
  const positions = positionsIn(source);
  const place = (start: number, end: number | undefined): Place => {
    const position = positions(start);
    if (end === undefined || end <= start) return position;
    const last = positions(end);
    return last.line === position.line ? { ...position, columnEnd: last.column } : position;
  };
  return {
    value: valueOf(root),
    positionOf: (path) => {
      const { node } = nodeAt(root, path);
      return place(node.start, node.kind === 'scalar' ? node.end : undefined);
    },
    keyPositionOf: (path) => {
      const { node, keyStart, keyEnd } = nodeAt(root, path);
      return keyStart === undefined ? place(node.start, node.kind === 'scalar' ? node.end : undefined) : place(keyStart, keyEnd);
    },
  };
}

function errorOf(mistake: TreeMistake, positions: (offset: number) => Position): ReadingError {
  const start = positions(mistake.offset);
  const end = mistake.end === undefined ? undefined : positions(mistake.end);
  const { message, expected, hint, kubectl } = mistake;
  // Errors of meaning carry the line, those about anchors do not.
  const printed =
    kubectl === undefined || kubectl.startsWith('json: ')
      ? kubectl
      : isRepeatedField(mistake)
        ? `yaml: unmarshal errors:
  line ${String(start.line)}: ${kubectl}`
        : `yaml: ${kubectl}`;
  const sentence = printed === undefined ? {} : { kubectl: printed };
  return {
    ...start,
    ...(end?.line === start.line && end.column > start.column ? { columnEnd: end.column } : {}),
    message,
    expected,
    ...(hint === undefined ? {} : { hint }),
    ...sentence,
  };
}

/** Without strict validation kubectl lets the last of two equal fields win: such a text still has a value. */
function isRepeatedField({ kubectl }: TreeMistake): boolean {
  return kubectl?.startsWith('key ') === true;
}

/**
 * Reads YAML as `kubectl apply` with strict validation does: YAML 1.1 scalars, several documents, CRLF, a byte order mark; a field set twice is an
 * error. Never throws; bounded in bytes, depth, documents and expanded values. A text with errors gives no documents,
 * except where fields are only repeated: then the last one counts, beside the error.
 */
export function readYaml(text: string, bounds: YamlBounds = usualBounds): YamlReading {
  const bad = unreadable(text, bounds.bytesMax);
  if (bad !== undefined) return { documents: [], errors: [bad] };
  const parsed = parseDocuments(text, bounds.depthMax + 2);
  if ('error' in parsed) return { documents: [], errors: [parsed.error] };
  const trees = parsed.documents.flatMap((events) => yamlTree(text, events) ?? []);
  const mistakes = trees.flatMap((tree) => tree.mistakes);
  const positions = positionsIn(text);
  const errors = mistakes.slice(0, errorsMax).map((mistake) => errorOf(mistake, positions));
  if (!mistakes.every(isRepeatedField)) return { documents: [], errors };
  const roots = trees.flatMap(({ root }) => (root === undefined || (root.kind === 'scalar' && root.value === null && root.start === root.end) ? [] : [root]));
  if (roots.length > bounds.documentsMax) {
    const first = roots[bounds.documentsMax];
    return {
      documents: [],
      errors: [
        {
          ...positions(first?.start ?? 0),
          message: `there are ${String(roots.length)} documents here`,
          expected: `at most ${String(bounds.documentsMax)}`,
        },
      ],
    };
  }
  let nodes = 0;
  for (const root of roots) {
    const { size, levels } = expanded(root, bounds.nodesMax);
    nodes += size;
    if (nodes <= bounds.nodesMax && levels <= bounds.depthMax + 1) continue;
    const hint = text.includes('*')
      ? {
          hint: 'Aliases that name aliases multiply: this is known as an alias bomb, and the API server refuses it too.',
        }
      : {};
    return {
      documents: [],
      errors: [
        {
          ...positions(root.start),
          message: 'this stands for too many values once its aliases are written out',
          expected: `at most ${String(bounds.nodesMax)} values and ${String(bounds.depthMax)} levels`,
          ...hint,
        },
      ],
    };
  }
  return { documents: roots.map((root) => documentOf(root, text)), errors };
}
