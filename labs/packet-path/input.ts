import type { ClusterNetwork, NetworkChange, NetworkNode, NetworkSettings, OutsideHost } from '../engine/network/cluster-network/cluster-network.ts';
import type { ProxiedService, ProxiedSlice } from '../engine/network/kube-proxy/proxy-input.ts';
import type { Listener } from '../engine/network/packet/topology.ts';
import type { NetworkPolicy } from '../engine/network/policy/network-policy.ts';

/** The modes of kube-proxy that are modelled. */
export const proxyModes = ['iptables', 'nftables', 'ipvs'] as const;
export type ProxyMode = (typeof proxyModes)[number];

export type Protocol = 'tcp' | 'udp' | 'ping';
export const protocols: readonly Protocol[] = ['tcp', 'udp', 'ping'];
export const protocolNames: Readonly<Record<Protocol, string>> = { tcp: 'TCP connection', udp: 'UDP datagram', ping: 'ping (ICMP)' };

/** Data of one datagram or echo: what the largest frames take. */
export const dataBytesMax = 8972;

/**
 * A caller or something that can be called, as kubectl writes it: `pod/checkout` (namespace default), `pod/shop/checkout`, `node/node-a`,
 * `service/cart`, `host/client` for machines outside the cluster, or an address.
 */
export type ThingId = string;

/** Who calls whom, and with what. */
export interface Call {
  readonly from: ThingId;
  readonly to: ThingId;
  /** Absent in a ping. */
  readonly port: number;
  readonly protocol: Protocol;
  /** Bytes of data of a datagram or an echo. A TCP connection sends none before it stands. */
  readonly dataBytes: number;
  /** Whether routers may cut the packet of an echo into pieces. */
  readonly mayFragment: boolean;
}

/** A pod with what its network, its Services and its policies need. */
export interface WorldPod {
  readonly namespace: string;
  readonly name: string;
  readonly node: string;
  readonly address: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly hostNetwork: boolean;
  readonly isReady: boolean;
  /** Ports that its manifest names; they only inform. */
  readonly ports: readonly { readonly name?: string; readonly port: number; readonly protocol: 'TCP' | 'UDP' | 'SCTP' }[];
  /** Ports on which its program really listens. */
  readonly listeners: readonly Listener[];
  /** The port of the bridge sends its frames back to it. */
  readonly hasHairpin: boolean;
  /** The pod was deleted: nothing answers at its address any more. */
  readonly isGone: boolean;
}

/** kube-proxy of a node has stopped: its rules stay as these objects made them. */
export interface StoppedProxy {
  readonly node: string;
  readonly services: readonly ProxiedService[];
  readonly endpointSlices: readonly ProxiedSlice[];
}

/** The cluster as the texts and the learner's acts made it. */
export interface World {
  readonly nodes: readonly NetworkNode[];
  readonly pods: readonly WorldPod[];
  readonly namespaces: ClusterNetwork['namespaces'];
  readonly services: readonly ProxiedService[];
  /** EndpointSlices written by hand; those of Services with a selector follow from the pods. */
  readonly writtenSlices: readonly ProxiedSlice[];
  readonly policies: readonly { readonly policy: NetworkPolicy; readonly isOn: boolean }[];
  readonly outside: readonly OutsideHost[];
  readonly settings: NetworkSettings;
  readonly stoppedProxies: readonly StoppedProxy[];
  /** Routes added and removed, and other things done to machines, in their order. */
  readonly changes: readonly NetworkChange[];
}

/** What the texts say. */
export interface Input {
  /** The manifests as the learner wrote them, for a real cluster. */
  readonly objectsText: string;
  readonly world: World;
  readonly call: Call;
  /** Other calls that the task asks to keep in sight: followed with every change, not shown step by step. */
  readonly alsoCalls: readonly Call[];
}
