/** One of several places that a rule sends packets to by chance. */

import type { ProxyInput } from '../engine/network/kube-proxy/proxy-input.ts';
import type { PortTraffic } from '../engine/network/kube-proxy/port-traffic.ts';
import type { NftTable } from '../engine/network/kube-proxy/nftables-types.ts';
import type { IptablesRules } from '../engine/network/kube-proxy/iptables-types.ts';
import type { Mode } from './input.ts';

export interface Choice {
  readonly text: string;
  /** `address:port`, or the chain that is gone to. */
  readonly endpoint?: string;
  readonly to?: string;
  /** Of the packets that come to the chain, so many go here. */
  readonly share: number;
}

/** A rule of a chain, or an element of a map or set. */
export interface Line {
  /** As iptables-save or nft print it. */
  readonly text: string;
  /** The same in words. */
  readonly words: string;
  /** Id of the block that packets go to from here. */
  readonly to?: string;
  /** Of what comes this far, the part that the rule takes; absent: all that fits it. */
  readonly chance?: number;
  /** Of all packets that come to the chain, the part that the rule takes. */
  readonly share?: number;
  readonly choices?: readonly Choice[];
  /** The Service, `namespace/name`, for which it is there; absent: for all. */
  readonly service?: string;
  /** The endpoint that packets are sent to, `address:port`. */
  readonly endpoint?: string;
  /** It stands for so many that are alike. */
  readonly times: number;
}

/** A chain, map or set. */
export interface Block {
  /** `table/name` */
  readonly id: string;
  readonly table: string;
  readonly name: string;
  readonly kind: 'chain' | 'map' | 'set';
  /** What it is for. */
  readonly about: string;
  readonly service?: string;
  readonly times: number;
  readonly lines: readonly Line[];
}

/** What kube-proxy has written on a node. */
export interface Written {
  readonly mode: Mode;
  readonly blocks: readonly Block[];
  readonly blockOf: ReadonlyMap<string, Block>;
  readonly traffic: readonly PortTraffic[];
  readonly rules: { readonly mode: 'iptables'; readonly tables: IptablesRules } | { readonly mode: 'nftables'; readonly table: NftTable };
  readonly input: ProxyInput;
}
