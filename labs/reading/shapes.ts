import type { Plain } from '../lab.ts';
import type { Path } from './read-yaml.ts';

/** What a field may hold. `any`: an official field that no rule here looks into. */
export type Shape =
  | 'any'
  | 'text'
  | 'integer'
  | 'boolean'
  | 'integer or text'
  | { readonly oneOf: readonly string[] }
  | { readonly list: Shape }
  | { readonly map: Shape }
  | { readonly fields: Readonly<Record<string, Shape>>; readonly name: string };

/** A wrong value: where, and what was expected. `unknown`: the field itself is wrong, and the place is its name. */
export interface ShapeMistake {
  readonly path: Path;
  readonly message: string;
  readonly expected: string;
  readonly hint?: string;
  readonly isUnknown: boolean;
}

/** A path as the API server writes it: `spec.ports[0].name`. */
export function pathText(path: Path): string {
  return path.map((step, index) => (typeof step === 'number' ? `[${String(step)}]` : index === 0 ? step : `.${step}`)).join('');
}

function distance(first: string, second: string): number {
  let previous = Array.from({ length: second.length + 1 }, (_, index) => index);
  for (let row = 1; row <= first.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= second.length; column += 1) {
      const replaced = (previous[column - 1] ?? 0) + (first[row - 1] === second[column - 1] ? 0 : 1);
      current.push(Math.min(replaced, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[second.length] ?? 0;
}

/** The known word that was probably meant: the same but for case, or at most two letters away; undefined: none is near. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  if (word.length > 40) return undefined;
  const lower = word.toLowerCase();
  let best: { word: string; distance: number } | undefined;
  for (const candidate of known) {
    const apart = candidate.toLowerCase() === lower ? 0 : distance(lower, candidate.toLowerCase());
    if (apart <= Math.min(2, Math.floor(word.length / 3)) && (best === undefined || apart < best.distance)) best = { word: candidate, distance: apart };
  }
  return best?.word;
}

function nameOf(value: Plain): string {
  if (value === null) return 'empty';
  if (typeof value === 'string') return `a text ("${value.slice(0, 30)}")`;
  if (typeof value === 'number') return `a number (${String(value)})`;
  if (typeof value === 'boolean') return `a boolean (${String(value)})`;
  return Array.isArray(value) ? 'a list' : 'an object';
}

function isObject(value: Plain): value is Readonly<Record<string, Plain>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const expectedOf: Readonly<Record<string, string>> = {
  text: 'a text',
  integer: 'a whole number',
  boolean: 'true or false',
  'integer or text': 'a whole number or a text',
};

function hintFor(value: Plain, shape: Shape): string | undefined {
  if (shape === 'text' && (typeof value === 'number' || typeof value === 'boolean'))
    return 'Put it in quotes: without them YAML reads a number or a boolean (yes, no, on, off and y are booleans).';
  if ((shape === 'integer' || shape === 'boolean') && typeof value === 'string') return 'Remove the quotes: in quotes it is a text.';
  if (typeof shape === 'object' && 'list' in shape) return 'Start each item with "- ".';
  if (typeof shape === 'object' && 'fields' in shape && Array.isArray(value)) return 'Remove the "- ": here stands one object, not a list.';
  return undefined;
}

function isScalarOf(value: Plain, shape: Shape): boolean {
  switch (shape) {
    case 'any':
      return true;
    case 'text':
      return typeof value === 'string';
    case 'integer':
      return typeof value === 'number' && Number.isInteger(value);
    case 'boolean':
      return typeof value === 'boolean';
    case 'integer or text':
      return typeof value === 'string' || (typeof value === 'number' && Number.isInteger(value));
    default:
      return 'oneOf' in shape && typeof value === 'string';
  }
}

const mistakesMax = 50;

/**
 * Compares a value with a shape: unknown fields (with the nearest known one) and values of a wrong type. An empty value counts as an absent field, as
 * the API server takes it. At most 50 mistakes.
 */
export function shapeMistakes(value: Plain, shape: Shape): readonly ShapeMistake[] {
  const mistakes: ShapeMistake[] = [];
  const wrong = (path: Path, found: Plain, expected: string, hint: string | undefined): void => {
    mistakes.push({ path, message: `${pathText(path)} is ${nameOf(found)}`, expected, isUnknown: false, ...(hint === undefined ? {} : { hint }) });
  };
  const walk = (found: Plain, wanted: Shape, path: Path): void => {
    if (found === null || wanted === 'any' || mistakes.length >= mistakesMax) return;
    if (typeof wanted === 'string' || 'oneOf' in wanted) {
      if (!isScalarOf(found, wanted))
        wrong(
          path,
          found,
          typeof wanted === 'string' ? (expectedOf[wanted] ?? wanted) : 'a text',
          hintFor(found, typeof wanted === 'string' ? wanted : 'text'),
        );
      else if (typeof wanted === 'object' && typeof found === 'string' && !wanted.oneOf.includes(found)) {
        const near = nearest(found, wanted.oneOf);
        const supported = [...wanted.oneOf].map((word) => `"${word}"`).join(', ');
        mistakes.push({
          path,
          message: `${pathText(path)}: Unsupported value: "${found}": supported values: ${supported}`,
          expected: `one of ${wanted.oneOf.join(', ')}`,
          isUnknown: false,
          ...(near === undefined ? {} : { hint: `Did you mean ${near}?` }),
        });
      }
    } else if ('list' in wanted) {
      if (!Array.isArray(found)) wrong(path, found, 'a list', hintFor(found, wanted));
      else for (const [index, item] of (found as readonly Plain[]).entries()) walk(item, wanted.list, [...path, index]);
    } else if (!isObject(found)) {
      wrong(path, found, 'map' in wanted ? 'an object with fields of your choice' : `an object (${wanted.name})`, hintFor(found, wanted));
    } else {
      for (const [key, item] of Object.entries(found)) {
        const below = 'map' in wanted ? wanted.map : Object.hasOwn(wanted.fields, key) ? wanted.fields[key] : undefined;
        if (below !== undefined) walk(item, below, [...path, key]);
        else if ('fields' in wanted) mistakes.push(unknownField([...path, key], wanted));
      }
    }
  };
  walk(value, shape, []);
  return mistakes.slice(0, mistakesMax);
}

function unknownField(path: Path, shape: { readonly fields: Readonly<Record<string, Shape>>; readonly name: string }): ShapeMistake {
  const near = nearest(String(path.at(-1)), Object.keys(shape.fields));
  return {
    path,
    message: `unknown field "${pathText(path)}"`,
    expected: `a field of ${shape.name}`,
    isUnknown: true,
    ...(near === undefined ? {} : { hint: `Did you mean ${near}?` }),
  };
}
