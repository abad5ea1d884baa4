import type { ProxiedService, ProxiedSlice } from '../kube-proxy/proxy-input.ts';
import type { Listener } from '../packet/topology.ts';
import type { NetworkPolicy } from '../policy/network-policy.ts';

/**
 * What the network of a cluster is made of, as its users and its administrator know it: machines, pods, Services, policies, and how the pod network and
 * kube-proxy are set up. Plain data, IPv4 only; `clusterTopology` makes namespaces, devices, routes and rules of it and leaves out what does not fit
 * together, `builtNetwork` says what and why.
 */
export interface ClusterNetwork {
  readonly nodes: readonly NetworkNode[];
  readonly pods: readonly NetworkPod[];
  /** Labels of namespaces, by name. A namespace that is missing has only its name as label. */
  readonly namespaces: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly services: readonly ProxiedService[];
  readonly endpointSlices: readonly ProxiedSlice[];
  readonly policies: readonly NetworkPolicy[];
  readonly outside: readonly OutsideHost[];
  readonly settings: NetworkSettings;
  /** What is broken or was changed by hand, in the order in which it happened. */
  readonly changes: readonly NetworkChange[];
}

export interface NetworkNode {
  /** Unique among nodes and outside hosts; `lan`, `router`, `internet` and `wan0`, `wan1`, … are taken by parts of the network. */
  readonly name: string;
  /** Its address in `lanCidr`. */
  readonly address: string;
  /** The block of `clusterCidr` from which its pods get addresses: 10.244.1.0/24 gives 10.244.1.0 to its tunnel and 10.244.1.1 to its bridge. */
  readonly podCidr: string;
  /** Its label topology.kubernetes.io/zone, by which kube-proxy reads hints. */
  readonly zone?: string;
  /** What programs on the machine itself listen on. */
  readonly listeners: readonly Listener[];
}

export interface NetworkPod {
  readonly namespace: string;
  readonly name: string;
  /** The name of the node on which it runs. */
  readonly node: string;
  /** In its node’s `podCidr`; with `hostNetwork` the node’s own address. */
  readonly address: string;
  /** By which policies select it; Services are resolved in `endpointSlices` already. */
  readonly labels: Readonly<Record<string, string>>;
  /** It has no network of its own: its program runs in the node’s. */
  readonly hostNetwork?: boolean;
  readonly listeners: readonly Listener[];
  /** Names of ports, which policies may use. */
  readonly portNames?: Readonly<Record<string, Listener>>;
}

/** A machine that is no node. The first one on the internet also takes what the router knows no better way for. */
export interface OutsideHost {
  /** Unique among nodes and outside hosts. */
  readonly name: string;
  /** On the internet each stands in a /24 that shares nothing with the cluster’s blocks. */
  readonly address: string;
  /** `lan`: on the nodes’ own network; `internet`: behind the router. */
  readonly on: 'lan' | 'internet';
  readonly listeners: readonly Listener[];
}

/** `--proxy-mode`. ipvs, deprecated since v1.35, is written from its sources; no recording confirms it. */
export type ProxyMode = 'iptables' | 'nftables' | 'ipvs';

export interface NetworkSettings {
  readonly proxyMode: ProxyMode;
  /** How pods of two nodes reach each other: routes on the nodes’ own network, or a VXLAN tunnel. */
  readonly podNetwork: 'host-gw' | 'vxlan';
  /** All pods’ addresses; kube-proxy’s `--cluster-cidr`. */
  readonly clusterCidr: string;
  /** The addresses of Services. No machine has a route to it: only rules know them. */
  readonly serviceCidr: string;
  /** The nodes’ own network; the router has its first address. */
  readonly lanCidr: string;
  /** 1500 on Ethernet, 9000 with jumbo frames. */
  readonly lanMtuBytes: number;
  /** MTU of pods and of their bridge; absent: what fits through the pod network (50 bytes less with VXLAN). */
  readonly podMtuBytes?: number;
  /** Whether the ports of the pods’ bridge also send a frame back to where it came from. */
  readonly hairpin: boolean;
  /** net.bridge.bridge-nf-call-iptables on the nodes. */
  readonly bridgeNetfilter: boolean;
}

/** Something that is not as it was set up. Routes change one after the other; the others hold from the start. */
export type NetworkChange =
  /** A machine (a node or outside host by name, `router`, a pod as `namespace/name`) loses its route to a block, or to `default`. */
  | { readonly kind: 'route removed'; readonly host: string; readonly to: string }
  /** A machine gets a route, as `ip route add TO via VIA` would make it; it replaces one to the same block. `via` is an address of a neighbour. */
  | { readonly kind: 'route added'; readonly host: string; readonly to: string; readonly via: string }
  /** The bridge port of one pod (`namespace/name`) does not send frames back. */
  | { readonly kind: 'hairpin off'; readonly pod: string }
  | { readonly kind: 'bridge netfilter off'; readonly node: string }
  /** kube-proxy of a node has stopped: its rules stay as these objects made them. */
  | {
      readonly kind: 'proxy stopped';
      readonly node: string;
      readonly services: readonly ProxiedService[];
      readonly endpointSlices: readonly ProxiedSlice[];
    }
  /** The pod is gone: nothing answers at its address any more, whatever slices and policies still say. */
  | { readonly kind: 'pod gone'; readonly pod: string };
