import type { IpvsHop, NetfilterHop } from '../engine/network/packet/hops.ts';
import { addressOf, calledService, objectKey, objectTitle } from './names.ts';
import type { KeptHop, State } from './state.ts';
import { placeOfHop } from './way.ts';

/** A pod in the picture. */
export interface CastPod {
  /** Namespace of the topology. */
  readonly machine: string;
  readonly title: string;
  readonly address: string;
  /** `gone`: deleted, but somebody still sends to its address. */
  readonly is: 'ready' | 'not ready' | 'gone';
}

/** The Service of a call, at the node whose rules stand for it. */
export interface CastService {
  readonly title: string;
  readonly address: string;
  readonly subject: string;
  /** The visit that rewrote the destination, as a position among the hops of the whole way; undefined: none does. */
  readonly at?: number;
  readonly hook?: NetfilterHop['hook'];
}

export interface CastNode {
  readonly machine: string;
  readonly address: string;
  readonly pods: readonly CastPod[];
  /** Pods of the node that have nothing to do with the call. */
  readonly more: number;
  /** Names of devices, and the address of the bridge. */
  readonly bridge: { readonly name: string; readonly address: string };
  readonly card: string;
  /** Absent: the pod network has none. */
  readonly tunnel: string | undefined;
  /** Packets are made or taken on the node itself: INPUT and OUTPUT are drawn. */
  readonly hasLocal: boolean;
  /** What stands for the programs of the node itself; undefined: none takes part. */
  readonly self: string | undefined;
  readonly service: CastService | undefined;
}

export interface CastHost {
  readonly machine: string;
  readonly title: string;
  readonly address: string;
  readonly on: 'lan' | 'internet' | 'router';
  /** The packet comes to it, or is for it. */
  readonly takesPart: boolean;
}

/** Who is drawn: those whom the call is about, and those that the packet comes to. */
export interface Cast {
  readonly nodes: readonly CastNode[];
  readonly hosts: readonly CastHost[];
  /** Machine in which the call begins. */
  readonly caller: string;
}

/** As many as can be read at a glance. */
const nodesMax = 4;
const podsMax = 4;

const sliceServiceLabel = 'kubernetes.io/service-name';

/** A visit of rules, or of the virtual servers of ipvs mode. */
type Visit = NetfilterHop | IpvsHop;
const isVisit = (hop: KeptHop): hop is Visit => hop.type === 'netfilter' || hop.type === 'ipvs';
const isRewriting = (hop: KeptHop): hop is Visit => isVisit(hop) && hop.leg === 'there' && hop.after !== undefined && hop.after.dst !== hop.packet.dst;

/** Addresses that the call is about: both ends, all that stand behind the Service, and whom a rule puts in its place. */
function addressesOfCall(state: State): ReadonlySet<string> {
  const { resolved, followed } = state.sending;
  const service = calledService(state)?.metadata;
  const behind = state.outlook.network.endpointSlices
    .filter(
      ({ metadata }) =>
        service && metadata.labels?.[sliceServiceLabel] === service.name && (metadata.namespace ?? 'default') === (service.namespace ?? 'default'),
    )
    .flatMap(({ endpoints }) => (endpoints ?? []).flatMap(({ addresses }) => addresses));
  const rewritten = followed.hops.filter(isRewriting).map(({ after }) => addressOf(after?.dst ?? ''));
  return new Set([resolved.fromAddress, resolved.toAddress, ...behind, ...rewritten]);
}

/** Where the rules of the Service are shown: where they rewrite, else where the packet first meets a node. */
function serviceOf(state: State): { readonly node: string; readonly service: CastService } | undefined {
  const service = calledService(state);
  const { resolved, followed } = state.sending;
  const { nodes } = state.outlook.network;
  const isNode = (machine: string): boolean => nodes.some(({ name }) => name === machine);
  const visit = followed.hops.find(isRewriting);
  const node = visit?.where ?? [resolved.from, ...followed.hops.map(placeOfHop)].find(isNode) ?? nodes[0]?.name;
  if (!service || node === undefined) return undefined;
  const { call, toAddress } = resolved;
  const isNodePort = nodes.some(({ address }) => address === toAddress);
  return {
    node,
    service: {
      title: objectTitle(service.metadata),
      address: isNodePort ? `node port ${call.port}` : call.protocol === 'ping' ? toAddress : `${toAddress}:${call.port}`,
      subject: `service:${objectKey(service.metadata)}`,
      ...(visit && { at: followed.hops.indexOf(visit), hook: visit.hook }),
    },
  };
}

const isLocalHook = (hop: KeptHop): boolean => isVisit(hop) && (hop.hook === 'INPUT' || hop.hook === 'OUTPUT');
const endsAtProgram = (hop: KeptHop): boolean =>
  hop.type === 'arrived' || (hop.type === 'lost' && (hop.reason === 'nobody listens' || hop.reason === 'not expected'));

type Wanted = (address: string, machine: string) => boolean;

function castPods({ input: { world } }: State, node: string, wanted: Wanted): Pick<CastNode, 'pods' | 'more'> {
  const own = world.pods.filter((pod) => pod.node === node && !pod.hostNetwork);
  const drawn = own.filter((pod) => wanted(pod.address, objectKey(pod))).slice(0, podsMax);
  return {
    pods: drawn.map((pod) => ({
      machine: objectKey(pod),
      title: objectTitle(pod),
      address: pod.address,
      is: pod.isGone ? 'gone' : pod.isReady ? 'ready' : 'not ready',
    })),
    more: own.filter((pod) => !pod.isGone && !drawn.includes(pod)).length,
  };
}

/** The programs of the node that take part: a pod in its network by its name. */
function selfOf({ sending: { resolved, followed } }: State, node: string): string | undefined {
  if (resolved.from === node && resolved.fromTitle !== node) return resolved.fromTitle;
  return resolved.from === node || followed.hops.some((hop) => endsAtProgram(hop) && placeOfHop(hop) === node) ? `${node} itself` : undefined;
}

/** Who is drawn for the packet that is under way, with at least `nodesMin` nodes where there are as many. */
export function castOf(state: State, nodesMin: number): Cast {
  const { outlook, sending } = state;
  const { nodes, pods } = outlook.network;
  const { hops } = sending.followed;
  const visited = new Set([sending.resolved.from, ...hops.map(placeOfHop)]);
  const addresses = addressesOfCall(state);
  const wanted: Wanted = (address, machine) => addresses.has(address) || visited.has(machine);
  const called = serviceOf(state);
  const needed = nodes.filter(
    ({ name, address }) => wanted(address, name) || called?.node === name || pods.some((pod) => pod.node === name && addresses.has(pod.address)),
  );
  const spare = nodes.filter((node) => !needed.includes(node)).slice(0, Math.max(0, nodesMin - needed.length));
  const drawn = nodes.filter((node) => needed.slice(0, nodesMax).includes(node) || spare.includes(node));
  const castNode = ({ name, address }: (typeof nodes)[number]): CastNode => {
    const devices = outlook.machines[name]?.devices ?? [];
    const self = selfOf(state, name);
    const bridge = devices.find(({ kind }) => kind === 'bridge');
    const tunnel = devices.find(({ kind }) => kind === 'vxlan')?.name;
    return {
      machine: name,
      address,
      ...castPods(state, name, wanted),
      bridge: { name: bridge?.name ?? '', address: bridge?.addresses[0]?.address ?? '' },
      card: devices.find((device) => device.kind === 'veth' && device.bridge === undefined)?.name ?? '',
      tunnel,
      hasLocal: tunnel !== undefined || self !== undefined || hops.some((hop) => isLocalHook(hop) && placeOfHop(hop) === name),
      self,
      service: called?.node === name ? called.service : undefined,
    };
  };
  return { nodes: drawn.map(castNode), hosts: hostsOf(state, wanted), caller: sending.resolved.from };
}

/** The router, and the internet behind it where nobody there has a name, are always drawn: that a packet does not come to them is worth seeing. */
function hostsOf({ outlook: { titles, machines, network } }: State, wanted: Wanted): readonly CastHost[] {
  return Object.entries(titles).flatMap(([machine, { kind, title, thing }]): readonly CastHost[] => {
    if (kind !== 'router' && kind !== 'host') return [];
    const address = machines[machine]?.devices.find((device) => device.kind !== 'loopback')?.addresses[0]?.address ?? '';
    const takesPart = wanted(address, machine);
    if (!takesPart && kind === 'host' && thing !== undefined) return [];
    const on = kind === 'router' ? kind : (network.outside.find(({ name }) => name === machine)?.on ?? 'internet');
    return [{ machine, title, address, on, takesPart }];
  });
}
