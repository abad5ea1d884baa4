import type { Plain } from '../lab.ts';
import type { ReadingError } from './reading-error.ts';
import { readYaml, usualBounds, type Path, type Place, type YamlDocument } from './read-yaml.ts';

const isRecord = (value: Plain | undefined): value is Readonly<Record<string, Plain>> => typeof value === 'object' && value !== null && !Array.isArray(value);

function kindOf(value: Plain): string {
  if (value === null) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object'
    ? 'an object'
    : `${typeof value === 'string' ? 'the text' : typeof value === 'boolean' ? 'the truth value' : 'the number'} ${JSON.stringify(value)}`;
}

/**
 * Reads a lab's small YAML text (one object with known fields), field by field. Mistakes are collected with their place; a field with a mistake counts
 * as absent, so that one run tells all mistakes. An empty text is an object without fields.
 */
export class SettingsReader {
  readonly errors: ReadingError[] = [];
  readonly #document: YamlDocument | undefined;

  constructor(text: string, bytesMax: number) {
    const reading = readYaml(text, { ...usualBounds, bytesMax, documentsMax: 1 });
    this.errors.push(...reading.errors);
    this.#document = reading.documents[0];
    if (this.#document !== undefined && !isRecord(this.#document.value))
      this.wrong([], `this is ${kindOf(this.#document.value)}`, 'an object: lines of the form name: value');
  }

  /** Notes a mistake in the value at a path. */
  wrong(path: Path, message: string, expected: string, hint?: string): void {
    this.#note(path, this.#document?.positionOf(path), { message, expected, ...(hint === undefined ? {} : { hint }) });
  }

  #note(path: Path, place: Place | undefined, { message, ...rest }: Omit<ReadingError, keyof Place>): void {
    const name = path.join('.');
    this.errors.push({ line: 1, column: 1, ...place, message: name === '' ? message : `${name}: ${message}`, ...rest });
  }

  #at(path: Path): Plain | undefined {
    let value: Plain | undefined = this.#document?.value;
    for (const step of path)
      value = isRecord(value)
        ? Object.hasOwn(value, step)
          ? value[step]
          : undefined
        : Array.isArray(value)
          ? (value as readonly Plain[])[Number(step)]
          : undefined;
    return value ?? undefined;
  }

  /** Field names at a path; a wrong kind of value is a mistake. */
  keys(path: Path): readonly string[] {
    const value = this.#at(path);
    if (value === undefined) return [];
    if (isRecord(value)) return Object.keys(value);
    this.wrong(path, `this is ${kindOf(value)}`, 'an object: lines of the form name: value');
    return [];
  }

  /** Fields other than the known ones are mistakes. */
  onlyFields(path: Path, known: readonly string[]): void {
    for (const key of this.keys(path)) {
      const at = [...path, key];
      if (!known.includes(key)) this.#note(at, this.#document?.keyPositionOf(at), { message: 'no such field', expected: `one of ${known.join(', ')}` });
    }
  }

  /** A text; numbers and truth values are taken as they are written. */
  text(path: Path): string | undefined {
    const value = this.#at(path);
    if (value === undefined || typeof value === 'string') return value;
    if (typeof value === 'number' || typeof value === 'boolean') return String(value);
    this.wrong(path, `this is ${kindOf(value)}`, 'a text');
    return undefined;
  }

  truth(path: Path): boolean | undefined {
    const value = this.#at(path);
    if (value === undefined || typeof value === 'boolean') return value;
    this.wrong(path, `this is ${kindOf(value)}`, 'true or false');
    return undefined;
  }

  /** One of the given texts. */
  choice<Value extends string>(path: Path, values: readonly Value[]): Value | undefined {
    const value = this.text(path);
    if (value === undefined) return undefined;
    const known = values.find((candidate) => candidate === value);
    if (known === undefined) this.wrong(path, `${JSON.stringify(value)} is not known`, `one of ${values.join(', ')}`);
    return known;
  }

  /** The number of items of a list at a path; a wrong kind of value is a mistake. */
  length(path: Path, itemsMax: number): number {
    const value = this.#at(path);
    if (value === undefined) return 0;
    if (!Array.isArray(value)) {
      this.wrong(path, `this is ${kindOf(value)}`, 'a list: lines that begin with "- "');
      return 0;
    }
    const items = value as readonly Plain[];
    if (items.length > itemsMax) this.wrong(path, `${items.length} items are too many`, `at most ${itemsMax}`);
    return Math.min(items.length, itemsMax);
  }

  /** A list of texts. */
  texts(path: Path, itemsMax: number): readonly string[] | undefined {
    if (this.#at(path) === undefined) return undefined;
    return Array.from({ length: this.length(path, itemsMax) }, (_, index) => this.text([...path, index]) ?? '');
  }

  /** One text, or a list of them. */
  textOrTexts(path: Path, itemsMax: number): readonly string[] {
    const value = this.#at(path);
    if (Array.isArray(value)) return this.texts(path, itemsMax) ?? [];
    const text = this.text(path);
    return text === undefined ? [] : [text];
  }

  /** Whether the value at a path is an object (and not a plain value). */
  isObject(path: Path): boolean {
    return isRecord(this.#at(path));
  }
}
