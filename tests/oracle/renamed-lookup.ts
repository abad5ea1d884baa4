import { surroundingsOf, type RecordedLookup } from './recorded-lookup.ts';

/** Labels with a meaning of their own. */
const fixedLabels = [
  'localhost',
  'in-addr',
  'ip6',
  'arpa',
  'ip6-localhost',
  'ip6-loopback',
  'ip6-localnet',
  'ip6-mcastprefix',
  'ip6-allnodes',
  'ip6-allrouters',
];
/** Groups about the exact text of names, lines or addresses: another text is another case. */
const groupsLeftOut = ['odd', 'parse', 'reverse'];

/**
 * The same case with every label and nearly every address renamed, in the question, its surroundings and what is expected.
 * Lengths stay, so that limits are met as before. Undefined for cases about exact texts.
 */
export function renamed(recorded: RecordedLookup): RecordedLookup | undefined {
  if (groupsLeftOut.includes(recorded.id.split('/')[0] ?? '')) return undefined;
  const { hosts, hostname } = surroundingsOf(recorded);
  const servers = Object.entries(recorded.servers).map(([address, server]) => [
    renameAddress(address),
    typeof server === 'object' ? { ...server, zone: renameZone(server.zone) } : server,
  ]);
  const result = (value: Readonly<Record<string, unknown>>) => renameValues(value, ['canonname', 'host', 'addresses']);
  return {
    ...recorded,
    name: renameName(recorded.name),
    resolvConf: recorded.resolvConf && renameLines(recorded.resolvConf, ['search', 'domain', 'nameserver']),
    env: renameValues(recorded.env, ['LOCALDOMAIN']),
    hosts: hosts?.replace(/^[^#\n]+/gm, renameWords) ?? null,
    hostname: renameName(hostname),
    ...(recorded.aliases !== undefined && { aliases: recorded.aliases && renameWords(recorded.aliases) }),
    servers: Object.fromEntries(servers) as RecordedLookup['servers'],
    zone: renameZone(recorded.zone),
    queries: recorded.queries.map((query) => ({ ...query, server: renameAddress(query.server), qname: renameName(query.qname) })),
    result: result(recorded.result),
    ...(recorded.results && { results: recorded.results.map(result) }),
  };
}

function renameZone(zone: RecordedLookup['zone']): RecordedLookup['zone'] {
  const renameEntry = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(renameEntry);
    if (typeof value === 'object' && value !== null) return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, renameEntry(part)]));
    // Words of the zone are in capitals and end in no dot.
    return typeof value === 'string' && !/^[A-Z]+$/.test(value) ? renameWords(value) : value;
  };
  return Object.fromEntries(
    Object.entries(zone).map(([name, entry]) => [name === 'default' ? name : renameName(name), renameEntry(entry)]),
  ) as RecordedLookup['zone'];
}

function renameLines(text: string, keywords: readonly string[]): string {
  return text.replace(new RegExp(`^(${keywords.join('|')})(\\s.*)$`, 'gm'), (_, keyword: string, rest: string) => keyword + renameWords(rest));
}

function renameValues<T extends Readonly<Record<string, unknown>>>(value: T, keys: readonly string[]): T {
  const rename = (key: string, held: unknown): unknown => {
    if (!keys.includes(key)) return held;
    return Array.isArray(held) ? held.map((each) => rename(key, each)) : typeof held === 'string' ? renameWords(held) : held;
  };
  return Object.fromEntries(Object.entries(value).map(([key, held]) => [key, rename(key, held)])) as T;
}

function renameWords(text: string): string {
  return text.replace(/[^\s]+/g, (word) => (/^[\d.]+$|:/.test(word) ? renameAddress(word) : renameName(word)));
}

/** Each letter becomes the next one of the alphabet. */
function renameName(name: string): string {
  return name
    .split('.')
    .map((label) =>
      fixedLabels.includes(label)
        ? label
        : label.replace(/[a-z]/gi, (letter) => (/z/i.test(letter) ? (letter === 'z' ? 'a' : 'A') : String.fromCharCode(letter.charCodeAt(0) + 1))),
    )
    .join('.');
}

/** Servers change places; other addresses move to a neighbouring network. Those that decide an order (own, loopback) stay. */
function renameAddress(address: string): string {
  const mapped = /^::ffff:(.*\..*)$/.exec(address)?.[1];
  if (mapped !== undefined) return `::ffff:${renameAddress(mapped)}`;
  const server = /^10\.96\.0\.1([0-3])$/.exec(address)?.[1];
  if (server !== undefined) return `10.96.0.1${3 - Number(server)}`;
  if (/^(127|10\.244|10\.99|169\.254\.20\.10|192\.168\.1\.1)\b|^fd00:10:/.test(address)) return address;
  if (address.includes(':'))
    return address.replace(/^((?:2606|fd00):.*)(\d)$/, (_, before: string, digit: string) => before + String((Number(digit) + 2) % 10));
  const [a, b, c, d] = address.split('.');
  return [a, b, Number(c) ^ 3, d].join('.');
}
