import { diffArrays } from 'diff';

/** What a line of a listing is: looked at, new, or gone. The names are those of the elements that say so to everybody. */
export type LineKind = 'mark' | 'ins' | 'del';

/** How a listing is to be shown: the kinds of its lines, from 1. */
export type LineKinds = ReadonlyMap<number, LineKind>;

/** What stands behind the language of a fence: a title and lines. */
export interface FenceMeta {
  readonly title: string | undefined;
  readonly kinds: LineKinds;
}

/** The lines that `2-4,7` names. Throws for anything else, and for a line that the listing has not; `where` says which listing. */
export function readLines(text: string, linesMax: number, where: string): readonly number[] {
  return text.split(',').flatMap((piece) => {
    const [, first = '', last = first] = /^\s*(\d+)(?:-(\d+))?\s*$/.exec(piece) ?? [];
    const [from, to] = [Number(first), Number(last)];
    if (from < 1 || to < from || to > linesMax)
      throw new Error(`${where}: "${piece.trim()}" names no lines. Expected lines from 1 to ${linesMax}, such as 2-4,7.`);
    return Array.from({ length: to - from + 1 }, (_, index) => from + index);
  });
}

const attributes: Readonly<Record<string, LineKind>> = { mark: 'mark', add: 'ins', remove: 'del' };

/**
 * Reads what stands behind the language of a fence: `title="a.yaml" mark="2-4" add="7" remove="6"`, each at most once. Throws for a word that it does not know,
 * for a slip would show nothing.
 */
export function readFenceMeta(meta: string, linesMax: number): FenceMeta {
  const kinds = new Map<number, LineKind>();
  let title: string | undefined;
  const rest = meta.replace(/(\w+)="([^"]*)"/g, (_, name: string, value: string) => {
    const kind = attributes[name];
    if (name === 'title') title = value;
    else if (kind === undefined) throw new Error(`A fence has "${name}". Expected title, ${Object.keys(attributes).join(', ')}.`);
    else for (const line of readLines(value, linesMax, `A fence, ${name}`)) kinds.set(line, kind);
    return '';
  });
  if (rest.trim() !== '') throw new Error(`A fence has "${rest.trim()}". Expected name="value", such as title="a.yaml" or mark="2-4".`);
  return { title, kinds };
}

/** A line of two texts laid over one another; `line` counts in the new text, from 1. */
export interface ComparedLine {
  readonly text: string;
  readonly kind: 'ins' | 'del' | undefined;
  readonly line: number | undefined;
}

/** The new text with the lines that are gone between its own: the fewest that make one from the other, what is gone first. */
export function compareLines(before: readonly string[], after: readonly string[]): readonly ComparedLine[] {
  let line = 0;
  return diffArrays([...before], [...after]).flatMap(({ value, removed, added }) =>
    value.map((text): ComparedLine => {
      if (removed) return { text, kind: 'del', line: undefined };
      line += 1;
      return { text, kind: added ? 'ins' : undefined, line };
    }),
  );
}
