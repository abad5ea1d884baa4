import { hostsFile, podHostname } from '../engine/kubelet/hosts-file.ts';
import { clusterDns, type ClusterDns } from '../engine/network/cluster-dns/cluster-dns.ts';
import { fitMessage } from '../engine/network/cluster-dns/message-size.ts';
import { kubeadmSettings, type ClusterDnsSettings } from '../engine/network/cluster-dns/settings.ts';
import { forward } from '../engine/network/cluster-dns/upstream.ts';
import type { ClusterView } from '../engine/network/cluster-dns/view.ts';
import { keyHash } from '../engine/key-hash.ts';
import { lookup } from '../engine/network/resolver/lookup.ts';
import type { Answer, Delivery, Question, SentQuery, Surroundings, Trace, Wire } from '../engine/network/resolver/types.ts';
import { fileOf } from './file.ts';
import type { Behaviour, Family, Input } from './input.ts';
import type { Run, Change } from './run.ts';

/** A pod hears from the cluster DNS in about a millisecond; a query that leaves the cluster takes longer. Fixed, so that only the number of queries differs. */
const clusterMs = 1;
const upstreamMs = 15;

const nodeAddress = '192.0.2.11';
const familyOf = { 'A and AAAA': 'unspec', 'A only': 'inet', 'AAAA only': 'inet6' } as const satisfies Readonly<Record<Family, Question['family']>>;

/** Addresses of the pod: its own, or the node's where it uses the node's network. */
export function podAddresses(input: Input): readonly string[] {
  const { spec, status } = input.pod;
  if (spec.hostNetwork === true) return [nodeAddress];
  return status?.podIPs?.map(({ ip }) => ip) ?? [status?.podIP ?? '10.244.1.5'];
}

/** The Corefile that the network text describes. */
export function corefileOf(input: Input, seed: number): ClusterDnsSettings {
  const { clusterDomain, podRecords, autopath, upstream } = input.network;
  return { ...kubeadmSettings, zone: clusterDomain, pods: podRecords, autopath, upstream, shuffleSeed: seed };
}

// Indexing the objects once per text, not once per lookup. A view is never changed, so the cache cannot be stale.
const serversOfView = new WeakMap<ClusterView, { readonly seed: number; readonly dns: ClusterDns }>();

function clusterDnsOf(input: Input, seed: number): ClusterDns {
  const known = serversOfView.get(input.view);
  if (known?.seed === seed) return known.dns;
  const dns = clusterDns(input.view, corefileOf(input, seed));
  serversOfView.set(input.view, { seed, dns });
  return dns;
}

/** Servers that the node uses for names outside the cluster. */
function nodeServers(input: Input): readonly string[] {
  return [...input.network.nodeResolvConf.matchAll(/^[ \t]*nameserver[ \t]+(\S+)/gmu)].map((match) => match[1] ?? '');
}

/** All servers whose behaviour can be chosen: those of the pod's file, of the kubelet and those that the network text names. */
export function knownServers(input: Input): readonly string[] {
  return [...new Set([...fileOf(input).servers, ...input.network.clusterDns, ...Object.keys(input.network.servers)])].slice(0, 8);
}

/** The answering side of a server: a cluster DNS knows the Services; the node's resolvers know only the world outside. */
export function isClusterServer(input: Input, server: string): boolean {
  const { clusterDns: addresses, servers } = input.network;
  return addresses.includes(server) || (Object.hasOwn(servers, server) && !nodeServers(input).includes(server));
}

function firstBehaviour(input: Input, server: string): Behaviour {
  const said = input.network.servers[server];
  if (said !== undefined) return said;
  if (isClusterServer(input, server) || nodeServers(input).includes(server)) return 'answers';
  return server.startsWith('127.') || server === '::1' ? 'closed' : 'silent';
}

function upstreamAnswer(input: Input, seed: number, query: SentQuery): Answer {
  const { rcode, records, because } = forward(corefileOf(input, seed), query.qname, query.qtype);
  const { edns, transport } = query;
  const fitted = fitMessage(query.qname, { answer: records, authority: [], additional: [] }, { transport, ...(edns === undefined ? {} : { edns }) });
  const zone = `.${input.network.clusterDomain}.`;
  const outside = query.qname.toLowerCase().endsWith(zone) ? 'this resolver stands outside the cluster and knows no Service' : because;
  return {
    rcode,
    truncated: fitted.truncated,
    authoritative: false,
    recursionAvailable: true,
    records: fitted.answer,
    edns: edns !== undefined,
    sizeBytes: fitted.sizeBytes,
    because: outside,
  };
}

function goodDelivery(input: Input, seed: number, query: SentQuery): Delivery {
  if (!isClusterServer(input, query.server)) return { kind: 'answer', afterMs: upstreamMs, answer: upstreamAnswer(input, seed, query) };
  const { qname, qtype, transport, edns } = query;
  const [clientAddress = ''] = podAddresses(input);
  const { answer, rule, waitMs } = clusterDnsOf(input, seed).answer({ qname, qtype, transport, clientAddress, ...(edns === undefined ? {} : { edns }) });
  return { kind: 'answer', afterMs: waitMs + (rule === 'forward' ? upstreamMs : clusterMs), answer };
}

function errorAnswer(rcode: Answer['rcode'], because: string): Delivery {
  return {
    kind: 'answer',
    afterMs: clusterMs,
    answer: { rcode, truncated: false, authoritative: false, recursionAvailable: true, records: [], edns: false, sizeBytes: 40, because },
  };
}

/** What one behaviour makes of one query. */
function deliver(behaviour: Behaviour, good: () => Delivery, query: SentQuery, earlier: readonly SentQuery[]): Delivery {
  const isAaaa = query.qtype === 'AAAA';
  switch (behaviour) {
    case 'answers':
      return good();
    case 'silent':
      return { kind: 'lost' };
    case 'closed':
      return { kind: 'closed' };
    case 'servfail':
      return errorAnswer('SERVFAIL', 'this server says SERVFAIL to everything');
    case 'refused':
      return errorAnswer('REFUSED', 'this server refuses every query');
    case 'nxdomain':
      return errorAnswer('NXDOMAIN', 'this server says of every name that it does not exist');
    case 'aaaa-servfail':
      return isAaaa ? errorAnswer('SERVFAIL', 'this server fails at every AAAA query') : good();
    case 'aaaa-nxdomain':
      return isAaaa ? errorAnswer('NXDOMAIN', 'this server says NXDOMAIN to AAAA though the name exists: an empty answer would be right') : good();
    case 'aaaa-silent':
      return isAaaa ? { kind: 'lost' } : good();
    case 'loses-first':
      return earlier.some((known) => known.qname === query.qname && known.qtype === query.qtype && known.server === query.server) ? good() : { kind: 'lost' };
    case 'udp-truncates': {
      const delivery = good();
      if (query.transport === 'tcp' || delivery.kind !== 'answer') return delivery;
      return { ...delivery, answer: { ...delivery.answer, truncated: true, records: [], because: 'this server truncates every answer over UDP' } };
    }
    case 'udp-only':
      return query.transport === 'tcp' ? { kind: 'closed' } : good();
  }
}

/** The network of a lookup. `changes` take hold from a message on: the wire counts the messages it is given. */
function wireOf(input: Input, seed: number, changes: readonly Change[]): Wire {
  let calls = 0;
  return (query, earlier) => {
    const call = calls;
    calls += 1;
    const changed = changes.findLast(({ server, fromCall }) => server === query.server && fromCall <= call);
    return deliver(changed?.behaviour ?? firstBehaviour(input, query.server), () => goodDelivery(input, seed, query), query, earlier);
  };
}

/** What becomes of one query that a tool in the pod sends by itself, past the C library. */
export function deliveryOf(input: Input, seed: number, query: SentQuery): Delivery {
  return wireOf(input, seed, [])(query, []);
}

/** Files, variables and addresses that the library finds in the pod. */
export function surroundingsOf(input: Input, seed: number): Surroundings {
  const { pod, network, asked } = input;
  const namespace = pod.metadata.namespace ?? 'default';
  const addresses = podAddresses(input);
  const { clusterDomain } = network;
  return {
    resolvConf: fileOf(input).text,
    hosts: hostsFile(pod, { namespace, clusterDomain, podIps: addresses, nodeHosts: '127.0.0.1\tlocalhost\n' }),
    nsswitch: 'hosts: files dns\n',
    hostname: podHostname(pod, namespace, clusterDomain).hostname,
    env: asked.environment,
    hostAliases: null,
    addresses,
    rotateStart: keyHash(`${seed} rotate`),
  };
}

/** One lookup in the pod, from the call to the result. */
export function traceOf(input: Input, seed: number, asked: Pick<Run, 'name' | 'library' | 'family'>, changes: readonly Change[]): Trace {
  const question: Question = { api: 'gai', name: asked.name, family: familyOf[asked.family], flags: [] };
  return lookup(asked.library, question, surroundingsOf(input, seed), wireOf(input, seed, changes));
}

/** Every name that the lookup would try if nothing existed, in order. */
export function fullCandidates(input: Input, seed: number, asked: Pick<Run, 'name' | 'library' | 'family'>): readonly string[] {
  const nothing: Wire = () => errorAnswer('NXDOMAIN', 'nothing exists');
  const question: Question = { api: 'gai', name: asked.name, family: familyOf[asked.family], flags: [] };
  const { queries } = lookup(asked.library, question, surroundingsOf(input, seed), nothing);
  return [...new Set(queries.map(({ qname }) => qname))];
}
