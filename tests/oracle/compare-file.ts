import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ComparedCase, Comparator } from './comparator.ts';
import { comparators } from './comparators.ts';
import { leavesOf, matches, type Leaf } from './leaves.ts';

export interface Disagreement {
  readonly path: string;
  /** Undefined: the recording has no such value. */
  readonly expected: Leaf | undefined;
  /** Undefined: the model gives no such value. */
  readonly got: Leaf | undefined;
}

export interface CaseVerdict {
  readonly id: string;
  readonly subject: string;
  readonly disagreements: readonly Disagreement[];
  /** Soft values that lie too far away: reported, never a failure. */
  readonly soft: readonly Disagreement[];
  readonly compared: number;
  readonly softCompared: number;
  readonly ignored: number;
  /** Why a disagreement of this case is accepted. */
  readonly exception?: string;
}

export interface FileVerdict {
  readonly file: string;
  /** Of the comparators that knew something of it: `resolver`, `manifests, kubectl`. */
  readonly shape: string;
  readonly cases: readonly CaseVerdict[];
}

type Reasons = Readonly<Record<string, string>>;
interface Ignored {
  /** What the model is given. */
  readonly inputs: Reasons;
  /** What says nothing about the model. */
  readonly ignored: Reasons;
  /** What is compared within a distance and only reported. */
  readonly soft: Reasons;
}

const folder = path.dirname(fileURLToPath(import.meta.url));
const ignoredByShape = readJson(path.join(folder, 'ignored.json')) as Readonly<Partial<Record<string, Ignored>>>;
/** File name, then case id, then the reason. */
const exceptions = readJson(path.join(folder, 'exceptions.json')) as Readonly<Partial<Record<string, Reasons>>>;

/** Compares a file of recordings with every model that knows something of its shape. Throws an Error that names the file if that is impossible. */
export function compareFile(file: string): FileVerdict {
  const content = readJson(file);
  if (Array.isArray(content) && content.length === 0) throw new Error(`${file}: holds no case`);
  const fitting = comparators.filter(({ recognises }) => recognises(content));
  if (fitting.length === 0) throw new Error(`${file}: no model for a file of this shape (known: ${comparators.map(({ shape }) => shape).join(', ')})`);
  const cases = fitting.flatMap((comparator) => run(file, comparator, content).map((compared) => judge(compared, comparator)));
  if (cases.length === 0) throw new Error(`${file}: holds no case`);
  const accepted = exceptions[path.basename(file)];
  const named = cases.map((verdict) => ({ ...verdict, ...(accepted?.[verdict.id] !== undefined && { exception: accepted[verdict.id] ?? '' }) }));
  return { file, shape: fitting.map(({ shape }) => shape).join(', '), cases: named };
}

function run(file: string, comparator: Comparator, content: unknown): readonly ComparedCase[] {
  try {
    return comparator.compare(content);
  } catch (error) {
    throw new Error(`${file}: ${messageOf(error)}`, { cause: error });
  }
}

/** Compares every leaf of the recorded case and every leaf that the model gives, except the named ones. */
export function judge({ id, subject, expected, got }: ComparedCase, { shape, softDistanceMax = 0 }: Comparator): CaseVerdict {
  const rules = ignoredByShape[shape] ?? { inputs: {}, ignored: {}, soft: {} };
  const named = (reasons: Reasons, where: string) => Object.keys(reasons).some((pattern) => matches(where, pattern));
  const wanted = leavesOf(expected);
  const given = leavesOf(got);
  const disagreements: Disagreement[] = [];
  const soft: Disagreement[] = [];
  const counts = { compared: 0, softCompared: 0, ignored: 0 };
  for (const where of new Set([...wanted.keys(), ...given.keys()])) {
    if (named(rules.inputs, where)) continue;
    if (named(rules.ignored, where)) {
      counts.ignored += 1;
      continue;
    }
    const [one, other] = [wanted.get(where), given.get(where)];
    const isSoft = named(rules.soft, where);
    counts[isSoft ? 'softCompared' : 'compared'] += 1;
    if (one === other || (isSoft && typeof one === 'number' && typeof other === 'number' && Math.abs(one - other) <= softDistanceMax)) continue;
    (isSoft ? soft : disagreements).push({ path: where, expected: one, got: other });
  }
  return { id, subject, disagreements, soft, ...counts };
}

function readJson(file: string): unknown {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new Error(`${file}: cannot be read (${messageOf(error)})`, { cause: error });
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`${file}: is no JSON (${messageOf(error)})`, { cause: error });
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
