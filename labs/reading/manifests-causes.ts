import type { Plain } from '../lab.ts';
import type { Manifest } from './manifests.ts';
import type { Path, Place } from './read-yaml.ts';
import type { ReadingError } from './reading-error.ts';
import { nearest } from './shapes.ts';

/** One thing that the API server's validation says of an object: `spec.containers[0].name`, `Duplicate value: "c"`. */
export interface Cause {
  readonly field: string;
  readonly message: string;
}

const isObject = (value: Plain | undefined): value is Readonly<Record<string, Plain>> => typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Gives the answers of the API server's validation their places in the text: of a value that is wrong its own, of a field that is missing the object
 * that lacks it, of a label the label. All of kubectl's sentence stands at the first.
 */
export function errorAt(manifest: Manifest, causes: readonly Cause[]): readonly ReadingError[] {
  const sentences = [...new Set(causes.map(sentenceOf))];
  const start = `The ${manifest.kind} "${manifest.name}" is invalid: `;
  const kubectl = sentences.length === 1 ? `${start}${sentences[0] ?? ''}` : `${start}\n${sentences.map((sentence) => `* ${sentence}`).join('\n')}`;
  return causes.map((cause, index) => {
    const message = sentenceOf(cause);
    return { ...placeOf(manifest, cause), message, ...wordsFor(cause.message), ...(index === 0 ? { kubectl } : {}) };
  });
}

const sentenceOf = ({ field, message }: Cause): string => (field === '' ? message : `${field}: ${message}`);

/** Steps of a field path as the API server writes them: dots, `[0]`, and `[name]` for names in maps. */
function fieldSteps(field: string): readonly string[] {
  return [...field.matchAll(/\[([^\]]*)\]|[^.[\]]+/gu)].map(([whole, inBrackets]) => inBrackets ?? whole);
}

interface Resolved {
  readonly path: Path;
  readonly value: Plain;
  readonly isWhole: boolean;
}

/** As far as the path exists in the object. Names with dots may stand behind a dot, too. */
function resolve(root: Plain, steps: readonly string[]): Resolved {
  let value = root;
  const path: (string | number)[] = [];
  let at = 0;
  while (at < steps.length) {
    const step = steps[at] ?? '';
    if (Array.isArray(value)) {
      const item = (value as readonly Plain[])[Number(step)];
      if (!/^\d+$/u.test(step) || item === undefined) break;
      path.push(Number(step));
      value = item;
      at += 1;
    } else {
      const taken = isObject(value) ? nameAt(value, steps.slice(at)) : undefined;
      if (taken === undefined || !isObject(value)) break;
      path.push(taken.name);
      value = value[taken.name] ?? null;
      at += taken.steps;
    }
  }
  return { path, value, isWhole: at === steps.length };
}

function nameAt(value: Readonly<Record<string, Plain>>, steps: readonly string[]): { readonly name: string; readonly steps: number } | undefined {
  for (let taken = 1; taken <= steps.length; taken += 1) {
    const name = steps.slice(0, taken).join('.');
    if (Object.hasOwn(value, name)) return { name, steps: taken };
  }
  return undefined;
}

function placeOf(manifest: Manifest, { field, message }: Cause): Place {
  const { path, value, isWhole } = resolve(manifest.written, fieldSteps(field));
  if (path.length === 0) return manifest.keyPositionOf(['kind']);
  if (!isWhole) return typeof path.at(-1) === 'number' ? manifest.positionOf(path) : manifest.keyPositionOf(path);
  const written = /: ("(?:[^"\\]|\\.)*")/u.exec(message)?.[1];
  const wrong = written === undefined ? undefined : textIn(written);
  if (isObject(value)) {
    // Names and values of maps are reported at the map.
    if (wrong !== undefined && Object.hasOwn(value, wrong)) return manifest.keyPositionOf([...path, wrong]);
    const name = Object.keys(value).find((each) => wrong !== undefined && value[each] === wrong);
    return name === undefined ? manifest.keyPositionOf(path) : manifest.positionOf([...path, name]);
  }
  return Array.isArray(value) || message.startsWith('Forbidden') ? manifest.keyPositionOf(path) : manifest.positionOf(path);
}

function textIn(quoted: string): string | undefined {
  try {
    return JSON.parse(quoted) as string;
  } catch {
    return undefined;
  }
}

/** What to write instead, as far as the sentence says it. */
function wordsFor(message: string): Pick<ReadingError, 'expected' | 'hint'> {
  const supported = /^Unsupported value: ("(?:[^"\\]|\\.)*"): supported values: (.*)$/u.exec(message);
  if (supported !== null) {
    const values = [...(supported[2] ?? '').matchAll(/"((?:[^"\\]|\\.)*)"/gu)].map(([, value = '']) => value);
    const near = nearest(textIn(supported[1] ?? '') ?? '', values);
    return { expected: `one of ${values.join(', ')}`, ...(near === undefined ? {} : { hint: `Did you mean ${near}?` }) };
  }
  if (message.startsWith('Required value')) return { expected: message.slice('Required value: '.length) || 'a value' };
  if (message.startsWith('Duplicate value')) return { expected: 'each value once' };
  if (message.startsWith('Not found')) return { expected: 'the name of something that exists' };
  const detail = /^(?:Invalid value|Too long|Too many|Internal error|Forbidden)(?:: (?:"(?:[^"\\]|\\.)*"|[\d.-]+|true|false|null))?: (.*)$/su.exec(
    message,
  )?.[1];
  return { expected: detail ?? 'a value that the API server accepts' };
}
