import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { lookup } from '../../labs/engine/network/resolver/lookup.ts';
import type { Trace } from '../../labs/engine/network/resolver/types.ts';
import type { RecordedLookup } from './recorded-lookup.ts';
import { questionOf, recordedWire, surroundingsOf } from './recorded-wire.ts';
import { modelFor } from './resolver-comparator.ts';

const folder = path.join(import.meta.dirname, 'recorded');
const files = readdirSync(folder).filter((name) => name.startsWith('resolver-'));

const rules: Readonly<Record<string, (trace: Trace) => boolean>> = {
  'ids count from 1 in the order of time': ({ events }) => events.every(({ id, atMs }, index) => id === index + 1 && atMs >= (events[index - 1]?.atMs ?? 0)),
  'each event but the first names an earlier one as its cause': ({ events }) =>
    events.every(({ id, cause }) => (id === 1 ? cause === undefined : cause !== undefined && cause < id)),
  'each event says why in a sentence': ({ events }) => events.every(({ because }) => /^\S.*[.!?]$/s.test(because) && !/undefined|NaN|\[object/.test(because)),
  'it begins with the call and ends with the result': ({ events, result }) => {
    const last = events.at(-1);
    return events[0]?.kind === 'call' && last?.kind === 'result' && last.result === result;
  },
  'the send events are the queries, in order': ({ events, queries }) => {
    const sent = events.filter((event) => event.kind === 'send');
    return sent.length === queries.length && sent.every(({ query, queryIndex }, index) => queryIndex === index && query === queries[index]);
  },
  'batches count from 1 without a gap': ({ queries }) =>
    queries.every(({ batch }, index) => [0, 1].includes(batch - (queries[index - 1]?.batch ?? 0)) && (index > 0 || batch === 1)),
  'what is received was sent before': ({ events }) => {
    const sentIds = new Map(events.filter((event) => event.kind === 'send').map(({ queryIndex, id }) => [queryIndex, id]));
    return events.filter((event) => event.kind === 'receive').every(({ queryIndex, id }) => (sentIds.get(queryIndex) ?? Infinity) < id);
  },
  'queries belong to a candidate': ({ events, queries }) => queries.length === 0 || events.some(({ kind }) => kind === 'candidate'),
  'the same inputs as plain data come out again': (trace) => JSON.stringify(JSON.parse(JSON.stringify(trace))) === JSON.stringify(trace),
};

const traces = new Map<string, readonly { readonly id: string; readonly trace: Trace }[]>();

/** Computed once for each file, when its first test asks. */
function tracesOf(file: string): readonly { readonly id: string; readonly trace: Trace }[] {
  const known = traces.get(file);
  if (known) return known;
  const lookups = JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as readonly RecordedLookup[];
  const computed = lookups.map((recorded) => ({
    id: recorded.id,
    trace: lookup(modelFor(recorded), questionOf(recorded), surroundingsOf(recorded), recordedWire(recorded)),
  }));
  traces.set(file, computed);
  return computed;
}

describe.each(files)('the traces of all lookups of %s', (file) => {
  test.each(Object.keys(rules))('%s', (rule) => {
    const wrong = tracesOf(file).filter(({ trace }) => rules[rule]?.(trace) !== true);
    expect(wrong.map(({ id }) => id)).toEqual([]);
  });
});
