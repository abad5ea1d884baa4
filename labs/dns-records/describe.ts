import type { Description, Table } from '../lab.ts';
import type { State } from './state.ts';
import { shownQuery } from './situation.ts';
import { count } from './words.ts';

function headline(state: State): string {
  const query = shownQuery(state);
  const answer = state.outlook.answers[state.shown];
  if (query === undefined || answer === undefined) return `${count(state.outlook.recordsTotal, 'record')}. Nothing has been asked for yet.`;
  return `${query.type} of ${query.name} gives ${answer.words}: ${answer.why[0] ?? ''}.`;
}

/** A caption that is true also where not all rows are there. */
const captionOf = (whole: string, part: string, kept: number, total: number): string => (kept < total ? `${kept} of the ${total} ${part}` : whole);

function recordsTable({ outlook: { records, recordsTotal } }: State): Table {
  return {
    id: 'records',
    caption: captionOf('Every record that the cluster DNS can give', 'records that the cluster DNS can give', records.length, recordsTotal),
    columns: [
      { label: 'Name', code: true },
      { label: 'Type' },
      { label: 'Data', code: true },
      { label: 'TTL', numeric: true },
      { label: 'Made from' },
      { label: 'Rule' },
    ],
    rows: records.map(({ name, type, data, ttlSeconds, from, rule }) => ({
      subject: `name:${name}`,
      cells: [name, type, data, `${ttlSeconds} s`, from, rule],
    })),
  };
}

function queriesTable({ queries, outlook }: State): Table {
  return {
    id: 'queries',
    caption: 'What was asked for',
    columns: [{ label: 'Name', code: true }, { label: 'Type' }, { label: 'Answer' }, { label: 'Rule' }, { label: 'Why' }],
    rows: outlook.answers.map(({ words, rule, why, tone }, index) => {
      const { name = '', type = '' } = queries[index] ?? {};
      return { subject: `query:${index}`, tone, cells: [name, type, words, rule, why.join('; ')] };
    }),
    empty: 'Nothing has been asked for yet.',
  };
}

function missingTable({ outlook: { groups, missingTotal } }: State): readonly Table[] {
  const rows = groups
    .filter(({ isAside }) => !isAside)
    .flatMap((group) => group.rows)
    .filter((row) => row.state !== 'exists');
  if (rows.length === 0) return [];
  const which = 'that do not exist, though an object seems to ask for them';
  return [
    {
      id: 'missing',
      caption: captionOf(`Names ${which}`, `names ${which}`, rows.length, missingTotal),
      columns: [{ label: 'Name', code: true }, { label: 'Object' }, { label: 'Why not' }],
      rows: rows.map(({ name, object, state: is, because, subject }) => ({
        subject: name === '' ? subject : `name:${name}`,
        tone: 'bad',
        cells: [name === '' ? '–' : name, `${object}${is === 'gone' ? ', gone' : ''}`, because],
      })),
    },
  ];
}

/** The state in words and tables. */
export function describe(state: State): Description {
  const { zone, recordsTotal, answers } = state.outlook;
  const shown = answers[state.shown];
  const { pods, ttlSeconds } = state.corefile;
  const found = answers.filter(({ tone }) => tone === 'good').length;
  return {
    headline: headline(state),
    facts: [
      ...(shown === undefined ? [] : [{ label: 'Answer', value: shown.words }]),
      { label: 'Names asked for', value: `${state.queries.length}, ${found} with data` },
      { label: 'Records', value: `${recordsTotal}` },
      { label: 'Zone', value: zone },
      { label: 'Corefile', value: `pods ${pods}, ttl ${ttlSeconds}` },
    ],
    tables: [queriesTable(state), recordsTable(state), ...missingTable(state)],
  };
}
