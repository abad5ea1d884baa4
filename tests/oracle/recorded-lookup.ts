import type { Api, Question, Surroundings } from '../../labs/engine/network/resolver/types.ts';

/** A word of a zone or of a server: what it answers, whatever is asked. */
export type ZoneWord = 'NXDOMAIN' | 'NODATA' | 'SERVFAIL' | 'REFUSED' | 'FORMERR' | 'NOTIMP' | 'LAME' | 'TIMEOUT';

/** How an answer is sent: late, not at first, or cut over UDP. */
export interface Manner {
  readonly delayMs?: number;
  readonly dropFirst?: number;
  readonly udp?: 'TC';
}
/** What a zone holds for one name and one type. */
export type TypeEntry = ZoneWord | readonly string[] | (Manner & { readonly data: readonly string[] | ZoneWord });
/** What a zone holds for one name. */
export type NameEntry = ZoneWord | (Manner & { readonly CNAME?: string; readonly cnameOnly?: boolean } & Readonly<Partial<Record<string, unknown>>>);
export type Zone = Readonly<Partial<Record<string, NameEntry>>>;
export type RecordedServer = 'ok' | 'dead' | 'closed' | 'udp-only' | 'noedns' | ZoneWord | (Manner & { readonly zone: Zone });

/** A query as it was seen on the wire of the recorder. */
interface RecordedQuery {
  readonly server: string;
  readonly qname: string;
  readonly qtype: string;
  readonly transport: string;
  readonly batch?: number;
  readonly atMs?: number;
}

/** One case of `recorded/resolver-*.json`, as described in `recorded/README.md`. */
export interface RecordedLookup {
  readonly id: string;
  readonly lib: string;
  readonly api: Api;
  readonly name: string;
  readonly family: 'unspec' | 'inet' | 'inet6';
  /** AI_… flags in lower case joined by commas, or `-`. */
  readonly flags: string;
  readonly repeat?: number;
  readonly resolvConf: string | null;
  readonly env: Readonly<Record<string, string>>;
  readonly hosts?: string | null;
  readonly nsswitch?: string | null;
  readonly hostname?: string;
  readonly aliases?: string | null;
  readonly net?: string;
  readonly servers: Readonly<Partial<Record<string, RecordedServer>>>;
  readonly zone: Zone;
  readonly queries: readonly RecordedQuery[];
  readonly result: Readonly<Record<string, unknown>>;
  readonly results?: readonly Readonly<Record<string, unknown>>[];
  readonly elapsedMs?: number;
  /** What differed between the recorder's runs. */
  readonly unstable?: readonly unknown[];
}

const hostnameByDefault = 'web-6d4cf56db6-x2x4c';
const podAddress = '10.244.1.5';

/** The hosts file that the kubelet writes for the recorded pod. */
const hostsByDefault = [
  '# Kubernetes-managed hosts file.',
  '127.0.0.1\tlocalhost',
  '::1\tlocalhost ip6-localhost ip6-loopback',
  'fe00::0\tip6-localnet',
  'fe00::0\tip6-mcastprefix',
  'fe00::1\tip6-allnodes',
  'fe00::2\tip6-allrouters',
  `${podAddress}\t${hostnameByDefault}`,
  '',
].join('\n');

/** The pod's address first; behind it the addresses that the recorder gave to its name servers, which lie on the same machine. */
const addressesV4 = [podAddress, '10.96.0.10', '10.96.0.11', '10.96.0.12', '10.96.0.13', '169.254.20.10', '192.168.1.1'];
const addressesV6: Readonly<Partial<Record<string, readonly string[]>>> = { dual: ['fd00:10:244:1::5'], ns6: ['fd00:10:96::a'] };

/** Addresses on which something could listen, besides loopback. */
export function localAddressesOf(recorded: RecordedLookup): readonly string[] {
  return [...addressesV4, ...(addressesV6[recorded.net ?? 'v4'] ?? [])];
}

/** What was asked in a recorded case. */
export function questionOf(recorded: RecordedLookup): Question {
  return {
    api: recorded.api,
    name: recorded.name,
    family: recorded.family,
    flags: recorded.flags === '-' ? [] : recorded.flags.split(','),
  };
}

/** The surroundings of a recorded case, with the defaults that the files do not repeat. */
export function surroundingsOf(recorded: RecordedLookup): Surroundings {
  return {
    resolvConf: recorded.resolvConf,
    hosts: recorded.hosts === undefined ? hostsByDefault : recorded.hosts,
    nsswitch: recorded.nsswitch === undefined ? 'hosts: files dns\n' : recorded.nsswitch,
    hostname: recorded.hostname ?? hostnameByDefault,
    env: recorded.env,
    hostAliases: recorded.aliases ?? null,
    addresses: localAddressesOf(recorded),
    rotateStart: rotateStartOf(recorded),
  };
}

/** Chance chose the first server where the file says `rotate`: the recorded first query tells which it was. */
function rotateStartOf(recorded: RecordedLookup): number {
  if (!/\brotate\b/.test(`${recorded.resolvConf ?? ''} ${recorded.env.RES_OPTIONS ?? ''}`)) return 0;
  const servers = [...(recorded.resolvConf ?? '').matchAll(/^nameserver\s+(\S+)/gm)].map((match) => match[1]).slice(0, 3);
  return Math.max(0, servers.indexOf(recorded.queries[0]?.server));
}
