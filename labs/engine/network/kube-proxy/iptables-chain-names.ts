import { hashName } from './sha256.ts';
import type { ProxiedPort } from './service-map.ts';

/** The chains of one port. Endpoints have their own: `endpointChain`. */
export interface PortChainNames {
  /** Chooses among the endpoints of the cluster. */
  readonly cluster: string;
  /** Chooses among the endpoints of this node. */
  readonly local: string;
  /** What came to any address but the cluster IP. */
  readonly external: string;
  /** Whom the load balancer's addresses let in. */
  readonly firewall: string;
}

/** Names no longer than the 28 characters that iptables allows. */
export function portChainNames({ name, protocol }: ProxiedPort): PortChainNames {
  const hash = hashName(`${name}${protocol}`, 16);
  return { cluster: `KUBE-SVC-${hash}`, local: `KUBE-SVL-${hash}`, external: `KUBE-EXT-${hash}`, firewall: `KUBE-FW-${hash}` };
}

/** The chain of one endpoint (`address:port`) of a port. */
export function endpointChain({ name, protocol }: ProxiedPort, endpoint: string): string {
  return `KUBE-SEP-${hashName(`${name}${protocol}${endpoint}`, 16)}`;
}
