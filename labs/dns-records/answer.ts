import type { Rule } from '../engine/network/cluster-dns/backend.ts';
import type { ResourceRecord, ResponseCode } from '../engine/network/resolver/types.ts';
import type { Tone } from '../lab.ts';
import { worldOf, type World } from './cluster.ts';
import type { Query } from './input.ts';
import { reasonsFor, type Reason } from './reasons.ts';
import { dataInWords } from './words.ts';
import type { Situation } from './situation.ts';

/** What the server says to a query, and why. */
export interface Answered {
  readonly rcode: ResponseCode;
  readonly records: readonly ResourceRecord[];
  readonly rule: Rule;
  readonly because: string;
  /** What the objects have to do with an answer without data. */
  readonly reasons: readonly Reason[];
  /** The server’s reason, and behind it those of the objects. */
  readonly why: readonly string[];
  /** NXDOMAIN, NODATA, or the data. */
  readonly words: string;
  readonly tone: Tone;
}

function inWords(rcode: ResponseCode, records: readonly ResourceRecord[], type: string): { readonly words: string; readonly tone: Tone } {
  if (rcode !== 'NOERROR') return { words: rcode, tone: 'bad' };
  const alias = type === 'CNAME' ? undefined : records.find((record) => record.type === 'CNAME');
  const data = dataInWords(records.filter((record) => record.type !== 'CNAME' || alias === undefined));
  const prefix = alias === undefined ? '' : `alias of ${alias.data}`;
  if (data !== '') return { words: prefix === '' ? data : `${prefix}: ${data}`, tone: 'good' };
  return { words: prefix === '' ? 'NODATA: the name exists, without such a record' : `${prefix}, which leads nowhere`, tone: 'bad' };
}

// Pictures, tables and checks ask for the same answers again and again.
const known = new WeakMap<World, Map<string, Answered>>();

/** The answer to a query in this state. Sent over TCP, so that it is never cut. */
export function answerOf(state: Pick<Situation, 'cluster' | 'corefile'>, { name, type }: Pick<Query, 'name' | 'type'>): Answered {
  const world = worldOf(state);
  const ofWorld = known.get(world) ?? new Map<string, Answered>();
  known.set(world, ofWorld);
  const key = `${type} ${name}`;
  const earlier = ofWorld.get(key);
  if (earlier !== undefined) return earlier;
  const { answer, rule, because } = world.server.answer({ qname: name, qtype: type, transport: 'tcp' });
  const { rcode, records } = answer;
  const told = inWords(rcode, records, type);
  const reasons = told.tone === 'good' ? [] : reasonsFor(state.cluster, world, { name });
  const why = [because, ...reasons.flatMap(({ text }) => (text === '' ? [] : [text]))];
  const answered = { rcode, records, rule, because, reasons, why, ...told };
  ofWorld.set(key, answered);
  return answered;
}
