import { addressAt, addressBlock, addressNumber, hasHost, isWithin, overlaps, type AddressBlock } from './address-block.ts';
import type { ClusterNetwork, NetworkChange, NetworkNode, NetworkPod, NetworkSettings, OutsideHost } from './cluster-network.ts';
import { podId } from './machines.ts';

/** How much one network may hold: what can be drawn and computed at once. */
export const networkBounds = { nodesMax: 8, podsMax: 40, outsideMax: 12, servicesMax: 60, changesMax: 40 } as const;
/** Namespaces that every topology has beside those of its machines. */
export const switchName = 'lan';
export const routerName = 'router';
export const internetName = 'internet';
/** RFC 791: every link carries 68 bytes; no IPv4 packet is longer than 65,535. */
const mtuBytesMin = 68;
const mtuBytesMax = 65_535;
/** What VXLAN adds must fit as well. */
export const vxlanBytes = 50;

export type PlannedNode = NetworkNode & { readonly podBlock: AddressBlock };

/** A network of which only that is left which can be built, with its blocks read. */
export interface NetworkPlan {
  readonly network: ClusterNetwork;
  readonly lan: AddressBlock;
  readonly nodes: readonly PlannedNode[];
  /** Pods that are there: not those that are gone, and not those without a network of their own. */
  readonly pods: readonly NetworkPod[];
  /** Pods whose programs run in their node’s network. */
  readonly hostPods: readonly NetworkPod[];
  /** Why something was left out, one sentence each, in the order of the network’s parts. */
  readonly refused: readonly string[];
}

/** Keeps of a network what can be built. `lan` undefined: the settings allow nothing. Never throws. */
export function networkPlan(given: ClusterNetwork): NetworkPlan | { readonly lan: undefined; readonly refused: readonly string[] } {
  const refused: string[] = [];
  const { settings } = given;
  const [lan, cluster, service] = [settings.lanCidr, settings.clusterCidr, settings.serviceCidr].map((text) => addressBlock(text));
  if (!lan || !cluster || !service)
    return { lan: undefined, refused: ['the nodes’, pods’ and Services’ blocks must all be IPv4 blocks such as 10.244.0.0/16'] };
  const problem = settingsProblem(settings, [lan, cluster, service]);
  if (problem !== undefined) return { lan: undefined, refused: [problem] };
  const nodes = plannedNodes(given.nodes, { lan, cluster }, refused);
  const outside = plannedOutside(given.outside, { lan, nodes, blocks: [lan, cluster, service] }, refused);
  const pods = plannedPods(given.pods, nodes, refused);
  const services = kept(given.services, { what: 'Service', max: networkBounds.servicesMax, refused, nameOf: ({ metadata }) => metadata.name }, () => undefined);
  const changes = plannedChanges(given.changes, { nodes, pods, hosts: [...nodes, ...outside].map(({ name }) => name) }, refused);
  const gone = new Set(changes.flatMap((change) => (change.kind === 'pod gone' ? [change.pod] : [])));
  const there = pods.filter((pod) => !gone.has(podId(pod)));
  return {
    network: { ...given, nodes, pods, outside, services, changes },
    lan,
    nodes,
    pods: there.filter(({ hostNetwork }) => hostNetwork !== true),
    hostPods: there.filter(({ hostNetwork }) => hostNetwork === true),
    refused,
  };
}

function settingsProblem({ podNetwork, lanMtuBytes, podMtuBytes }: NetworkSettings, blocks: readonly AddressBlock[]): string | undefined {
  const [lan, cluster, service] = blocks;
  if (lan && lan.prefixLength > 29) return `the nodes’ network ${lan.text} is too small: it needs at least 8 addresses`;
  for (const [index, block] of blocks.entries()) {
    const other = blocks.slice(index + 1).find((each) => overlaps(block, each));
    if (other) return `${block.text} and ${other.text} overlap`;
  }
  if (cluster && service && (cluster.prefixLength < 4 || service.prefixLength < 4)) return 'the blocks of pods and Services are too large';
  const leastBytes = mtuBytesMin + (podNetwork === 'vxlan' ? vxlanBytes : 0);
  if (!isBetween(lanMtuBytes, leastBytes, mtuBytesMax)) return `the MTU of the nodes’ network must be from ${leastBytes} to ${mtuBytesMax} bytes`;
  if (podMtuBytes !== undefined && !isBetween(podMtuBytes, mtuBytesMin, mtuBytesMax))
    return `the MTU of pods must be from ${mtuBytesMin} to ${mtuBytesMax} bytes`;
  return undefined;
}

function isBetween(value: number, min: number, max: number): boolean {
  return Number.isInteger(value) && min <= value && value <= max;
}

interface Sieve<Item> {
  readonly what: string;
  readonly max: number;
  readonly refused: string[];
  readonly nameOf: (item: Item) => string;
}

/** The items of which nothing is said, at most `max`; each is judged beside those that were kept before it. */
function kept<Item>(
  items: readonly Item[],
  { what, max, refused, nameOf }: Sieve<Item>,
  judge: (item: Item, before: readonly Item[]) => string | undefined,
): readonly Item[] {
  const good: Item[] = [];
  for (const item of items) {
    const problem = good.length >= max ? `at most ${max} can be shown` : judge(item, good);
    if (problem === undefined) good.push(item);
    else refused.push(`${what} ${nameOf(item)}: ${problem}`);
  }
  return good;
}

const partNames: readonly string[] = [switchName, routerName, internetName];

function nameProblem(name: string, before: readonly { readonly name: string }[], reserved = partNames): string | undefined {
  if (name === '' || name.includes('/')) return 'its name must be neither empty nor hold a stroke';
  if (reserved.includes(name) || /^wan\d+$/u.test(name)) return 'this name stands for a part of the network';
  return before.some((each) => each.name === name) ? 'there is another machine of this name' : undefined;
}

function lanProblem(address: string, lan: AddressBlock, before: readonly { readonly address: string }[]): string | undefined {
  if (!hasHost(lan, address)) return `its address ${address} is none of the nodes’ network ${lan.text}`;
  if (addressNumber(address) === lan.first + 1) return `the router has the address ${addressAt(lan, 1)}`;
  return before.some((each) => each.address === address) ? `another machine has the address ${address}` : undefined;
}

function plannedNodes(
  nodes: readonly NetworkNode[],
  { lan, cluster }: { readonly lan: AddressBlock; readonly cluster: AddressBlock },
  refused: string[],
): readonly PlannedNode[] {
  const judge = ({ name, address, podCidr }: NetworkNode, before: readonly NetworkNode[]): string | undefined => {
    const block = addressBlock(podCidr);
    if (!block || !isWithin(block, cluster) || block.prefixLength > 30) return `its pods’ block ${podCidr} must be an IPv4 block inside ${cluster.text}`;
    const other = before.find((each) => overlaps(block, addressBlock(each.podCidr) ?? block));
    return nameProblem(name, before) ?? lanProblem(address, lan, before) ?? (other && `its pods’ block ${podCidr} overlaps that of ${other.name}`);
  };
  const good = kept(nodes, { what: 'node', max: networkBounds.nodesMax, refused, nameOf: ({ name }) => name }, judge);
  return good.flatMap((node) => {
    const podBlock = addressBlock(node.podCidr);
    return podBlock ? [{ ...node, podBlock }] : [];
  });
}

function plannedOutside(
  hosts: readonly OutsideHost[],
  { lan, nodes, blocks }: { readonly lan: AddressBlock; readonly nodes: readonly NetworkNode[]; readonly blocks: readonly AddressBlock[] },
  refused: string[],
): readonly OutsideHost[] {
  const judge = ({ name, address, on }: OutsideHost, before: readonly OutsideHost[]): string | undefined => {
    const others = [...nodes, ...before];
    // A machine of the internet may be called so: only where there is none, one of this name is made.
    const problem = nameProblem(name, others, on === 'internet' ? [switchName, routerName] : partNames);
    if (problem !== undefined) return problem;
    if (on === 'lan') return lanProblem(address, lan, others);
    const around = addressBlock(`${address}/24`);
    if (!around || !hasHost(around, address)) return `its address ${address} is no IPv4 address that a machine can have`;
    const inside = blocks.find((block) => overlaps(block, around));
    if (inside) return `its address ${address} is too near to the cluster’s own block ${inside.text}`;
    return others.some((each) => each.address === address) ? `another machine has the address ${address}` : undefined;
  };
  return kept(hosts, { what: 'machine', max: networkBounds.outsideMax, refused, nameOf: ({ name }) => name }, judge);
}

function plannedPods(pods: readonly NetworkPod[], nodes: readonly PlannedNode[], refused: string[]): readonly NetworkPod[] {
  const judge = (pod: NetworkPod, before: readonly NetworkPod[]): string | undefined => {
    const node = nodes.find(({ name }) => name === pod.node);
    if (!node) return `there is no node ${pod.node}`;
    if (before.some((each) => podId(each) === podId(pod))) return 'there is another pod of this name';
    if (pod.hostNetwork === true) return pod.address === node.address ? undefined : `it uses its node’s network and so has the address ${node.address}`;
    if (!hasHost(node.podBlock, pod.address)) return `its address ${pod.address} is none of its node’s block ${node.podBlock.text}`;
    if (addressNumber(pod.address) === node.podBlock.first + 1) return `the bridge of its node has the address ${pod.address}`;
    return before.some((each) => each.address === pod.address) ? `another pod has the address ${pod.address}` : undefined;
  };
  return kept(pods, { what: 'pod', max: networkBounds.podsMax, refused, nameOf: podId }, judge);
}

interface Named {
  readonly nodes: readonly NetworkNode[];
  readonly pods: readonly NetworkPod[];
  readonly hosts: readonly string[];
}

function plannedChanges(changes: readonly NetworkChange[], { nodes, pods, hosts }: Named, refused: string[]): readonly NetworkChange[] {
  const machines = [...hosts, routerName, ...pods.map(podId)];
  const judge = (change: NetworkChange): string | undefined => {
    if ('host' in change) {
      if (!machines.includes(change.host)) return `there is no machine ${change.host}`;
      return change.to === 'default' || addressBlock(change.to) ? undefined : `${change.to} is no IPv4 block`;
    }
    if ('pod' in change) return pods.some((pod) => podId(pod) === change.pod) ? undefined : `there is no pod ${change.pod}`;
    return nodes.some(({ name }) => name === change.node) ? undefined : `there is no node ${change.node}`;
  };
  return kept(changes, { what: 'change', max: networkBounds.changesMax, refused, nameOf: ({ kind }) => `“${kind}”` }, judge);
}
