import type { Description, Table } from '../lab.ts';
import { libraryNames } from './input.ts';
import { resultInWords, seconds } from './log.ts';
import { spent } from './steps.ts';
import { costOf, rungsOf } from './rungs.ts';
import { currentRun, type State } from './state.ts';
import { isFinished, type Run } from './run.ts';

const count = (number: number, one: string, many = `${one}s`): string => `${number} ${number === 1 ? one : many}`;

function headline(state: State): string {
  const run = currentRun(state);
  const typed = run.name === '' ? 'an empty name' : run.name;
  if (run.shown === 0) return `Nothing asked yet. The program is about to look up ${typed} with ${libraryNames[run.library]}.`;
  const { names, queries, waitedMs } = costOf(run);
  const cost = queries === 0 ? 'without a query to any server' : `after ${count(names, 'name')} and ${count(queries, 'query', 'queries')} in ${spent(run)}`;
  if (!isFinished(run))
    return `Looking up ${typed}: ${count(names, 'name')} and ${count(queries, 'query', 'queries')} so far, ${spent(run)}${waitedMs > 0 ? `, ${seconds(waitedMs)} of it waiting in vain` : ''}.`;
  const { result } = run.trace;
  return result.code === 'OK' ? `${typed} is ${resultInWords(result)}, ${cost}.` : `${typed} is not found, ${cost}: ${resultInWords(result)}.`;
}

function queriesTable(run: Run): Table {
  const rows = rungsOf(run).flatMap((rung) =>
    rung.askings.map((asking) => ({
      subject: `query:${run.number}:${asking.queryIndex}`,
      tone: asking.tone,
      cells: [
        `${asking.queryIndex + 1}`,
        rung.name,
        asking.qtype,
        `${asking.server}${rung.transport === 'tcp' ? ' (TCP)' : ''}`,
        `${rung.atMs} ms`,
        asking.answer ?? (asking.lost ? 'no answer' : 'under way'),
        asking.because ?? '',
      ],
    })),
  );
  return {
    id: 'queries',
    caption: 'Queries in the order in which they were sent',
    columns: [
      { label: '#', numeric: true },
      { label: 'Name asked', code: true },
      { label: 'Type' },
      { label: 'Server', code: true },
      { label: 'At', numeric: true },
      { label: 'Answer' },
      { label: 'Why' },
    ],
    rows,
    empty: run.shown === 0 ? 'Nothing has been asked yet.' : 'No server was asked.',
  };
}

function fileTable(state: State): Table {
  const file = state.outlook.file;
  return {
    id: 'file',
    caption: file.pasted ? '/etc/resolv.conf, written by you' : '/etc/resolv.conf, as the kubelet writes it',
    columns: [{ label: 'Line', numeric: true }, { label: 'Text', code: true }, { label: 'Why it is there' }],
    rows: file.lines.map(({ number, text, because }) => ({ cells: [`${number}`, text, because], subject: `line:${number}` })),
    empty: 'The file is empty: the library takes its defaults.',
  };
}

function needsTable(state: State): Table {
  return {
    id: 'needs',
    caption: 'Other names this program uses, each as it would go now',
    columns: [
      { label: 'Name', code: true },
      { label: 'Result' },
      { label: 'Names asked', numeric: true },
      { label: 'Queries', numeric: true },
      { label: 'Time', numeric: true },
    ],
    rows: state.outlook.needs.map(({ name, result, names, queries, elapsedMs, met }) => ({
      cells: [name, resultInWords(result), `${names.length}`, `${queries}`, seconds(elapsedMs)],
      subject: `need:${name}`,
      tone: met ? 'good' : 'bad',
    })),
  };
}

function pastTable(state: State): Table {
  const past = state.runs.slice(0, -1);
  return {
    id: 'past',
    caption: 'Earlier lookups of this run',
    columns: [
      { label: 'Name', code: true },
      { label: 'C library' },
      { label: 'Result' },
      { label: 'Names asked', numeric: true },
      { label: 'Queries', numeric: true },
      { label: 'Time', numeric: true },
    ],
    rows: past.map((run, index) => {
      const { names, queries } = costOf(run);
      const result = run.abandoned ? 'given up' : resultInWords(run.trace.result);
      return { cells: [run.name, libraryNames[run.library], result, `${names}`, `${queries}`, spent(run)], subject: `run:${index}` };
    }),
  };
}

/** The state in words and tables. */
export function describe(state: State): Description {
  const run = currentRun(state);
  const { names, queries, roundTrips, waitedMs } = costOf(run);
  const done = isFinished(run);
  const tables = [queriesTable(run), fileTable(state)];
  if (state.input.asked.needs.length > 0) tables.push(needsTable(state));
  if (state.runs.length > 1) tables.push(pastTable(state));
  return {
    headline: headline(state),
    facts: [
      { label: 'Result', value: done ? resultInWords(run.trace.result) : 'not yet' },
      { label: 'Names asked', value: `${names}` },
      { label: 'Queries', value: `${queries}` },
      { label: 'Round trips', value: `${roundTrips}` },
      { label: 'Time', value: spent(run) },
      { label: 'Waited in vain', value: seconds(waitedMs) },
    ],
    tables,
  };
}
