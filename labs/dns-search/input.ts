import type { ClusterDnsSettings } from '../engine/network/cluster-dns/settings.ts';
import type { ClusterView } from '../engine/network/cluster-dns/view.ts';
import type { Pod } from '../engine/api/types.ts';
import type { Library } from '../engine/network/resolver/types.ts';

/** Which addresses the program asks for: both at once is what most programs do. */
export type Family = 'A and AAAA' | 'A only' | 'AAAA only';
export const families: readonly Family[] = ['A and AAAA', 'A only', 'AAAA only'];

export const libraryNames: Readonly<Record<Library, string>> = {
  'glibc-2.36': 'glibc 2.36 (Debian 12)',
  'glibc-2.41': 'glibc 2.41 (Debian 13)',
  'musl-1.2.3': 'musl 1.2.3 (Alpine 3.17)',
  'musl-1.2.5': 'musl 1.2.5 (Alpine 3.20 and later)',
};
export const libraries = Object.keys(libraryNames) as readonly Library[];

/** What a DNS server does with the queries that reach it. */
export const behaviours = {
  answers: 'answers',
  silent: 'is silent (dead, or a firewall drops)',
  closed: 'refuses the connection (port closed)',
  servfail: 'answers SERVFAIL',
  refused: 'answers REFUSED',
  nxdomain: 'answers NXDOMAIN to everything',
  'aaaa-servfail': 'answers A, but SERVFAIL to AAAA',
  'aaaa-nxdomain': 'answers A, but NXDOMAIN to AAAA',
  'aaaa-silent': 'answers A, but never AAAA',
  'loses-first': 'loses the first packet of each query',
  'udp-truncates': 'truncates every UDP answer',
  'udp-only': 'has no TCP',
} as const;
export type Behaviour = keyof typeof behaviours;

/** The node and the servers around it. */
export interface Network {
  /** The node's own file, which the kubelet reads. */
  readonly nodeResolvConf: string;
  readonly clusterDns: readonly string[];
  readonly clusterDomain: string;
  readonly podRecords: 'disabled' | 'insecure' | 'verified';
  readonly autopath: boolean;
  /** Behaviour by address; servers not named here but found in a resolv.conf answer. */
  readonly servers: Readonly<Record<string, Behaviour>>;
  /** Names outside the cluster, as the resolvers upstream know them. */
  readonly upstream: ClusterDnsSettings['upstream'];
}

export interface Need {
  readonly name: string;
  /** The address that counts as right; absent: any. */
  readonly address?: string;
}

/** What the program asks, and with what. */
export interface Asked {
  readonly name: string;
  readonly library: Library;
  readonly family: Family;
  readonly environment: Readonly<Record<string, string>>;
  /** The address that the program means to reach, where a task says so. */
  readonly address: string | null;
  /** Other names this program uses: watched, not asked. */
  readonly needs: readonly Need[];
}

export interface Input {
  /** The objects as the learner wrote them, for a real cluster. */
  readonly clusterText: string;
  readonly pod: Pod;
  readonly view: ClusterView;
  /** The learner's own file instead of the kubelet's; null: the kubelet writes it. */
  readonly pastedResolvConf: string | null;
  readonly network: Network;
  readonly asked: Asked;
}
