import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { AnyLab, AnyReader, Move } from '../labs/lab.ts';
import { readScenario } from '../labs/reading/scenario.ts';
import { playMoves, beginWhole } from '../src/lab-player/moves.ts';
import type { OpaqueLab } from '../src/lab-player/opaque.ts';
import { errorMessages, type ErrorMessage } from '../src/reference/error-messages.ts';
import { framesOf, runsOf, setupOf, type LabUnderTest } from './labs-runs.ts';

const machines = import.meta.glob<AnyLab>('../labs/*/lab.ts', { import: 'default' });
const readers = import.meta.glob<AnyReader>('../labs/*/read.ts', { import: 'default' });
const toEnd: Move = { run: 'to the end' };
const write = (from: string, to: string): Move => ({ replace: { part: 'objects', from, to } });
/** Each lab has acts of its own; the lab reads this one. */
const podMtu: { readonly type: string; readonly bytes: number } = { type: 'podMtu', bytes: 1450 };
const modes = '  accessModes: [ReadWriteOnce]';

const webPod = `---
apiVersion: v1
kind: Pod
metadata: { name: web }
spec:
  nodeSelector: { topology.kubernetes.io/zone: b }
  containers:
    - name: web
      image: nginx:1.29
      volumeMounts: [{ name: cache, mountPath: /var/cache }]
  volumes:
    - name: cache
      persistentVolumeClaim: { claimName: cache }
`;

/** What the field `first` of an entry tells the reader to do, as moves, where none of the scenario's own attempts does it. */
const first: Readonly<Record<string, readonly Move[] | 'as a wrong attempt does'>> = {
  'claim-not-found': [write('name: cache }', 'name: cash }'), toEnd],
  'claim-resize-not-allowed': [toEnd, write('storage: 6Gi', 'storage: 11Gi')],
  'claim-shrink': [toEnd, write('storage: 5Gi', 'storage: 8Gi'), toEnd, write('storage: 8Gi', 'storage: 4Gi')],
  'claim-spec-immutable': [toEnd, write(modes, `${modes}\n  storageClassName: ''`)],
  'message-too-long': [{ act: podMtu }, toEnd],
  'no-volume-for-pod': [write('storage: 4Gi', 'storage: 10Gi'), toEnd],
  'provisioning-failed': 'as a wrong attempt does',
  'volume-bound-to-other': [write('{ name: second }\nspec:', '{ name: second }\nspec:\n  volumeName: shared'), toEnd],
  'volume-mismatch': [write(modes, `${modes}\n  volumeName: invoices-disk`), toEnd],
  'waiting-for-first-consumer': [write(webPod, ''), toEnd],
};

const withoutMarks = (text: string): string => text.replaceAll('`', '');

/** The text with anything in its holes. Programs write the first letter of the same words small or large. */
const patternOf = (text: string): RegExp =>
  new RegExp(
    text
      .split(/\{[^}]*\}/u)
      .map((words) => words.replace(/[.*+?^${}()|[\]\\]/gu, String.raw`\$&`))
      .join('.+?'),
    'iu',
  );

async function labOf(place: string): Promise<LabUnderTest> {
  const [id = '', scenario = ''] = place.split('#scenario=');
  const [lab, reader] = await Promise.all([machines[`../labs/${id}/lab.ts`]?.(), readers[`../labs/${id}/read.ts`]?.()]);
  if (!lab || !reader) throw new Error(`there is no lab ${id}`);
  const read = readScenario(readFileSync(new URL(`../labs/${id}/scenarios/${scenario}.yaml`, import.meta.url), 'utf8'), lab);
  if (!read.ok) throw new Error(read.message);
  return { id, lab: lab as OpaqueLab, reader, view: () => null, scenarios: { [scenario]: read.scenario } };
}

/** All that the lab says in a state: its description, and what happened and why. */
function wordsOf(lab: OpaqueLab, state: unknown): readonly string[] {
  const { headline, facts, tables } = lab.describe(state);
  return [
    headline,
    ...facts.map(({ value }) => value),
    ...tables.flatMap(({ rows }) => rows.flatMap(({ cells }) => cells)),
    ...lab.log(state, 0).flatMap(({ text, because = '' }) => [text, because]),
  ].map(withoutMarks);
}

/** What is said while the reader does what the entry asks for; a text that is refused is answered with what is wrong in it. */
function wordsAfter({ lab, reader, scenarios }: LabUnderTest, moves: readonly Move[]): readonly string[] {
  const [scenario] = Object.values(scenarios);
  if (!scenario) throw new Error('The lab has no scenario.');
  const played = playMoves(lab, reader, beginWhole(lab, setupOf({ reader }, scenario)), moves);
  return played.ok ? played.history.branch.frames.flatMap(({ state }) => wordsOf(lab, state)) : [played.message];
}

/** Whether the lab says, in one of the scenario's runs or after the entry's own moves, what the entry promises. */
async function isShown({ id, text, lab, shows }: ErrorMessage): Promise<boolean> {
  const under = await labOf(lab ?? '');
  const wanted = patternOf(shows === 'message' || shows === undefined ? text : shows.situation);
  const own = first[id];
  const said =
    typeof own === 'object' ? wordsAfter(under, own) : runsOf(under).flatMap((run) => framesOf(run).flatMap(({ state }) => wordsOf(under.lab, state)));
  return said.some((words) => wanted.test(words));
}

const withLab = errorMessages().filter(({ lab }) => lab !== undefined);

describe('error messages that name a lab', () => {
  test('name a scenario, and moves stand here for each that asks the reader to do something', () => {
    expect(withLab.filter(({ lab }) => !lab?.includes('#scenario=')).map(({ id }) => id)).toEqual([]);
    expect(withLab.filter((entry) => entry.first !== undefined).map(({ id }) => id)).toEqual(Object.keys(first));
  });

  test.each(withLab)('$id is seen in $lab', async (entry) => {
    expect(await isShown(entry)).toBe(true);
  });

  test('a scenario that shows something else is found', async () => {
    const [entry] = withLab.filter(({ id }) => id === 'multi-attach');
    expect(entry && (await isShown({ ...entry, lab: 'access-modes#scenario=rwx-nfs' }))).toBe(false);
  });
});
