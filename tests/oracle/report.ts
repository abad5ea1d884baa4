import type { CaseVerdict, Disagreement, FileVerdict } from './compare-file.ts';

export interface Tally {
  readonly agree: number;
  readonly of: number;
  readonly exceptions: number;
}

/** How many cases agree; a case with an accepted exception counts neither as agreeing nor against. */
export function tally(cases: readonly CaseVerdict[]): Tally {
  const disagreeing = cases.filter(({ disagreements }) => disagreements.length > 0);
  const exceptions = disagreeing.filter(({ exception }) => exception !== undefined).length;
  return { agree: cases.length - disagreeing.length, of: cases.length, exceptions };
}

/** Whether nothing disagrees but accepted exceptions. */
export function allAgree({ agree, of, exceptions }: Tally): boolean {
  return agree + exceptions === of;
}

/** The agreement for each subject of the files, in the order of the files. */
export function tallyBySubject(files: readonly FileVerdict[]): Readonly<Record<string, Tally>> {
  const cases = files.flatMap((file) => file.cases);
  return Object.fromEntries(
    [...new Set(cases.map(({ subject }) => subject))].map((subject) => [subject, tally(cases.filter((each) => each.subject === subject))]),
  );
}

export interface Totals extends Tally {
  readonly compared: number;
  readonly softCompared: number;
  /** Soft values that lie too far away. */
  readonly softApart: number;
  readonly ignored: number;
}

/** The figures over all files. */
export function totals(files: readonly FileVerdict[]): Totals {
  const cases = files.flatMap((file) => file.cases);
  const sum = (pick: (verdict: CaseVerdict) => number) => cases.reduce((total, verdict) => total + pick(verdict), 0);
  return {
    ...tally(cases),
    compared: sum(({ compared }) => compared),
    softCompared: sum(({ softCompared }) => softCompared),
    softApart: sum(({ soft }) => soft.length),
    ignored: sum(({ ignored }) => ignored),
  };
}

/** The report for a terminal; ends with `N of M agree`. */
export function reportLines(files: readonly FileVerdict[]): readonly string[] {
  const lines = files.flatMap((file) => [...file.cases.flatMap((each) => caseLines(each)), `${file.file} (${file.shape}): ${sentence(tally(file.cases))}`]);
  const all = totals(files);
  return [...lines, `${all.compared} values compared, ${all.softCompared} soft ones (${all.softApart} too far away), ${all.ignored} ignored`, sentence(all)];
}

function sentence({ agree, of, exceptions }: Tally): string {
  return `${agree} of ${of} agree${exceptions > 0 ? `, ${exceptions} listed ${exceptions === 1 ? 'exception' : 'exceptions'}` : ''}`;
}

function caseLines({ id, disagreements, soft, exception }: CaseVerdict): readonly string[] {
  const accepted = disagreements.length > 0 && exception !== undefined ? [`${id}: listed exception: ${exception}`] : [];
  return [...accepted, ...disagreements.map((each) => line(id, each)), ...soft.map((each) => `${line(id, each)} (soft)`)];
}

function line(id: string, { path, expected, got }: Disagreement): string {
  return `${id}: ${path}: expected ${show(expected)}, got ${show(got)}`;
}

function show(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value);
}
