import type { HostAlias, Pod } from '../api/types.ts';

const hostnameCharactersMax = 63;

/** The host name that the pod sees, and its domain where `subdomain` gives one. */
export interface PodHostname {
  readonly hostname: string;
  /** `<subdomain>.<namespace>.svc.<cluster domain>`, or empty. */
  readonly domain: string;
}

/**
 * The pod's host name: `hostnameOverride`, else `hostname`, else the pod's name cut to 63 characters (and then freed of `-` and `.` at its end).
 * // Models GeneratePodHostNameAndDomain in pkg/kubelet/kubelet_pods.go
 */
export function podHostname(pod: Pod, namespace: string, clusterDomain: string): PodHostname {
  const { hostnameOverride, hostname, subdomain } = pod.spec;
  if (hostnameOverride !== undefined && hostnameOverride !== '') return { hostname: hostnameOverride, domain: '' };
  const full = hostname === undefined || hostname === '' ? pod.metadata.name : hostname;
  const cut = full.length > hostnameCharactersMax ? full.slice(0, hostnameCharactersMax).replace(/[-.]+$/u, '') : full;
  return { hostname: cut, domain: subdomain === undefined || subdomain === '' ? '' : `${subdomain}.${namespace}.svc.${clusterDomain}` };
}

function aliasLines(aliases: readonly HostAlias[]): string {
  if (aliases.length === 0) return '';
  return `\n# Entries added by HostAliases.\n${aliases.map((alias) => `${alias.ip}\t${(alias.hostnames ?? []).join('\t')}\n`).join('')}`;
}

const managedHeader = '# Kubernetes-managed hosts file.\n';
const localLines = [
  '127.0.0.1\tlocalhost',
  '::1\tlocalhost ip6-localhost ip6-loopback',
  'fe00::0\tip6-localnet',
  'fe00::0\tip6-mcastprefix',
  'fe00::1\tip6-allnodes',
  'fe00::2\tip6-allrouters',
]
  .map((line) => `${line}\n`)
  .join('');

/** What surrounds the pod. `nodeHosts` is the node's own file: a host-network pod gets a copy of it. */
export interface HostsFileSurroundings {
  readonly namespace: string;
  readonly clusterDomain: string;
  readonly podIps: readonly string[];
  readonly nodeHosts?: string;
}

/**
 * The pod's /etc/hosts: localhost lines, a line with the pod's name for each of its addresses, then `hostAliases`. Read before DNS is asked.
 * // Models managedHostsFileContent and nodeHostsFileContent in pkg/kubelet/kubelet_pods.go
 */
export function hostsFile(pod: Pod, surroundings: HostsFileSurroundings): string {
  const aliases = aliasLines(pod.spec.hostAliases ?? []);
  if (pod.spec.hostNetwork === true) return `# Kubernetes-managed hosts file (host network).\n${surroundings.nodeHosts ?? ''}${aliases}`;
  const { hostname, domain } = podHostname(pod, surroundings.namespace, surroundings.clusterDomain);
  const names = domain === '' ? hostname : `${hostname}.${domain}\t${hostname}`;
  return `${managedHeader}${localLines}${surroundings.podIps.map((address) => `${address}\t${names}\n`).join('')}${aliases}`;
}
