import type { ProxiedEndpoint } from './endpoints-map.ts';
import type { ProxiedPort } from './service-map.ts';
import { hashName } from './sha256.ts';

/** nftables allows 256 characters, 16 of which are kept for what stands in front. */
const nameCharactersMax = 240;

/** The chains of one port; the names say of which, unlike those of iptables. */
export interface NftPortNames {
  /** Chooses among the endpoints of the cluster. */
  readonly cluster: string;
  /** Chooses among the endpoints of this node. */
  readonly local: string;
  /** What came to any address but the cluster IP. */
  readonly external: string;
  /** Drops whom the load balancer's addresses do not let in. */
  readonly firewall: string;
}

/** The chain names of a port. */
export function nftPortNames(port: ProxiedPort): NftPortNames {
  const name = hashed(base(port));
  return { cluster: `service-${name}`, local: `local-${name}`, external: `external-${name}`, firewall: `firewall-${name}` };
}

/** The chain of one endpoint, and the set of clients that keep it. Only ports with session affinity have them. */
export function nftEndpointNames(port: ProxiedPort, { address, port: number }: ProxiedEndpoint): { readonly chain: string; readonly clients: string } {
  // A chain's name must not hold a colon.
  const name = hashed(`${base(port)}__${address.replaceAll(':', '.')}/${String(number)}`);
  return { chain: `endpoint-${name}`, clients: `affinity-${name}` };
}

const base = ({ namespace, service, protocol, portName }: ProxiedPort): string => `${namespace}/${service}/${protocol}/${portName}`;

function hashed(name: string): string {
  const full = `${hashName(name, 8)}-${name}`;
  return full.length > nameCharactersMax ? `${full.slice(0, nameCharactersMax - 3)}...` : full;
}
