import type { Plain } from '../lab.ts';
import type { NameRule } from './name-rules.ts';
import type { Path } from './read-yaml.ts';
import { pathText } from './shapes.ts';

/** A value that the API server refuses though its type is right; `message` in the server's own words, with the path in front. */
export interface FieldMistake {
  readonly path: Path;
  readonly message: string;
  readonly expected: string;
  readonly hint?: string;
}

/** Advice that goes with a mistake: what was expected, and how to mend it. */
export interface Advice {
  readonly expected: string;
  readonly hint?: string;
}

/** A value inside an object of checked shape, with its path, and the list that mistakes go into. Absent values read as empty. */
export class FieldReader {
  readonly path: Path;
  readonly value: Plain | undefined;
  private readonly mistakes: FieldMistake[];

  constructor(value: Plain | undefined, path: Path, mistakes: FieldMistake[]) {
    this.value = value ?? undefined;
    this.path = path;
    this.mistakes = mistakes;
  }

  at(name: string): FieldReader {
    const { value } = this;
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    const fields = isObject ? (value as Readonly<Record<string, Plain>>) : {};
    return new FieldReader(Object.hasOwn(fields, name) ? fields[name] : undefined, [...this.path, name], this.mistakes);
  }

  items(): readonly FieldReader[] {
    if (!Array.isArray(this.value)) return [];
    return (this.value as readonly Plain[]).map((item, index) => new FieldReader(item, [...this.path, index], this.mistakes));
  }

  get text(): string {
    return typeof this.value === 'string' ? this.value : '';
  }

  get number(): number | undefined {
    return typeof this.value === 'number' ? this.value : undefined;
  }

  get isPresent(): boolean {
    return this.value !== undefined;
  }

  get keys(): readonly string[] {
    return typeof this.value === 'object' && this.value !== null && !Array.isArray(this.value) ? Object.keys(this.value) : [];
  }

  required(detail: string, advice: Advice): void {
    this.add(`Required value${detail === '' ? '' : `: ${detail}`}`, advice);
  }

  invalid(detail: string, advice: Advice): void {
    this.add(`Invalid value: ${JSON.stringify(this.value ?? null)}: ${detail}`, advice);
  }

  forbidden(detail: string, advice: Advice): void {
    this.add(`Forbidden: ${detail}`, advice);
  }

  duplicate(advice: Advice): void {
    this.add(`Duplicate value: ${JSON.stringify(this.value ?? null)}`, advice);
  }

  /** Checks a text that is present. */
  follows(rule: NameRule, advice: Advice, text: string = this.text): void {
    if (this.isPresent) for (const sentence of rule(text)) this.invalid(sentence, advice);
  }

  /** Checks a whole number that is present. */
  within(min: number, max: number, what: string): void {
    const { number } = this;
    if (number !== undefined && (number < min || number > max))
      this.invalid(`must be between ${String(min)} and ${String(max)}, inclusive`, { expected: what });
  }

  private add(rest: string, advice: Advice): void {
    this.mistakes.push({ path: this.path, message: `${pathText(this.path)}: ${rest}`, ...advice });
  }
}
