import type { LogEntry, Scenario, Table } from '../../labs/lab.ts';
import { formatAt, plain } from '../lab-player/format.ts';
import type { Judged } from '../lab-player/goals.ts';
import { frameOf, type History } from '../lab-player/history.ts';
import type { OpaqueLab } from '../lab-player/opaque.ts';

/** A played lab. */
export interface Played {
  readonly lab: OpaqueLab;
  readonly scenario: Scenario | undefined;
  readonly history: History;
  readonly goals: readonly Judged[];
}

/** The run for people: what happened and why, the outcome, the tables, the goals. */
export function textReport({ lab, scenario, history, goals }: Played): string {
  const { state, atMs } = frameOf(history);
  const { headline, facts, tables } = lab.describe(state);
  const marks = { met: '✓', broken: '✗', open: '○' };
  return [
    `${lab.meta.title}${scenario ? `: ${scenario.title}` : ''}`,
    ...(scenario ? [plain(scenario.task)] : []),
    '',
    ...lab.log(state, 0).map((entry) => logLine(lab, entry)),
    '',
    `At ${formatAt(lab.meta, atMs)}: ${plain(headline)}`,
    ...facts.map(({ label, value }) => `  ${label}: ${plain(value)}`),
    ...tables.flatMap((table) => ['', ...tableLines(table)]),
    ...(goals.length > 0 ? ['', 'Goals'] : []),
    ...goals.map(({ text, verdict, because }) => `  ${marks[verdict]} ${plain(text)} (${plain(because)})`),
  ].join('\n');
}

function logLine({ meta }: OpaqueLab, { id, atMs, text, cause, because, by }: LogEntry): string {
  const why = by === 'lab' ? [cause === undefined ? '' : String(cause), because ?? ''].filter((part) => part !== '').join(': ') : '';
  return `${String(id).padStart(4)} ${formatAt(meta, atMs).padStart(9)}  ${plain(text)}${why === '' ? '' : `   ↖ ${plain(why)}`}`;
}

/** Columns as wide as their widest cell; numbers to the right. */
function tableLines({ caption, columns, rows, empty }: Table): readonly string[] {
  if (rows.length === 0) return [caption, `  ${empty ?? 'None.'}`];
  const cells = [columns.map(({ label }) => label), ...rows.map((row) => row.cells.map(plain))];
  const widths = columns.map((_, column) => Math.max(...cells.map((line) => (line[column] ?? '').length)));
  const lines = cells.map((line) =>
    line.map((cell, column) => (columns[column]?.numeric === true ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0))).join('  '),
  );
  return [caption, ...lines.map((line) => `  ${line.trimEnd()}`)];
}

/** The same for programs: every frame's moment, the description and log of the last, the goals. */
export function jsonReport({ lab, scenario, history, goals }: Played): object {
  const { state, atMs } = frameOf(history);
  return {
    lab: lab.meta.title,
    ...(scenario && { scenario: scenario.title }),
    atMs,
    frames: history.branch.frames.slice(0, history.at + 1).map((frame) => ({ atMs: frame.atMs, by: frame.by, headline: lab.describe(frame.state).headline })),
    ...lab.describe(state),
    log: lab.log(state, 0),
    goals,
  };
}
