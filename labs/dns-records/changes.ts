import type { ListedRecord } from '../engine/network/cluster-dns/records.ts';
import type { LogEntry } from '../lab.ts';
import { answerOf } from './answer.ts';
import { addressOf, worldOf } from './cluster.ts';
import { keyOf } from './input.ts';
import { dataInWords } from './words.ts';
import type { Situation } from './situation.ts';

/** Lines that one act writes at most about each matter; what is beyond them is counted. */
const linesMax = 6;
const goneMax = 60;

type Draft = Omit<LogEntry, 'id' | 'atMs'>;

/** Appends entries; ids count from 1, and nothing takes time here. */
export function noted(entries: readonly LogEntry[], drafts: readonly Draft[]): readonly LogEntry[] {
  return [...entries, ...drafts.map((draft, index): LogEntry => ({ id: entries.length + index + 1, atMs: 0, ...draft }))];
}

/** What makes two records the same; the weight of an SRV record follows from its neighbours. */
const keyOfRecord = ({ name, type, data }: Pick<ListedRecord, 'name' | 'type' | 'data'>): string =>
  `${name} ${type} ${type === 'SRV' ? data.split(' ').slice(2).join(' ') : data}`;

interface Line {
  /** What later lines may have this one as their cause for; `causedBy`: where this one looks for its own. */
  readonly causes: readonly string[];
  readonly causedBy: readonly string[];
  readonly draft: Omit<Draft, 'cause' | 'by'>;
}

/** Pods that became or ceased to be ready endpoints. */
function endpointLines(before: Situation, after: Situation): readonly Line[] {
  const [was, is] = [worldOf(before).decisions, worldOf(after).decisions];
  const addresses = new Map([...before.cluster.pods, ...after.cluster.pods].map(({ pod }) => [keyOf(pod), addressOf(pod)]));
  return [...is].flatMap(([key, decision]) => {
    const [namespace = '', service = ''] = key.split('/');
    const old = new Map(was.get(key)?.pods.map(({ pod, outcome }) => [pod, outcome]));
    const line = (pod: string, text: string, because: string): Line => {
      const podKey = `${namespace}/${pod}`;
      return { causes: [`${key} ${addresses.get(podKey) ?? ''}`, key], causedBy: [], draft: { text, because, subject: `pod:${podKey}` } };
    };
    const changed = decision.pods.filter(({ pod, outcome }) => (old.get(pod) === 'ready') !== (outcome === 'ready'));
    const lost = [...old].filter(([pod, outcome]) => outcome === 'ready' && !decision.pods.some((each) => each.pod === pod));
    return [
      ...changed.map(({ pod, outcome, because }) =>
        line(
          pod,
          outcome === 'ready' ? `${pod} becomes a ready endpoint of Service ${service}` : `${pod} is no ready endpoint of Service ${service} any more`,
          because,
        ),
      ),
      ...lost.map(([pod]) => line(pod, `${pod} leaves the EndpointSlice of Service ${service}`, 'the pod is gone, or the selector does not fit any more')),
    ];
  });
}

/** Names that got or lost records; PTR records are left to the table. */
function recordLines(after: Situation, records: readonly ListedRecord[], isThere: boolean): readonly Line[] {
  const names = new Map<string, ListedRecord[]>();
  for (const record of records) if (record.type !== 'PTR') names.set(record.name, [...(names.get(record.name) ?? []), record]);
  return [...names].map(([name, found]) => {
    const keys = found.map(({ from }) => `${from.namespace ?? ''}/${from.name}`);
    const [first] = found;
    const text = `${isThere ? 'New' : 'Gone'}: ${name} ${first?.type ?? ''} ${dataInWords(found)}`;
    const because = isThere || first === undefined ? first?.because : answerOf(after, first).because;
    return {
      causes: [name],
      causedBy: [...found.map(({ data }, index) => `${keys[index] ?? ''} ${data}`), ...keys],
      draft: { text, subject: `name:${name}`, tone: isThere ? 'good' : 'bad', ...(because !== undefined && { because }) },
    };
  });
}

/** Queries that get another answer now. */
function answerLines(before: Situation, after: Situation): readonly Line[] {
  return after.queries.flatMap((query, index) => {
    const [was, is] = [answerOf(before, query), answerOf(after, query)];
    if (was.words === is.words) return [];
    const text = `${query.type} of ${query.name}: ${is.words}`;
    return [{ causes: [], causedBy: [query.name.toLowerCase()], draft: { text, because: is.because, tone: is.tone, subject: `query:${index}` } }];
  });
}

/** What an act did to endpoints, records and answers, each line caused by the one before it. `after` already holds the act as its newest entry. */
export function withConsequences(before: Situation, after: Situation): Situation {
  const act = after.entries.length;
  const [was, is] = [worldOf(before).listed, worldOf(after).listed];
  const [wasKeys, isKeys] = [new Set(was.map(keyOfRecord)), new Set(is.map(keyOfRecord))];
  const vanished = was.filter((record) => !isKeys.has(keyOfRecord(record)));
  const appeared = is.filter((record) => !wasKeys.has(keyOfRecord(record)));
  const drafts: Draft[] = [];
  const causes = new Map<string, number>();
  const write = (lines: readonly Line[]): void => {
    for (const { draft, causedBy, causes: keys } of lines.slice(0, linesMax)) {
      const known = causedBy.find((key) => causes.has(key)) ?? '';
      drafts.push({ by: 'lab', cause: causes.get(known) ?? act, ...draft });
      for (const key of keys) if (!causes.has(key)) causes.set(key, act + drafts.length);
    }
    if (lines.length > linesMax) drafts.push({ by: 'lab', cause: act, text: `… and ${lines.length - linesMax} more like these` });
  };
  write(endpointLines(before, after));
  write([...recordLines(after, vanished, false), ...recordLines(after, appeared, true)]);
  write(answerLines(before, after));
  const gone = [...before.gone, ...vanished.map(({ name, type, data, from }) => ({ name, type, data, from }))];
  const lasting = [...new Map(gone.map((record) => [keyOfRecord(record), record])).values()].filter((record) => !isKeys.has(keyOfRecord(record)));
  return { ...after, gone: lasting.slice(-goneMax), entries: noted(after.entries, drafts) };
}
