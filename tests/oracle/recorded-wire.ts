import type { Answer, Delivery, QueryType, ResourceRecord, ResponseCode, SentQuery, Wire } from '../../labs/engine/network/resolver/types.ts';
import {
  localAddressesOf,
  type Manner,
  type NameEntry,
  type RecordedLookup,
  type RecordedServer,
  type TypeEntry,
  type Zone,
  type ZoneWord,
} from './recorded-lookup.ts';

export { questionOf, surroundingsOf, type RecordedLookup } from './recorded-lookup.ts';

/** The recorder's servers answered after this time unless the zone says otherwise. */
const delayMsByDefault = 20;
/** RFC 1035 section 4.2.1: what fits into UDP without EDNS. */
const sizeBytesWithoutEdns = 512;
const headerBytes = 12;
const optRecordBytes = 11;
const aliasesMax = 10;
const zoneWords: readonly ZoneWord[] = ['NXDOMAIN', 'NODATA', 'SERVFAIL', 'REFUSED', 'FORMERR', 'NOTIMP', 'LAME', 'TIMEOUT'];

/** What a zone makes of a question before it is put into a message. */
interface Finding {
  readonly word: ZoneWord | 'DATA';
  readonly records: readonly ResourceRecord[];
  readonly manner: Manner;
}

/**
 * The network of a recorded case: its servers with their zone, as `recorded/README.md` describes the answering side.
 * Addresses of the machine on which nothing listens are closed, all others that are not listed have no route.
 */
export function recordedWire(recorded: RecordedLookup): Wire {
  const local = new Set(localAddressesOf(recorded));
  return (query, earlier) => {
    const server = recorded.servers[query.server];
    if (server === undefined) return { kind: isLoopback(query.server) || local.has(query.server) ? 'closed' : 'unreachable' };
    if (server === 'dead') return { kind: 'lost' };
    if (server === 'closed' || (server === 'udp-only' && query.transport === 'tcp')) return { kind: 'closed' };
    return deliver(server, recorded.zone, query, earlier);
  };
}

/** How the recorder writes an answer down: an rcode, `NODATA`, `LAME`, `TC+n` or `none`. */
export function answerWord(delivery: Delivery): string {
  if (delivery.kind !== 'answer') return 'none';
  const { answer } = delivery;
  if (answer.truncated) return `TC+${answer.records.length}`;
  if (answer.rcode !== 'NOERROR' || answer.records.length > 0) return answer.rcode;
  return answer.recursionAvailable ? 'NODATA' : 'LAME';
}

function deliver(server: RecordedServer, zone: Zone, query: SentQuery, earlier: readonly SentQuery[]): Delivery {
  const finding = find(server, zone, query);
  const { delayMs = delayMsByDefault, dropFirst = 0 } = finding.manner;
  const repeats = earlier.filter((other) => other.server === query.server && other.qname === query.qname && other.qtype === query.qtype).length;
  if (finding.word === 'TIMEOUT' || repeats < dropFirst) return { kind: 'lost' };
  return { kind: 'answer', afterMs: delayMs, answer: message(query, finding, server !== 'noedns') };
}

function find(server: RecordedServer, zone: Zone, query: SentQuery): Finding {
  if (server === 'noedns' && query.edns !== undefined) return { word: 'FORMERR', records: [], manner: {} };
  if (server === 'ok' || server === 'noedns' || server === 'udp-only' || server === 'dead' || server === 'closed') return findInZone(zone, query);
  if (typeof server === 'string') return { word: known(server), records: [], manner: {} };
  const finding = findInZone(server.zone, query);
  return { ...finding, manner: { ...mannerOf(server), ...finding.manner } };
}

/** A word that no rule explains must not be taken for an answer. */
function known(word: ZoneWord): ZoneWord {
  if (!zoneWords.includes(word)) throw new Error(`unknown word "${word}" in a zone or for a server`);
  return word;
}

/** Follows aliases inside the zone; the rcode is that of the chain's end. */
function findInZone(zone: Zone, query: SentQuery): Finding {
  const records: ResourceRecord[] = [];
  const seen = new Set<string>();
  let name = query.qname;
  let manner: Manner = {};
  for (;;) {
    const entry = entryOf(zone, name);
    if (typeof entry === 'string') return { word: known(entry), records, manner };
    manner = { ...manner, ...mannerOf(entry) };
    const target = entry.CNAME;
    if (target === undefined || query.qtype === 'CNAME') {
      const held = typeEntryOf(entry, query.qtype);
      manner = { ...manner, ...mannerOf(held) };
      const data = typeof held === 'object' && 'data' in held ? held.data : held;
      if (typeof data === 'string') return { word: known(data), records, manner };
      records.push(...data.map((text) => record(name, query.qtype, text)));
      return { word: records.length > 0 ? 'DATA' : 'NODATA', records, manner };
    }
    records.push(record(name, 'CNAME', target));
    seen.add(name.toLowerCase());
    if (entry.cnameOnly === true || seen.has(target.toLowerCase()) || seen.size === aliasesMax) return { word: 'DATA', records, manner };
    name = target;
  }
}

/** Names match without regard to case; an exact name beats `*.suffix`, the longest suffix wins, `default` holds for all others. */
function entryOf(zone: Zone, name: string): NameEntry {
  const asked = name.toLowerCase();
  let best: string | undefined;
  for (const key of Object.keys(zone)) {
    const lower = key.toLowerCase();
    if (lower === asked) return zone[key] ?? 'NXDOMAIN';
    if (lower.startsWith('*.') && asked.endsWith(lower.slice(1)) && key.length > (best?.length ?? 0)) best = key;
  }
  return zone[best ?? 'default'] ?? 'NXDOMAIN';
}

function typeEntryOf(entry: Exclude<NameEntry, string>, qtype: QueryType): TypeEntry {
  const held = entry[qtype];
  if (typeof held === 'string' && (qtype === 'CNAME' || held.endsWith('.'))) return [held];
  return (held ?? []) as TypeEntry;
}

function mannerOf(value: object | string): Manner {
  if (typeof value === 'string' || Array.isArray(value)) return {};
  const { delayMs, dropFirst, udp } = value as Manner;
  return { ...(delayMs !== undefined && { delayMs }), ...(dropFirst !== undefined && { dropFirst }), ...(udp !== undefined && { udp }) };
}

function record(name: string, type: QueryType, data: string): ResourceRecord {
  return { name, type, ttlSeconds: 30, data };
}

/** Puts a finding into a message and cuts it to what the transport carries. */
function message(query: SentQuery, { word, records, manner }: Finding, knowsEdns: boolean): Answer {
  const lame = word === 'LAME';
  const edns = query.edns !== undefined && knowsEdns && !lame;
  const limitBytes = query.transport === 'tcp' ? 65_535 : edns ? Math.max(sizeBytesWithoutEdns, query.edns) : sizeBytesWithoutEdns;
  let sizeBytes = headerBytes + nameBytes(query.qname) + 4 + (edns ? optRecordBytes : 0);
  const kept: ResourceRecord[] = [];
  const cut = manner.udp === 'TC' && query.transport === 'udp';
  for (const each of cut ? [] : records) {
    // Only the asked name is compressed, to the two bytes of a pointer; type, class, TTL and length take ten.
    const bytes = (each.name.toLowerCase() === query.qname.toLowerCase() ? 2 : nameBytes(each.name)) + 10 + dataBytes(each);
    if (sizeBytes + bytes > limitBytes) break;
    sizeBytes += bytes;
    kept.push(each);
  }
  const rcode: ResponseCode = word === 'DATA' || word === 'NODATA' || lame || word === 'TIMEOUT' ? 'NOERROR' : word;
  return {
    rcode,
    truncated: cut || kept.length < records.length,
    authoritative: !lame,
    recursionAvailable: !lame,
    records: kept,
    edns,
    sizeBytes,
    because: because(word, query, kept.length, records.length),
  };
}

function because(word: Finding['word'], query: SentQuery, kept: number, all: number): string {
  if (kept < all) return `Only ${kept} of the ${all} records fit into the answer.`;
  if (word === 'DATA') return `The server has ${all} ${all === 1 ? 'record' : 'records'} for ${query.qname}`;
  if (word === 'NODATA') return `${query.qname} exists, but it has no ${query.qtype} record.`;
  if (word === 'NXDOMAIN') return `The server knows no name ${query.qname}`;
  return word === 'LAME' ? 'The server is not responsible for the name and sends an empty answer.' : `The server answers every such query with ${word}.`;
}

/** Length of a name on the wire without compression: a length byte before each label and the root's zero; `\DDD` is one byte. */
function nameBytes(name: string): number {
  const raw = name.replace(/\\(?:\d{3}|.)/g, 'x');
  return raw === '.' ? 1 : raw.length + 1;
}

function dataBytes({ type, data }: ResourceRecord): number {
  if (type === 'A') return 4;
  if (type === 'AAAA') return 16;
  if (type === 'SRV') return 6 + nameBytes(data.split(' ').at(-1) ?? '.');
  return type === 'TXT' ? data.length + 1 : nameBytes(data);
}

function isLoopback(address: string): boolean {
  return address.startsWith('127.') || address === '::1';
}
