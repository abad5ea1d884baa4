import { cidrHas, parseCidr } from '../engine/network/kube-proxy/cidr.ts';

/** The first packet of a new connection, as it comes to the node. */
export interface Probe {
  readonly source: string;
  readonly destination: string;
  readonly protocol: string;
  readonly port: number;
  /** The destination is an address of the node itself. */
  readonly isToNode: boolean;
}

/** How many rules alike stand at a place of a chain that all Services share. */
export type TimesOf = (table: string, chain: string, index: number) => number;

/** The part of a route that a chain works out. */
export interface Passage {
  readonly shares: Map<string, number>;
  /** Rules compared on the longest way so far, and lookups. */
  rules: number;
  lookups: number;
  refused?: 'reject' | 'drop';
}

const blocks = new Map<string, ReturnType<typeof parseCidr>>();
const blocksMax = 5000;

/** Whether an address is in a block, both as texts. */
export function isWithin(address: string, cidr: string): boolean {
  if (cidr.endsWith('/32')) return cidr === `${address}/32`;
  if (!cidr.includes('/')) return cidr === address;
  if (blocks.size > blocksMax) blocks.clear();
  const block = blocks.get(cidr) ?? parseCidr(cidr);
  blocks.set(cidr, block);
  return block !== undefined && cidrHas(block, address);
}
