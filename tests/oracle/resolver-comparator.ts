import { lookup } from '../../labs/engine/network/resolver/lookup.ts';
import type { Library, LookupResult, SentQuery, Trace, Wire } from '../../labs/engine/network/resolver/types.ts';
import type { ComparedCase, Comparator } from './comparator.ts';
import { answerWord, questionOf, recordedWire, surroundingsOf, type RecordedLookup } from './recorded-wire.ts';

/** The recorder writes only what waiting costs: an answer's way of 20 ms counts as nothing. */
const answerWayMs = 20;
/** The recorder does not tell queries apart as two batches if nothing was answered in between and they are closer than this. */
const batchResolutionMs = 200;
const rcodes = ['NOERROR', 'FORMERR', 'SERVFAIL', 'NXDOMAIN', 'NOTIMP', 'REFUSED'];

/** `resolver-*.json`: lookups by C libraries, compared with the models of glibc and musl. */
export const resolverComparator: Comparator = {
  shape: 'resolver',
  softDistanceMax: 300,
  recognises: (content) => Array.isArray(content) && content.some((item) => missingKeys(item).length === 0),
  compare: (content) => (content as readonly RecordedLookup[]).map((recorded, index) => compareNamed(recorded, index)),
};

const neededKeys = ['id', 'lib', 'api', 'name', 'family', 'flags', 'resolvConf', 'env', 'servers', 'zone', 'queries', 'result'];

function missingKeys(value: unknown): readonly string[] {
  return typeof value === 'object' && value !== null ? neededKeys.filter((key) => !(key in value)) : neededKeys;
}

function compareNamed(recorded: RecordedLookup, index: number): ComparedCase {
  const missing = missingKeys(recorded);
  if (missing.length > 0) throw new Error(`case ${index + 1} has no ${missing.join(', ')}`);
  try {
    return compareLookup(recorded);
  } catch (error) {
    throw new Error(`${recorded.id}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

function compareLookup(recorded: RecordedLookup): ComparedCase {
  const library = modelFor(recorded);
  const wire = recordedWire(recorded);
  const calls = callAll(library, recorded, wire);
  const queries = inRecordedOrder(observedQueries(calls, wire), recorded);
  const results = calls.map(({ result }) => written(result));
  return {
    id: recorded.id,
    subject: recordedLibraryOf(recorded).subject,
    expected: recorded,
    got: {
      queries,
      result: results.at(-1),
      ...(recorded.repeat !== undefined && recorded.repeat > 1 && { results }),
      elapsedMs: calls.reduce((sum, trace) => sum + waitedMs(trace, wire, trace.elapsedMs), 0),
    },
  };
}

/** The name and version in a `lib` like `musl 1.2.3-1 (Debian 12 …)`. */
function recordedLibraryOf({ id, lib }: RecordedLookup): { readonly subject: string; readonly name: string; readonly version: readonly number[] } {
  const [, name, version] = /(glibc|musl)\s+(\d+(?:\.\d+)+)/.exec(lib) ?? [];
  if (name === undefined || version === undefined) throw new Error(`${id}: no model for the library "${lib}"`);
  return { subject: `${name}-${version}`, name, version: version.split('.').map(Number) };
}

/** The modelled version that stands for a recorded one: glibc changed with 2.41, musl with 1.2.4. */
export function modelFor(recorded: RecordedLookup): Library {
  const { name, version } = recordedLibraryOf(recorded);
  const [, minor = 0, patch = 0] = version;
  if (name === 'glibc') return minor >= 41 ? 'glibc-2.41' : 'glibc-2.36';
  return minor === 2 && patch < 4 ? 'musl-1.2.3' : 'musl-1.2.5';
}

/** The same lookup several times by one process; the network remembers the queries of all calls. */
function callAll(library: Library, recorded: RecordedLookup, wire: Wire): readonly Trace[] {
  const calls: Trace[] = [];
  const before: SentQuery[] = [];
  for (let call = 0; call < (recorded.repeat ?? 1); call += 1) {
    // What the process keeps from one lookup to the next: where the rotation stands.
    const surroundings = { ...surroundingsOf(recorded), ...calls.at(-1)?.carried };
    const trace = lookup(library, questionOf(recorded), surroundings, (query, earlier) => wire(query, [...before, ...earlier]));
    before.push(...trace.queries);
    calls.push(trace);
  }
  return calls;
}

interface ObservedQuery extends Omit<SentQuery, 'batch'> {
  readonly batch: number;
  readonly answer: string;
}

/** The queries of all calls one after the other, as the recorder would have written them. */
function observedQueries(calls: readonly Trace[], wire: Wire): readonly ObservedQuery[] {
  const observed: ObservedQuery[] = [];
  const before: SentQuery[] = [];
  let batch = 0;
  let elapsedMs = 0;
  for (const trace of calls) {
    let startMs = -Infinity;
    let modelBatch = -1;
    const answeredAt: number[] = [];
    for (const query of trace.queries) {
      const { atMs } = query;
      const answered = answeredAt.some((ms) => ms > startMs && ms <= atMs);
      if (query.batch !== modelBatch && (answered || atMs - startMs >= batchResolutionMs)) {
        batch += 1;
        startMs = atMs;
      }
      modelBatch = query.batch;
      const delivery = wire(query, before);
      if (delivery.kind === 'answer') answeredAt.push(atMs + delivery.afterMs);
      observed.push({ ...query, batch, answer: answerWord(delivery), atMs: elapsedMs + waitedMs(trace, wire, atMs) });
      before.push(query);
    }
    elapsedMs += waitedMs(trace, wire, trace.elapsedMs);
  }
  return observed;
}

/** Where the recorder's own runs differed, chance decides the order inside a batch: the recorded order is taken if it holds the same queries. */
function inRecordedOrder(observed: readonly ObservedQuery[], { queries, unstable = [] }: RecordedLookup): readonly ObservedQuery[] {
  if (unstable.length === 0 || queries.length !== observed.length) return observed;
  const left = [...observed];
  const ordered = queries.map((query) => {
    const at = left.findIndex((each) => (['server', 'qname', 'qtype', 'transport', 'batch'] as const).every((key) => each[key] === query[key]));
    return at < 0 ? undefined : left.splice(at, 1)[0];
  });
  return ordered.every((query) => query !== undefined) ? ordered : observed;
}

/** The part of the time until `untilMs` in which no answer was on its ordinary way. */
function waitedMs(trace: Trace, wire: Wire, untilMs: number): number {
  let onTheWayMs = 0;
  let countedUntilMs = 0;
  for (const [index, query] of trace.queries.entries()) {
    const delivery = wire(query, trace.queries.slice(0, index));
    if (delivery.kind !== 'answer' || delivery.afterMs > answerWayMs) continue;
    const from = Math.max(query.atMs, countedUntilMs);
    const until = Math.min(query.atMs + delivery.afterMs, untilMs);
    if (until > from) onTheWayMs += until - from;
    countedUntilMs = Math.max(countedUntilMs, until);
  }
  return untilMs - onTheWayMs;
}

/** The recorder writes rcodes as numbers. */
function written({ rcode, ...rest }: LookupResult): Readonly<Record<string, unknown>> {
  return { ...rest, ...(rcode !== undefined && { rcode: rcodes.indexOf(rcode) }) };
}
