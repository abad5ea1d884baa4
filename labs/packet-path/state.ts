import type { ClusterNetwork } from '../engine/network/cluster-network/cluster-network.ts';
import type { ArpHop, FollowedPacket, Hop, PacketHop } from '../engine/network/packet/hops.ts';
import type { Device, NetworkNamespace } from '../engine/network/packet/topology.ts';
import type { LogEntry } from '../lab.ts';
import type { Call, Input, Protocol, ProxyMode, ThingId } from './input.ts';

/** Which way a packet goes: as asked, as the answer, or as an error about it (ICMP, or a reset). */
export type Leg = 'there' | 'back' | 'error';

/**
 * What one step tells. `call`: the program opens; `cable`: a frame leaves one device and comes in at others; `rules`: one visit of a hook; `route`: one
 * routing decision; `wrap` and `unwrap`: the tunnel; `lost` and `arrived`: where it ends.
 */
export type StepKind = 'call' | 'cable' | 'rules' | 'route' | 'wrap' | 'unwrap' | 'lost' | 'arrived';

/** One step of the way: the hops `from` to `to` (exclusive) of the followed packet. Step 0 is the program's call and has none. */
export interface Step {
  readonly kind: StepKind;
  readonly leg: Leg;
  /** Namespace (machine or pod) in which it happens; of a cable, where the frame comes from. */
  readonly where: string;
  /** Of a cable: the namespace in which the frame comes in at the end. */
  readonly into?: string;
  readonly from: number;
  readonly to: number;
}

/** A call that can be made: what the texts' names stand for in the network. */
export interface ResolvedCall {
  readonly call: Call;
  /** Namespace of the topology in which the calling program runs; empty: there is none (any more). */
  readonly from: string;
  readonly fromAddress: string;
  readonly fromTitle: string;
  readonly toAddress: string;
  readonly toTitle: string;
}

/** What is kept of a hop: frames without the words about their device. */
export type KeptHop = Exclude<Hop, PacketHop | ArpHop> | Omit<PacketHop, 'role'> | Omit<ArpHop, 'role'>;

/** What is kept of a followed packet. */
export interface KeptPacket extends Omit<FollowedPacket, 'hops' | 'conntrack'> {
  readonly hops: readonly KeptHop[];
}

/** One packet with its answer: the whole way (its future included), and how much of it has happened. */
export interface Sending {
  /** Position among the packets of this run, from 0. */
  readonly number: number;
  readonly resolved: ResolvedCall;
  readonly followed: KeptPacket;
  readonly steps: readonly Step[];
  /** How many steps have happened. */
  readonly shown: number;
  /** Log entry of each step that has happened. */
  readonly entryOf: readonly number[];
  /** The clock when it began, in steps since the start. */
  readonly startStep: number;
}

/** An earlier packet of the run, as it is remembered. */
export interface PastSending {
  readonly number: number;
  readonly title: string;
  /** All steps had happened when the next packet was sent. */
  readonly isComplete: boolean;
  readonly outcome: string;
  readonly backend: string;
  readonly sees: string;
}

/** A device without where its cable leads. */
export type KeptDevice = Pick<Device, 'name' | 'mac' | 'mtuBytes' | 'addresses'> & {
  readonly kind: Device['kind'];
  /** The bridge whose port it is. */
  readonly bridge?: string;
};

/** A network namespace without its rules: what can be said about devices and routes. */
export type Machine = Pick<NetworkNamespace, 'role' | 'routes'> & { readonly devices: readonly KeptDevice[]; readonly forwards: boolean };

/** What a namespace of the topology is to the learner. */
export interface MachineTitle {
  readonly kind: 'pod' | 'node' | 'host' | 'router' | 'lan';
  /** `checkout`, `node-a`, `router`, `LAN`. */
  readonly title: string;
  /** `pod/checkout`, `node/node-a`, `host/client`; absent for the router and the LAN. */
  readonly thing?: ThingId;
}

/** What a call that is only watched comes to. */
export interface WatchedCall {
  readonly title: string;
  readonly outcome: string;
  readonly isAnswered: boolean;
  /** Address that the server sees. */
  readonly sees: string;
  readonly callerAddress: string;
  readonly backend: string;
}

/** What follows from texts and acts, worked out by the models with each act: all that words and picture need beside the packet itself. */
export interface Outlook {
  readonly network: ClusterNetwork;
  /** By namespace of the topology, as hops name it. */
  readonly machines: Readonly<Record<string, Machine>>;
  readonly titles: Readonly<Record<string, MachineTitle>>;
  /** Who can call and what can be called. */
  readonly callers: readonly { readonly id: ThingId; readonly title: string; readonly address: string; readonly machine: string }[];
  readonly targets: readonly Target[];
  readonly watched: readonly WatchedCall[];
  /** Why the network cannot be built, if it cannot. */
  readonly problem?: string;
}

export interface Target {
  readonly id: ThingId;
  readonly title: string;
  readonly address: string;
  /** What is usually called there. */
  readonly port: number;
  readonly protocol: Protocol;
}

export interface State {
  /** What the texts say, with what the learner's acts changed since. */
  readonly input: Input;
  readonly seed: number;
  readonly outlook: Outlook;
  /** Earlier packets, oldest first. */
  readonly past: readonly PastSending[];
  /** The packet that is under way or was the last. */
  readonly sending: Sending;
  readonly entries: readonly LogEntry[];
  /** What the learner did to call or cluster, in order. */
  readonly deeds: readonly Action[];
  /** Lists of addresses that the rules of each machine have filled (session affinity). */
  readonly remembered: FollowedPacket['remembered'];
}

export type PodChange = 'ready' | 'not ready' | 'deleted' | 'listens' | 'does not listen' | 'hairpin on' | 'hairpin off';
export type ServiceField = 'type' | 'externalTrafficPolicy' | 'internalTrafficPolicy' | 'sessionAffinity' | 'targetPort';

export type Action =
  | { readonly type: 'advance' }
  /** The same call once more: a new connection. */
  | { readonly type: 'again' }
  | { readonly type: 'from'; readonly from: ThingId }
  | { readonly type: 'to'; readonly to: ThingId; readonly port: number; readonly protocol: Protocol }
  | { readonly type: 'port'; readonly port: number }
  | { readonly type: 'protocol'; readonly protocol: Protocol }
  | { readonly type: 'size'; readonly bytes: number }
  | { readonly type: 'fragments'; readonly may: boolean }
  | { readonly type: 'proxyMode'; readonly mode: ProxyMode }
  | { readonly type: 'podNetwork'; readonly by: 'host-gw' | 'vxlan' }
  | { readonly type: 'podMtu'; readonly bytes: number }
  | { readonly type: 'hairpin'; readonly on: boolean }
  | { readonly type: 'bridgeNetfilter'; readonly on: boolean }
  | { readonly type: 'service'; readonly service: string; readonly field: ServiceField; readonly value: string }
  | { readonly type: 'pod'; readonly pod: string; readonly change: PodChange }
  | { readonly type: 'policy'; readonly policy: string; readonly on: boolean }
  | { readonly type: 'proxy'; readonly node: string; readonly runs: boolean }
  | { readonly type: 'route'; readonly host: string; readonly to: string; readonly via: string; readonly present: boolean };

/** All steps of the packet have happened. */
export function isThrough({ sending }: State): boolean {
  return sending.shown >= sending.steps.length;
}

/** The step that happened last; undefined before the first. */
export function currentStep({ sending }: State): Step | undefined {
  return sending.steps[sending.shown - 1];
}

/** The hops of a step. */
export function hopsOf({ followed }: Sending, step: Step): readonly KeptHop[] {
  return followed.hops.slice(step.from, step.to);
}

/** The steps that have happened. */
export function shownSteps({ sending }: State): readonly Step[] {
  return sending.steps.slice(0, sending.shown);
}
