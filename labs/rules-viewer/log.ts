import type { LogEntry } from '../lab.ts';
import { decideEndpoints } from '../engine/network/endpoint-slices.ts';
import { keyOf } from './input.ts';
import { changeWords } from './rules-on.ts';
import { runsOn, seenOn, type Situation } from './situation.ts';

type Draft = Omit<LogEntry, 'id' | 'atMs'>;

/** The log with more entries. A bench has no clock: all happens at 0. */
export function noted(entries: readonly LogEntry[], drafts: readonly Draft[]): readonly LogEntry[] {
  return [...entries, ...drafts.map((draft, index): LogEntry => ({ id: entries.length + index + 1, atMs: 0, ...draft }))];
}

/** Pods told one by one; of more, only how many. */
const podsMax = 3;

interface Listed {
  readonly service: string;
  readonly pod: string;
  readonly outcome: string;
  readonly because: string;
}

function listedIn({ cluster }: Situation): ReadonlyMap<string, Listed> {
  const pods = cluster.pods.map(({ pod }) => pod);
  return new Map(
    cluster.services.flatMap((service) =>
      decideEndpoints(service, pods).pods.map((each): readonly [string, Listed] => [`${keyOf(service)} ${each.pod}`, { service: keyOf(service), ...each }]),
    ),
  );
}

/** What the EndpointSlice controller makes of an act. */
function sliceDrafts(before: Situation, after: Situation): readonly Draft[] {
  if (before.cluster === after.cluster) return [];
  const [was, is] = [listedIn(before), listedIn(after)];
  const cause = after.entries.length;
  const changed = [...is].flatMap(([key, { service, pod, outcome, because }]): Draft[] => {
    const old = was.get(key);
    if (old?.outcome === outcome && old.because === because) return [];
    const text = `EndpointSlice of ${service}: ${pod} ${outcome === 'left out' ? 'is not listed' : `is listed as ${outcome}`}`;
    return [{ by: 'lab', text, because, cause, subject: `service:${service}`, tone: outcome === 'ready' ? 'good' : 'bad' }];
  });
  const gone = [...was].flatMap(([key, { service, pod }]): Draft[] =>
    is.has(key) ? [] : [{ by: 'lab', text: `EndpointSlice of ${service}: ${pod} is not listed any more`, cause, subject: `service:${service}`, tone: 'plain' }],
  );
  const all = [...changed, ...gone];
  const rest = all.length - podsMax;
  return rest > 0 ? [...all.slice(0, podsMax), { by: 'lab', cause, text: `… and ${String(rest)} more like these` }] : all;
}

function syncDraft(before: Situation, after: Situation, node: string, cause: number): Draft {
  const subject = `proxy:${node}`;
  if (!runsOn(after, node)) {
    const text = `kube-proxy on ${node} does not run: its rules stay as they are`;
    return { by: 'lab', text, because: 'the kernel keeps rules until somebody changes them; nobody else writes these', cause, subject, tone: 'bad' };
  }
  const isSame = seenOn(before, node).mode === seenOn(after, node).mode;
  if (!isSame) {
    const text = `kube-proxy on ${node} removes its ${before.mode} rules and writes ${after.mode} rules`;
    return { by: 'lab', text, because: 'nothing of the one kind can be used by the other', cause, subject };
  }
  const words = node === after.node ? changeWords(after) : 'it writes what has changed since';
  return { by: 'lab', text: `kube-proxy on ${node} syncs: ${words}`, because: 'it compares what it was told with what it has written', cause, subject };
}

/** What an act does to EndpointSlices and to the rules of a node. `after` holds the act as its newest entry. */
export function consequences(before: Situation, after: Situation, node: string): Situation {
  const slices = sliceDrafts(before, after);
  const act = after.entries.length;
  const sync = syncDraft(before, after, node, slices.length > 0 ? act + 1 : act);
  return { ...after, entries: noted(after.entries, [...slices, sync]) };
}
