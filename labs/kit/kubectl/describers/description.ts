import type { Json, JsonObject } from '../../../engine/patch/json.ts';
import type { Store } from '../../../engine/store/store.ts';
import type { StoredObject } from '../../../engine/store/stored-object.ts';
import { sortedEntries } from '../field-at.ts';

/** Where and when an object is described. */
export interface Surroundings {
  readonly store: Store;
  /** The present, in milliseconds since 1970. */
  readonly nowMs: number;
}

/** The lines of a description, with tabs where columns end; the Events come after them. */
export type Describer = (object: StoredObject, surroundings: Surroundings) => readonly string[];

/** `title:` with its values below each other. */
export function column(title: string, values: readonly string[]): readonly string[] {
  const [first = '<none>', ...rest] = values;
  return [`${title}:\t${first}`, ...rest.map((value) => `${/^ */u.exec(title)?.[0] ?? ''}\t${value}`)];
}

/** Labels, or anything else like them, sorted by name. */
export const labelLines = (title: string, labels: JsonObject): readonly string[] =>
  column(
    title,
    sortedEntries(labels).map(([name, text]) => `${name}=${text}`),
  );

/** Longer annotations are cut. */
const annotationLengthMax = 140;
const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';

/** Annotations sorted by name; long ones and those of several lines start on a line of their own. Models printAnnotationsMultiline. */
export function annotationLines(annotations: JsonObject): readonly string[] {
  const values = sortedEntries(annotations)
    .filter(([name]) => name !== lastApplied)
    .flatMap(([name, text]) => {
      const value = text.replace(/\n$/u, '');
      if (value.length + name.length + 2 <= annotationLengthMax && !value.includes('\n')) return [`${name}: ${value}`];
      return [
        `${name}:`,
        ...value.split('\n').map((line) => `  ${line.length > annotationLengthMax - 2 ? `${line.slice(0, annotationLengthMax - 2)}...` : line}`),
      ];
    });
  return column('Annotations', values);
}

/** A list as Go prints it: `[a b]`. */
export const goList = (values: readonly string[]): string => `[${values.join(' ')}]`;

/** `True` or `False`. */
export const goBoolean = (value: Json | undefined): string => (value === true ? 'True' : 'False');

/** Lines a level deeper. */
export const indented = (lines: readonly string[], by = '  '): readonly string[] => lines.map((line) => `${by}${line}`);
