import type { QueryType, ResourceRecord, ResponseCode } from '../resolver/types.ts';
import { absolute } from './names.ts';
import type { ClusterDnsSettings, UpstreamName } from './settings.ts';

/** What `forward` brings back. */
export interface Forwarded {
  readonly rcode: ResponseCode;
  readonly records: readonly ResourceRecord[];
  /** How long CoreDNS itself waited: 0, or 6000 where nobody answers (three tries of 2 s each, begun within 5 s). */
  readonly waitMs: number;
  readonly because: string;
}

const chainMax = 10;
const upstreamTtlSeconds = 300;
const silenceMs = 6000;

type Table = ReadonlyMap<string, UpstreamName>;
const tables = new WeakMap<ClusterDnsSettings['upstream'], Table>();

function tableOf(settings: ClusterDnsSettings): Table {
  const known = tables.get(settings.upstream);
  if (known !== undefined) return known;
  const table = new Map(Object.entries(settings.upstream).map(([name, value]) => [absolute(name), value]));
  tables.set(settings.upstream, table);
  return table;
}

function entryOf(settings: ClusterDnsSettings, name: string): UpstreamName {
  const table = tableOf(settings);
  const exact = table.get(name);
  if (exact !== undefined) return exact;
  for (let dot = name.indexOf('.'); dot !== -1 && dot < name.length - 1; dot = name.indexOf('.', dot + 1)) {
    const wildcard = table.get(`*${name.slice(dot)}`);
    if (wildcard !== undefined) return wildcard;
  }
  // A name with names below it exists, though without records (RFC 8020).
  for (const other of table.keys()) if (other.endsWith(`.${name}`)) return { records: [] };
  return { rcode: settings.upstreamElse };
}

const becauseOf: Readonly<Record<'NXDOMAIN' | 'SERVFAIL' | 'REFUSED' | 'timeout', string>> = {
  NXDOMAIN: 'say that the name does not exist',
  SERVFAIL: 'could not find out (SERVFAIL)',
  REFUSED: 'refuse to answer',
  timeout: 'do not answer; CoreDNS gives up with SERVFAIL',
};

/**
 * Asks the resolvers behind `forward . /etc/resolv.conf`: a table instead of the internet. CNAMEs are followed within the table.
 * // Models plugin/forward
 */
export function forward(settings: ClusterDnsSettings, qname: string, qtype: QueryType): Forwarded {
  const records: ResourceRecord[] = [];
  let owner = qname;
  for (let step = 0; step < chainMax; step += 1) {
    const entry = entryOf(settings, absolute(owner));
    const asked = step === 0 ? qname : `${owner} (a CNAME from ${qname} leads there)`;
    if ('rcode' in entry) {
      const isSilent = entry.rcode === 'timeout';
      const because = `${asked} is not in the cluster zone: CoreDNS asks the resolvers of its own resolv.conf, and they ${becauseOf[entry.rcode]}`;
      return { rcode: isSilent ? 'SERVFAIL' : entry.rcode, records: isSilent ? [] : records, waitMs: isSilent ? silenceMs : 0, because };
    }
    const name = owner;
    const found = entry.records.filter(({ type }) => type === qtype || type === 'CNAME' || qtype === 'ANY');
    records.push(...found.map(({ type, data, ttlSeconds }) => ({ name, type, ttlSeconds: ttlSeconds ?? upstreamTtlSeconds, data })));
    const alias = found.find(({ type }) => type === 'CNAME');
    if (alias === undefined || qtype === 'CNAME' || qtype === 'ANY') break;
    owner = alias.data;
  }
  const what = records.length === 0 ? `the name exists but has no ${qtype} record` : 'the answer comes from there';
  return { rcode: 'NOERROR', records, waitMs: 0, because: `${qname} is not in the cluster zone: CoreDNS asks the resolvers of its own resolv.conf; ${what}` };
}
