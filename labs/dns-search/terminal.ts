import { keyHash } from '../engine/key-hash.ts';
import type { Answer, Delivery, QueryType, SentQuery } from '../engine/network/resolver/types.ts';
import { settingsOf } from './file.ts';
import type { Input } from './input.ts';
import { currentRun, type State } from './state.ts';
import { deliveryOf, surroundingsOf, traceOf } from './world.ts';

/** What dig 9.18 offers for UDP answers. */
const digUdpBytes = 1232;
const types: readonly QueryType[] = ['A', 'AAAA', 'PTR', 'SRV', 'CNAME', 'TXT', 'NS', 'SOA', 'ANY'];

/** Commands that this terminal knows, as examples. */
export const commands: readonly string[] = [
  'cat /etc/resolv.conf',
  'cat /etc/hosts',
  'getent hosts NAME',
  'getent ahosts NAME',
  'dig [+short] [+search] NAME [TYPE]',
];

/** The name that the addresses of a lookup belong to: the end of the CNAME chain, without its final dot. */
function canonicalName(
  state: State,
  name: string,
  family: 'A only' | 'AAAA only' | 'A and AAAA',
): { readonly addresses: readonly string[]; readonly owner: string } | undefined {
  const { library } = currentRun(state);
  const trace = traceOf(state.input, state.seed, { name, library, family }, []);
  if (trace.result.code !== 'OK') return undefined;
  const records = trace.events.flatMap((event) => (event.kind === 'receive' ? event.answer.records : []));
  const addresses = trace.result.addresses ?? [];
  const owner = records.findLast((record) => addresses.includes(record.data))?.name ?? name;
  return { addresses, owner: owner.replace(/\.$/u, '') };
}

/** `getent hosts`: IPv6 first, and IPv4 only if there is none. */
function getentHosts(state: State, name: string): string {
  const found = canonicalName(state, name, 'AAAA only') ?? canonicalName(state, name, 'A only');
  return found === undefined ? '' : found.addresses.map((address) => `${address.padEnd(15)} ${found.owner}\n`).join('');
}

/** `getent ahosts`: each address once for each socket type, the canonical name behind the first. */
function getentAhosts(state: State, name: string): string {
  const found = canonicalName(state, name, 'A and AAAA');
  if (found === undefined) return '';
  const lines = found.addresses.flatMap((address) => ['STREAM', 'DGRAM', 'RAW'].map((socket) => `${address.padEnd(15)} ${socket.padEnd(6)} `));
  return lines.map((line, index) => `${line}${index === 0 ? found.owner : ''}\n`).join('');
}

interface Dug {
  readonly query: SentQuery;
  readonly delivery: Delivery;
}

function digOnce(input: Input, seed: number, qname: string, qtype: QueryType): Dug {
  const [server = '127.0.0.1'] = settingsOf(input).servers;
  const query: SentQuery = { server, qname, qtype, transport: 'udp', atMs: 0, batch: 1, edns: digUdpBytes };
  return { query, delivery: deliveryOf(input, seed, query) };
}

/** dig asks for the name as typed; with +search it walks the list of the file, and stops at the first name that exists. */
function dig(input: Input, seed: number, name: string, options: { readonly qtype: QueryType; readonly search: boolean }): Dug {
  const asTyped = name.endsWith('.') ? name : `${name}.`;
  const { searches, ndots } = settingsOf(input);
  if (!options.search || name.endsWith('.')) return digOnce(input, seed, asTyped, options.qtype);
  const appended = searches.map((domain) => `${name}.${domain}.`);
  const candidates = name.split('.').length - 1 >= ndots ? [asTyped, ...appended] : [...appended, asTyped];
  let dug = digOnce(input, seed, candidates[0] ?? asTyped, options.qtype);
  for (const candidate of candidates.slice(1)) {
    if (dug.delivery.kind !== 'answer' || dug.delivery.answer.rcode !== 'NXDOMAIN') break;
    dug = digOnce(input, seed, candidate, options.qtype);
  }
  return dug;
}

function digHeader({ query }: Dug, answer: Answer): readonly string[] {
  const id = keyHash(query.qname) % 65_536;
  const flags = ['qr', ...(answer.authoritative ? ['aa'] : []), ...(answer.truncated ? ['tc'] : []), 'rd', ...(answer.recursionAvailable ? ['ra'] : [])];
  return [
    ';; Got answer:',
    `;; ->>HEADER<<- opcode: QUERY, status: ${answer.rcode}, id: ${id}`,
    `;; flags: ${flags.join(' ')}; QUERY: 1, ANSWER: ${answer.records.length}`,
    '',
    ';; QUESTION SECTION:',
    `;${query.qname}\t\tIN\t${query.qtype}`,
  ];
}

function printDig(dug: Dug, isShort: boolean): string {
  const { query, delivery } = dug;
  if (delivery.kind === 'closed') return `;; communications error to ${query.server}#53: connection refused\n;; no servers could be reached\n`;
  if (delivery.kind !== 'answer') return `;; communications error to ${query.server}#53: timed out\n;; no servers could be reached\n`;
  const { answer, afterMs } = delivery;
  if (isShort) return answer.records.map((record) => `${record.data}\n`).join('');
  const records = answer.records.map((record) => `${record.name}\t${record.ttlSeconds}\tIN\t${record.type}\t${record.data}`);
  return [
    ...digHeader(dug, answer),
    ...(records.length === 0 ? [] : ['', ';; ANSWER SECTION:', ...records]),
    '',
    `;; Query time: ${afterMs} msec`,
    `;; SERVER: ${query.server}#53(${query.server}) (UDP)`,
    `;; MSG SIZE  rcvd: ${answer.sizeBytes}`,
    '',
  ].join('\n');
}

function digCommand(state: State, words: readonly string[]): string | undefined {
  const flags = words.filter((word) => word.startsWith('+'));
  const [name, type = 'A', ...more] = words.filter((word) => !word.startsWith('+'));
  const qtype = types.find((known) => known === type.toUpperCase());
  if (name === undefined || qtype === undefined || more.length > 0 || flags.some((flag) => flag !== '+short' && flag !== '+search')) return undefined;
  return printDig(dig(state.input, state.seed, name, { qtype, search: flags.includes('+search') }), flags.includes('+short'));
}

/** What a command prints in the pod of this state; undefined for a command that is not known. Each output is computed. */
export default function terminal(state: State, command: string): string | undefined {
  const [program, ...words] = command.trim().split(/\s+/u);
  const [first = '', second = ''] = words;
  if (program === 'cat' && words.length === 1) {
    const { resolvConf, hosts } = surroundingsOf(state.input, state.seed);
    if (first === '/etc/resolv.conf') return resolvConf ?? 'cat: /etc/resolv.conf: No such file or directory\n';
    if (first === '/etc/hosts') return hosts ?? undefined;
  }
  if (program === 'getent' && words.length === 2 && first === 'hosts') return getentHosts(state, second);
  if (program === 'getent' && words.length === 2 && first === 'ahosts') return getentAhosts(state, second);
  return program === 'dig' ? digCommand(state, words) : undefined;
}
