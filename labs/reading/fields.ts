/** A wrong field of a scenario file; `path` is written as `solutions[0].moves[1].run`. */
export class ScenarioError extends Error {
  constructor(path: string, expected: string) {
    super(path === '' ? expected : `${path}: ${expected}`);
  }
}

/** A plain object, not a list. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const itemsMax = 50;

/** Takes the fields of one object one by one; each method throws a `ScenarioError` that names the field. */
export class Fields {
  readonly #record: Readonly<Record<string, unknown>>;
  readonly #path: string;
  readonly #taken = new Set<string>();

  constructor(value: unknown, path: string) {
    if (!isRecord(value)) throw new ScenarioError(path, `an object with fields, not ${nameOf(value)}`);
    this.#record = value;
    this.#path = path;
  }

  at(name: string): string {
    return this.#path === '' ? name : `${this.#path}.${name}`;
  }

  has(name: string): boolean {
    return this.#record[name] !== undefined;
  }

  value(name: string): unknown {
    this.#taken.add(name);
    return this.#record[name];
  }

  /** Any text, an empty one too. */
  string(name: string): string {
    const value = this.value(name);
    if (typeof value !== 'string') throw new ScenarioError(this.at(name), `a text, not ${nameOf(value)}`);
    return value;
  }

  /** A text with something in it. */
  text(name: string): string {
    const value = this.string(name);
    if (value.trim() === '') throw new ScenarioError(this.at(name), 'a text, not an empty one');
    return value.trim();
  }

  boolean(name: string): boolean {
    const value = this.value(name);
    if (typeof value !== 'boolean') throw new ScenarioError(this.at(name), `true or false, not ${nameOf(value)}`);
    return value;
  }

  integer(name: string, min: number, max: number): number {
    const value = this.value(name);
    if (typeof value !== 'number' || !Number.isInteger(value) || value < min || value > max) {
      throw new ScenarioError(this.at(name), `a whole number from ${min} to ${max}, not ${nameOf(value)}`);
    }
    return value;
  }

  oneOf<const Name extends string>(name: string, allowed: readonly Name[]): Name {
    const value = this.value(name);
    const found = allowed.find((item) => item === value);
    if (found === undefined) throw new ScenarioError(this.at(name), `one of ${allowed.join(', ')}, not ${nameOf(value)}`);
    return found;
  }

  /** The object has exactly one of these fields: which? */
  onlyOneOf<const Name extends string>(allowed: readonly Name[]): Name {
    const [first, second] = allowed.filter((name) => this.has(name));
    if (first === undefined || second !== undefined) {
      throw new ScenarioError(this.#path, `exactly one of ${allowed.join(', ')}, not ${Object.keys(this.#record).join(' and ') || 'nothing'}`);
    }
    return first;
  }

  fields(name: string): Fields {
    return new Fields(this.value(name), this.at(name));
  }

  /** A list, empty when the field is absent. */
  list<Item>(name: string, item: (fields: Fields) => Item, lengthMax = itemsMax): readonly Item[] {
    return this.#items(name, lengthMax).map((value, index) => {
      const fields = new Fields(value, `${this.at(name)}[${index}]`);
      const made = item(fields);
      fields.nothingElse();
      return made;
    });
  }

  strings(name: string): readonly string[] {
    return this.#items(name, itemsMax).map((value, index) => {
      if (typeof value !== 'string') throw new ScenarioError(`${this.at(name)}[${index}]`, `a text, not ${nameOf(value)}`);
      return value.trim();
    });
  }

  /** Names to texts, the texts untouched. */
  texts(name: string): Readonly<Record<string, string>> {
    const record = this.value(name);
    if (!isRecord(record)) throw new ScenarioError(this.at(name), `an object of texts, not ${nameOf(record)}`);
    return Object.fromEntries(
      Object.entries(record).map(([key, value]) => {
        if (typeof value !== 'string') throw new ScenarioError(`${this.at(name)}.${key}`, `a text, not ${nameOf(value)}; write it after \`|\``);
        return [key, value];
      }),
    );
  }

  /** Fields that nobody asked for are typing errors. */
  nothingElse(): void {
    const stranger = Object.keys(this.#record).find((name) => !this.#taken.has(name));
    if (stranger !== undefined) throw new ScenarioError(this.at(stranger), `no such field; there are: ${[...this.#taken].join(', ')}`);
  }

  #items(name: string, lengthMax: number): readonly unknown[] {
    const value = this.value(name) ?? [];
    if (!Array.isArray(value)) throw new ScenarioError(this.at(name), `a list, not ${nameOf(value)}`);
    if (value.length > lengthMax) throw new ScenarioError(this.at(name), `at most ${lengthMax} items, not ${value.length}`);
    return value;
  }
}

function nameOf(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'an empty value';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : JSON.stringify(value);
}
