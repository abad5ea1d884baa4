import type { ListedRecord } from '../engine/network/cluster-dns/records.ts';
import type { Description, Table } from '../lab.ts';
import { answerOf } from './answer.ts';
import { worldOf } from './cluster.ts';
import { groupsOf } from './groups.ts';
import { shownQuery, type State } from './state.ts';
import { count } from './words.ts';

/** `Service data/db`, as the tables name an object. */
export function objectInWords({ kind, namespace, name }: ListedRecord['from']): string {
  return `${kind === 'EndpointSlice' ? 'EndpointSlice of' : kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
}

function headline(state: State): string {
  const query = shownQuery(state);
  const total = count(worldOf(state).listed.length, 'record');
  if (query === undefined) return `${total}. Nothing has been asked for yet.`;
  const { words, because } = answerOf(state, query);
  return `${query.type} of ${query.name} gives ${words}: ${because}.`;
}

function recordsTable(state: State): Table {
  return {
    id: 'records',
    caption: 'Every record that the cluster DNS can give',
    columns: [
      { label: 'Name', code: true },
      { label: 'Type' },
      { label: 'Data', code: true },
      { label: 'TTL', numeric: true },
      { label: 'Made from' },
      { label: 'Rule' },
    ],
    rows: worldOf(state).listed.map(({ name, type, data, ttlSeconds, from, rule }) => ({
      subject: `name:${name}`,
      cells: [name, type, data, `${ttlSeconds} s`, objectInWords(from), rule],
    })),
  };
}

function queriesTable(state: State): Table {
  return {
    id: 'queries',
    caption: 'What was asked for',
    columns: [{ label: 'Name', code: true }, { label: 'Type' }, { label: 'Answer' }, { label: 'Rule' }, { label: 'Why' }],
    rows: state.queries.map((query, index) => {
      const { words, rule, why, tone } = answerOf(state, query);
      return { subject: `query:${index}`, tone, cells: [query.name, query.type, words, rule, why.join('; ')] };
    }),
    empty: 'Nothing has been asked for yet.',
  };
}

function missingTable(state: State): readonly Table[] {
  const rows = groupsOf(state)
    .filter(({ isAside }) => !isAside)
    .flatMap((group) => group.rows)
    .filter((row) => row.state !== 'exists');
  if (rows.length === 0) return [];
  return [
    {
      id: 'missing',
      caption: 'Names that do not exist, though an object seems to ask for them',
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
  const { context, listed } = worldOf(state);
  const query = shownQuery(state);
  const { pods, ttlSeconds } = state.corefile;
  const found = state.queries.filter((each) => answerOf(state, each).tone === 'good').length;
  return {
    headline: headline(state),
    facts: [
      ...(query === undefined ? [] : [{ label: 'Answer', value: answerOf(state, query).words }]),
      { label: 'Names asked for', value: `${state.queries.length}, ${found} with data` },
      { label: 'Records', value: `${listed.length}` },
      { label: 'Zone', value: context.zone },
      { label: 'Corefile', value: `pods ${pods}, ttl ${ttlSeconds}` },
    ],
    tables: [queriesTable(state), recordsTable(state), ...missingTable(state)],
  };
}
