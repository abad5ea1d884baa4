import type { DnsPolicy, Pod, PodDnsConfig } from '../api/types.ts';
import { fitLimits } from './pod-dns-limits.ts';
import { readHostResolvConf, type HostResolvConf, type HostWord } from './read-host-resolv-conf.ts';
import { renderResolvConf, type ResolvLine } from './render-resolv-conf.ts';
import type { Draft, DroppedEntry, ResolvEntry } from './resolv-entries.ts';

export interface PodDnsRequest {
  readonly pod: Pick<Pod, 'spec'> & { readonly metadata?: { readonly name?: string; readonly namespace?: string } };
  readonly namespace: string;
  /** The kubelet's clusterDNS; empty: not configured. */
  readonly clusterDns: readonly string[];
  /** The kubelet's clusterDomain; empty: not configured. */
  readonly clusterDomain: string;
  /** Text of the file that the kubelet's --resolv-conf names; null: the flag is the empty string. */
  readonly hostResolvConf: string | null;
  /** Addresses of the node: they decide between 127.0.0.1 and ::1 where hostResolvConf is null. */
  readonly nodeAddresses?: readonly string[];
}

export interface PodDns {
  readonly servers: readonly string[];
  readonly searches: readonly string[];
  readonly options: readonly string[];
  /** Events on the pod as `Type Reason Message`. */
  readonly events: readonly string[];
  /** The file line by line, each entry with its origin. */
  readonly lines: readonly ResolvLine[];
  readonly dropped: readonly DroppedEntry[];
  /** The file as the container runtime writes it. */
  readonly text: string;
  /** The policy that took effect, and why where it is not the one written down. */
  readonly effective: { readonly policy: DnsPolicy; readonly because: string };
  /** Set where the kubelet refuses: the pod does not start, and the lists are empty. */
  readonly error?: string;
}

const empty: Draft = { servers: [], searches: [], options: [], events: [], dropped: [] };

function withoutRepeats(entries: readonly ResolvEntry[]): { kept: readonly ResolvEntry[]; repeated: readonly ResolvEntry[] } {
  const seen = new Set<string>();
  const kept: ResolvEntry[] = [];
  const repeated: ResolvEntry[] = [];
  for (const entry of entries) {
    (seen.has(entry.text) ? repeated : kept).push(entry);
    seen.add(entry.text);
  }
  return { kept, repeated };
}

function asDropped(keyword: DroppedEntry['keyword'], entries: readonly ResolvEntry[], because: string): readonly DroppedEntry[] {
  return entries.map((entry) => ({ ...entry, keyword, because }));
}

const already = 'it is in the list already: duplicates are left out';

function fromNode(words: readonly HostWord[], what: string): readonly ResolvEntry[] {
  return words.map((word) => ({ text: word.text, by: 'node', because: `${what} from line ${String(word.line)} of the node's file` }));
}

function clusterDraft(request: PodDnsRequest, host: HostResolvConf): Draft {
  const { clusterDomain: domain, namespace } = request;
  const nodeSearches = fromNode(host.searches, "a search domain of the node, which goes behind the cluster's:");
  const own: readonly ResolvEntry[] =
    domain === ''
      ? []
      : [
          { text: `${namespace}.svc.${domain}`, by: 'kubelet', because: "the pod's own namespace, so that a Service here is found by its bare name" },
          { text: `svc.${domain}`, by: 'kubelet', because: 'all namespaces, so that <service>.<namespace> is found' },
          { text: domain, by: 'kubelet', because: "the cluster domain, so that <service>.<namespace>.svc is found (the kubelet's clusterDomain)" },
        ];
  const searches = domain === '' ? { kept: nodeSearches, repeated: [] } : withoutRepeats([...own, ...nodeSearches]);
  return {
    ...empty,
    servers: request.clusterDns.map((text) => ({
      text,
      by: 'kubelet',
      because: "the cluster DNS Service (the kubelet's clusterDNS); the node's servers are left out",
    })),
    searches: searches.kept,
    options: [{ text: 'ndots:5', by: 'kubelet', because: 'names with fewer than five dots go through the search list first' }],
    dropped: [
      ...asDropped('nameserver', fromNode(host.servers, 'a name server'), 'under ClusterFirst only the cluster DNS is asked; it forwards other names itself'),
      ...asDropped('search', searches.repeated, already),
      ...asDropped('options', fromNode(host.options, 'an option'), "under ClusterFirst the node's options are not inherited"),
    ],
  };
}

function hostDraft(request: PodDnsRequest, host: HostResolvConf): Draft {
  if (request.hostResolvConf !== null) {
    return {
      ...empty,
      servers: fromNode(host.servers, 'a name server'),
      searches: fromNode(host.searches, 'a search domain'),
      options: fromNode(host.options, 'an option'),
    };
  }
  const because = 'the kubelet runs with an empty --resolv-conf, so the pod is told to ask itself';
  const families = (request.nodeAddresses ?? []).map((address) => (address.includes(':') ? '::1' : '127.0.0.1'));
  const servers = families.length === 0 ? ['127.0.0.1'] : families;
  return {
    ...empty,
    servers: servers.map((text) => ({ text, by: 'kubelet', because })),
    searches: [{ text: '.', by: 'kubelet', because: 'the kubelet runs with an empty --resolv-conf: no search' }],
  };
}

function mergeOptions(draft: Draft, config: PodDnsConfig): Draft {
  const options = new Map<string, ResolvEntry>();
  const dropped: DroppedEntry[] = [];
  const put = (name: string, entry: ResolvEntry): void => {
    const earlier = options.get(name);
    if (earlier !== undefined && earlier.text !== entry.text)
      dropped.push({ ...earlier, keyword: 'options', because: `"${entry.text}" replaces it: options are merged by name` });
    options.set(name, entry);
  };
  for (const entry of draft.options) {
    const colon = entry.text.indexOf(':');
    const name = colon === -1 ? entry.text : entry.text.slice(0, colon);
    put(name, { ...entry, text: colon === entry.text.length - 1 ? name : entry.text });
  }
  for (const option of config.options ?? []) {
    const name = option.name ?? '';
    const value = option.value ?? '';
    put(name, { text: value === '' ? name : `${name}:${value}`, by: 'pod', because: "an option of the pod's dnsConfig" });
  }
  return { ...draft, options: [...options.values()], dropped: [...draft.dropped, ...dropped] };
}

function mergeConfig(draft: Draft, config: PodDnsConfig): Draft {
  const entries = (texts: readonly string[] | undefined, because: string): readonly ResolvEntry[] =>
    (texts ?? []).map((text) => ({ text, by: 'pod', because }));
  const servers = withoutRepeats([...draft.servers, ...entries(config.nameservers, "a name server of the pod's dnsConfig, behind those of the policy")]);
  const searches = withoutRepeats([...draft.searches, ...entries(config.searches, "a search domain of the pod's dnsConfig, behind those of the policy")]);
  const dropped = [...draft.dropped, ...asDropped('nameserver', servers.repeated, already), ...asDropped('search', searches.repeated, already)];
  return mergeOptions({ ...draft, servers: servers.kept, searches: searches.kept, dropped }, config);
}

function decide(request: PodDnsRequest): { policy: DnsPolicy; because: string } {
  const written = request.pod.spec.dnsPolicy;
  const isHostNetwork = request.pod.spec.hostNetwork === true;
  if (written === 'None') return { policy: 'None', because: 'dnsPolicy is None: only dnsConfig counts' };
  if (written === 'Default') return { policy: 'Default', because: "dnsPolicy is Default: the pod gets the node's settings" };
  if (written !== 'ClusterFirstWithHostNet' && isHostNetwork) {
    return {
      policy: 'Default',
      because: 'the pod uses the host network, and there ClusterFirst quietly means Default; ClusterFirstWithHostNet would ask the cluster DNS',
    };
  }
  if (request.clusterDns.length === 0) return { policy: 'Default', because: 'the kubelet has no clusterDNS, so it falls back to Default' };
  if (written === 'ClusterFirstWithHostNet') return { policy: written, because: 'dnsPolicy is ClusterFirstWithHostNet: cluster DNS, on the host network too' };
  return { policy: 'ClusterFirst', because: written === undefined ? 'nothing is said, and ClusterFirst is the default' : 'dnsPolicy is ClusterFirst' };
}

function missingClusterDns(request: PodDnsRequest, policy: DnsPolicy): readonly string[] {
  const written = request.pod.spec.dnsPolicy ?? 'ClusterFirst';
  const wantsCluster = written === 'ClusterFirstWithHostNet' || (written === 'ClusterFirst' && request.pod.spec.hostNetwork !== true);
  if (policy !== 'Default' || !wantsCluster) return [];
  const pod = `${request.pod.metadata?.name ?? ''}_${request.namespace}()`;
  return [
    `Warning MissingClusterDNS pod: "${pod}". kubelet does not have ClusterDNS IP configured and cannot create Pod using "ClusterFirst" policy. Falling back to "Default" policy.`,
  ];
}

/**
 * What the kubelet decides about a pod's DNS, and the resolv.conf that containerd writes from it: every entry with its origin, and what was left out.
 * Too many servers or domains are cut, with a DNSConfigForming event, and the pod starts all the same. Options keep a stable order here; a real
 * kubelet shuffles them where dnsConfig is set or the node's options are used. Never throws.
 * // Models GetPodDNS in pkg/kubelet/network/dns/dns.go
 */
export function podDns(request: PodDnsRequest): PodDns {
  const host = readHostResolvConf(request.hostResolvConf ?? '');
  const effective = decide(request);
  if (host.error !== undefined) {
    const error = `Encountered error while parsing resolv conf file. Error: ${host.error}`;
    return { servers: [], searches: [], options: [], events: [], lines: [], dropped: [], text: '', effective, error };
  }
  const events = missingClusterDns(request, effective.policy);
  const base = effective.policy === 'None' ? empty : effective.policy === 'Default' ? hostDraft(request, host) : clusterDraft(request, host);
  const config = request.pod.spec.dnsConfig;
  const merged = config === undefined ? base : mergeConfig(base, config);
  const draft = fitLimits({ ...merged, events: [...events, ...merged.events] });
  const { lines, text } = renderResolvConf(draft);
  const texts = (entries: readonly ResolvEntry[]): readonly string[] => entries.map((entry) => entry.text);
  return {
    servers: texts(draft.servers),
    searches: texts(draft.searches),
    options: texts(draft.options),
    events: draft.events,
    dropped: draft.dropped,
    lines,
    text,
    effective,
  };
}
