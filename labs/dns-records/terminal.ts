import type { ClusterDnsAnswer } from '../engine/network/cluster-dns/cluster-dns.ts';
import type { ResourceRecord } from '../engine/network/resolver/types.ts';
import { keyHash } from '../engine/key-hash.ts';
import { clusterAddresses } from '../engine/network/cluster-dns/view.ts';
import { worldOf } from './cluster.ts';
import { queryTypes, type Query } from './input.ts';
import { queryOf } from './query.ts';
import type { State } from './state.ts';

/** Commands that this terminal knows, as examples. */
export const commands: readonly string[] = ['dig [+short] NAME [TYPE]', 'dig [+short] -x ADDRESS'];

/** What dig 9.18 offers for UDP answers. */
const digUdpBytes = 1232;

function serverAddress(state: State): string {
  const service = worldOf(state).context.index.serviceOf('kube-dns', 'kube-system');
  return (service === undefined ? undefined : clusterAddresses(service)[0]) ?? '10.96.0.10';
}

function line({ name, ttlSeconds, type, data }: ResourceRecord): string {
  return `${name}\t${ttlSeconds}\tIN\t${type}\t${type === 'TXT' ? `"${data}"` : data}`;
}

function section(title: string, records: readonly ResourceRecord[]): readonly string[] {
  return records.length === 0 ? [] : ['', `;; ${title} SECTION:`, ...records.map(line)];
}

function printed(state: State, query: Query, dug: ClusterDnsAnswer, transport: 'UDP' | 'TCP'): string {
  const { answer, authority, additional, rule } = dug;
  const server = serverAddress(state);
  const flags = ['qr', ...(answer.authoritative ? ['aa'] : []), 'rd', ...(answer.recursionAvailable ? ['ra'] : [])];
  const counts = `QUERY: 1, ANSWER: ${answer.records.length}, AUTHORITY: ${authority.length}, ADDITIONAL: ${additional.length + 1}`;
  return [
    ...(transport === 'TCP' ? [';; Truncated, retrying in TCP mode.'] : []),
    ';; Got answer:',
    `;; ->>HEADER<<- opcode: QUERY, status: ${answer.rcode}, id: ${keyHash(query.name) % 65_536}`,
    `;; flags: ${flags.join(' ')}; ${counts}`,
    '',
    ';; QUESTION SECTION:',
    `;${query.name}\t\tIN\t${query.type}`,
    ...section('ANSWER', answer.records),
    ...section('AUTHORITY', authority),
    ...section('ADDITIONAL', additional),
    '',
    `;; Query time: ${dug.waitMs + (rule === 'forward' ? 15 : 1)} msec`,
    `;; SERVER: ${server}#53(${server}) (${transport})`,
    `;; MSG SIZE  rcvd: ${answer.sizeBytes}`,
    '',
  ].join('\n');
}

function dig(state: State, query: Query, isShort: boolean): string {
  const { server } = worldOf(state);
  const asked = { qname: query.name, qtype: query.type, edns: digUdpBytes };
  const first = server.answer({ ...asked, transport: 'udp' });
  const transport = first.answer.truncated ? 'TCP' : 'UDP';
  const dug = transport === 'TCP' ? server.answer({ ...asked, transport: 'tcp' }) : first;
  if (isShort) return dug.answer.records.map(({ data }) => `${data}\n`).join('');
  return printed(state, query, dug, transport);
}

/** What a command prints in a pod of this cluster; undefined for a command that is not known. Each output is computed. */
export default function terminal(state: State, command: string): string | undefined {
  const [program, ...words] = command.trim().split(/\s+/u);
  if (program !== 'dig') return undefined;
  const rest = words.filter((word) => word !== '+short');
  const isShort = rest.length < words.length;
  const [first = '', second, ...more] = rest;
  if (first === '' || more.length > 0 || first.startsWith('+') || second?.startsWith('+') === true) return undefined;
  if (first === '-x') {
    const query = queryOf(second ?? '', 'PTR');
    return query.name.endsWith('.arpa.') ? dig(state, query, isShort) : undefined;
  }
  const type = queryTypes.find((known) => known === (second ?? 'A').toUpperCase());
  if (type === undefined) return undefined;
  return dig(state, { name: first.endsWith('.') ? first : `${first}.`, type, typed: first }, isShort);
}
