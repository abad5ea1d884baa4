/**
 * What a C library's resolver is asked, what surrounds it, and what it does. Shared by the models of glibc and musl.
 * All times are integer milliseconds of the lookup's own clock, which starts at 0.
 */

export type Library = 'glibc-2.36' | 'glibc-2.41' | 'musl-1.2.3' | 'musl-1.2.5';

/** The versions of musl among them. */
export type MuslVersion = Extract<Library, 'musl-1.2.3' | 'musl-1.2.5'>;

/** The function the program calls. `gni` is getnameinfo (address to name). */
export type Api = 'gai' | 'res_search' | 'res_query' | 'gethostbyname' | 'gethostbyname2' | 'gni';

export interface Question {
  readonly api: Api;
  /** The name, or for `gni` the address, exactly as the program gives it. */
  readonly name: string;
  readonly family: 'unspec' | 'inet' | 'inet6';
  /** AI_… flags in lower case without the prefix: `addrconfig`, `canonname`, … */
  readonly flags: readonly string[];
}

/** What the library finds around it. `null` for a file means that it does not exist. */
export interface Surroundings {
  readonly resolvConf: string | null;
  readonly hosts: string | null;
  readonly nsswitch: string | null;
  readonly hostname: string;
  readonly env: Readonly<Record<string, string>>;
  /** The file that HOSTALIASES names. */
  readonly hostAliases: string | null;
  /** Addresses of the pod's own interfaces besides loopback; which families exist decides AI_ADDRCONFIG and the order of answers. */
  readonly addresses: readonly string[];
  /** Start of the server rotation (`rotate`), as chance gave it. */
  readonly rotateStart: number;
  /** How glibc sends pairs of queries after an earlier lookup of the same process lost an answer; absent: both at once. */
  readonly sequence?: 'both at once' | 'single-request' | 'single-request-reopen';
}

export type Transport = 'udp' | 'tcp';
export type QueryType = 'A' | 'AAAA' | 'PTR' | 'SRV' | 'CNAME' | 'TXT' | 'NS' | 'SOA' | 'ANY';

/** A query on its way. `qname` is absolute: it ends in a dot. */
export interface SentQuery {
  readonly server: string;
  readonly qname: string;
  readonly qtype: QueryType;
  readonly transport: Transport;
  readonly atMs: number;
  /** Queries with the same number were sent without waiting for an answer in between. Counts from 1. */
  readonly batch: number;
  /** UDP payload size offered by an OPT record; absent: no EDNS. */
  readonly edns?: number;
  /** The AD bit was set (`trust-ad`). */
  readonly ad?: boolean;
}

export type ResponseCode = 'NOERROR' | 'FORMERR' | 'SERVFAIL' | 'NXDOMAIN' | 'NOTIMP' | 'REFUSED';

export interface ResourceRecord {
  readonly name: string;
  readonly type: QueryType;
  readonly ttlSeconds: number;
  /** An address, a name with its final dot, or the presentation form of the data. */
  readonly data: string;
}

export interface Answer {
  readonly rcode: ResponseCode;
  readonly truncated: boolean;
  readonly authoritative: boolean;
  readonly recursionAvailable: boolean;
  /** Records of the answer section; NOERROR without any is NODATA. */
  readonly records: readonly ResourceRecord[];
  /** The answer repeats an OPT record. */
  readonly edns: boolean;
  /** Size of the message on the wire in bytes. */
  readonly sizeBytes: number;
  /** Why the server answers so, in one sentence, where it can say. */
  readonly because?: string;
}

/** What becomes of a query. `closed`: the port is unreachable (ICMP, or RST over TCP); `unreachable`: the kernel has no route. */
export type Delivery =
  | { readonly kind: 'answer'; readonly afterMs: number; readonly answer: Answer }
  | { readonly kind: 'lost' }
  | { readonly kind: 'closed' }
  | { readonly kind: 'unreachable' };

/** The network with its servers: pure; `earlier` are the queries sent before this one, oldest first. */
export type Wire = (query: SentQuery, earlier: readonly SentQuery[]) => Delivery;

/** Which rule made a candidate. */
export type CandidateRule = 'absolute' | 'enough dots: as typed first' | 'search list' | 'as typed last' | 'no search' | 'alias' | 'reverse';

interface EventBase {
  /** Position in the trace, from 1. */
  readonly id: number;
  readonly atMs: number;
  /** Id of the earlier event that led to this one; absent only for the first. */
  readonly cause?: number;
  /** The rule, in one plain sentence: why this follows from the cause. */
  readonly because: string;
}

/** What the library did, in order. */
export type ResolverEvent = EventBase &
  (
    | { readonly kind: 'call' }
    /** A line of a file, a variable or an option was used, ignored or cut. `line` counts from 1 where there is one. */
    | {
        readonly kind: 'setting';
        readonly source: 'resolv.conf' | 'environment' | 'hostname' | 'nsswitch' | 'default';
        readonly line?: number;
        readonly text: string;
        readonly effect: 'used' | 'ignored' | 'changed';
      }
    /** The hosts file, or the text of an address, answered or did not. */
    | { readonly kind: 'local'; readonly source: 'hosts' | 'numeric' | 'invalid'; readonly found: boolean }
    | {
        readonly kind: 'candidate';
        readonly name: string;
        readonly rule: CandidateRule;
        readonly searchIndex?: number;
        readonly dots: number;
        readonly ndots: number;
      }
    | { readonly kind: 'skip'; readonly name: string }
    | { readonly kind: 'send'; readonly query: SentQuery; readonly queryIndex: number; readonly attempt: number }
    /** The query did not leave, or its port was refused. */
    | { readonly kind: 'refused'; readonly server: string; readonly qtype: QueryType; readonly how: 'closed' | 'unreachable'; readonly queryIndex?: number }
    | { readonly kind: 'receive'; readonly queryIndex: number; readonly answer: Answer }
    | { readonly kind: 'timeout'; readonly queryIndexes: readonly number[]; readonly waitedMs: number }
    /** What the library makes of it. */
    | {
        readonly kind: 'decide';
        readonly next: 'accept' | 'next candidate' | 'next server' | 'retry' | 'tcp' | 'grow buffer' | 'drop edns' | 'one by one' | 'remember' | 'stop';
      }
    | { readonly kind: 'result'; readonly result: LookupResult }
  );

/** What the program gets. Keys are absent where the API has no such thing. */
export interface LookupResult {
  /** `OK`, `EAI_…`, an h_errno name, or `CRASH`. */
  readonly code: string;
  /** In the order handed over. */
  readonly addresses?: readonly string[];
  readonly canonname?: string | null;
  readonly host?: string | null;
  readonly h_errno?: string;
  readonly rcode?: string;
  readonly ancount?: number;
}

export interface Trace {
  /** Only queries that left the machine to a server that exists: none to closed or unreachable addresses. */
  readonly queries: readonly SentQuery[];
  readonly events: readonly ResolverEvent[];
  readonly result: LookupResult;
  readonly elapsedMs: number;
  /** What the process keeps: part of the surroundings of its next lookup. Absent: nothing. */
  readonly carried?: Pick<Surroundings, 'rotateStart' | 'sequence'>;
}

/** One lookup from the call to the result. Pure and bounded. */
export type Lookup = (library: Library, question: Question, surroundings: Surroundings, wire: Wire) => Trace;
