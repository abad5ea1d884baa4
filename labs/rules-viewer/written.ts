import { portTraffic } from '../engine/network/kube-proxy/port-traffic.ts';
import type { ProxyInput } from '../engine/network/kube-proxy/proxy-input.ts';
import { iptablesRules } from '../engine/network/kube-proxy/iptables-rules.ts';
import { nftablesRules } from '../engine/network/kube-proxy/nftables-rules.ts';
import type { ClusterNode, Mode } from './input.ts';
import { iptablesBlocks } from './iptables-blocks.ts';
import { nftablesBlocks } from './nftables-blocks.ts';
import type { Seen } from './situation.ts';
import type { Block, Written } from './blocks.ts';

/** The Service that stands for all Services of the crowd. */
export const crowdService = 'filler/svc-0001';
/** With more endpoints than this on all Services together, iptables rules of endpoints have no comment (`iptables-rules.ts`). */
const endpointsThatMatter = 1001;

/**
 * One Service of the crowd with its endpoints, ready and on other nodes. The rest of the crowd has the same rules under other names and addresses,
 * so that this one is written and counted `services` times. In iptables mode the endpoints of the others stand there as not ready: they have no rules, but
 * kube-proxy counts them when it decides about comments.
 */
function crowdObjects({ crowd }: Seen, mode: Mode): Pick<ProxyInput, 'services' | 'endpointSlices'> {
  if (crowd.services === 0) return { services: [], endpointSlices: [] };
  const [namespace = '', name = ''] = crowdService.split('/');
  const others = mode === 'iptables' ? Math.min(endpointsThatMatter, (crowd.services - 1) * crowd.endpoints) : 0;
  const endpoints = Array.from({ length: crowd.endpoints + others }, (_, index) => ({
    addresses: [`10.244.${String(128 + Math.floor(index / 250))}.${String((index % 250) + 1)}`],
    conditions: { ready: index < crowd.endpoints, serving: index < crowd.endpoints, terminating: false },
  }));
  return {
    services: [{ metadata: { name, namespace }, spec: { clusterIP: '10.97.0.1', ports: [{ port: 80 }] } }],
    endpointSlices: [
      {
        metadata: { name: `${name}-x`, namespace, labels: { 'kubernetes.io/service-name': name } },
        addressType: 'IPv4',
        endpoints,
        ports: [{ port: 8080 }],
      },
    ],
  };
}

/** What does not change while a lab runs: the block of the pods. */
export interface Place {
  readonly node: ClusterNode;
  readonly clusterCidr: string;
}

function compute(seen: Seen, { node, clusterCidr }: Place, mode: Mode): Written {
  const crowd = crowdObjects(seen, mode);
  const input: ProxyInput = {
    node: { name: node.name, addresses: [node.address] },
    clusterCidrs: [clusterCidr],
    serviceCidrs: ['10.96.0.0/12'],
    services: [...crowd.services, ...seen.services],
    endpointSlices: [...crowd.endpointSlices, ...seen.slices],
  };
  const traffic = portTraffic(input);
  const context = { traffic, crowd: { service: crowdService, times: seen.crowd.services }, clusterCidr };
  if (mode === 'iptables') {
    const tables = iptablesRules(input);
    const blocks = iptablesBlocks(tables, context);
    return { mode, blocks, blockOf: byId(blocks), traffic, rules: { mode, tables }, input };
  }
  const table = nftablesRules(input);
  const blocks = nftablesBlocks(table, context);
  return { mode, blocks, blockOf: byId(blocks), traffic, rules: { mode, table }, input };
}

const byId = (blocks: readonly Block[]): ReadonlyMap<string, Block> => new Map(blocks.map((block) => [block.id, block]));

// What was seen is never changed in place, so what was computed for it stays true.
const known = new WeakMap<Seen, Map<string, Written>>();

/** The rules that kube-proxy writes on a node of what it has seen; in another mode, if one is given. Computed once. */
export function writtenOn(seen: Seen, place: Place, mode: Mode = seen.mode): Written {
  const ofSeen = known.get(seen) ?? new Map<string, Written>();
  known.set(seen, ofSeen);
  const key = `${mode} ${place.node.name} ${place.node.address} ${place.clusterCidr}`;
  const found = ofSeen.get(key) ?? compute(seen, place, mode);
  ofSeen.set(key, found);
  return found;
}

/** How many there are of each, those that are alike counted each. */
export interface Size {
  readonly chains: number;
  readonly rules: number;
  /** Elements of maps and sets. */
  readonly elements: number;
}

export function sizeOf(blocks: readonly Block[]): Size {
  const sum = (isOne: (block: Block) => boolean, weight: (block: Block) => number): number =>
    blocks.filter(isOne).reduce((all, block) => all + block.times * weight(block), 0);
  const lines = ({ lines: all }: Block): number => all.reduce((number, { times }) => number + times, 0);
  const isChain = ({ kind }: Block): boolean => kind === 'chain';
  return { chains: sum(isChain, () => 1), rules: sum(isChain, lines), elements: sum((block) => !isChain(block), lines) };
}
