import { clusterTopology, builtNetwork } from '../engine/network/cluster-network/cluster-topology.ts';
import type { ClusterNetwork } from '../engine/network/cluster-network/cluster-network.ts';
import { followPacket, type PacketRequest } from '../engine/network/packet/follow-packet.ts';
import type { FollowedPacket } from '../engine/network/packet/hops.ts';
import type { Device, NetworkNamespace, Topology } from '../engine/network/packet/topology.ts';
import type { Call, Input, World } from './input.ts';
import { keptPacket } from './kept-packet.ts';
import { addressOf, objectTitle, thingId } from './names.ts';
import { servedBy } from './outcome.ts';
import type { KeptDevice, Machine, MachineTitle, Outlook, ResolvedCall, Sending, State, WatchedCall } from './state.ts';
import { stepsOf } from './steps-of.ts';
import { callersOf, targetOf, targetsOf } from './things.ts';
import { isAnswered, outcomeInWords } from './words.ts';
import { networkOf } from './world.ts';

/** The first port that a program gets here, as in the recordings; the next connection gets the next one. */
const firstClientPort = 40_003;
/** Connections of watched calls draw for themselves. */
const watchedConnections = 1000;

function titleOf(network: ClusterNetwork, name: string, { role }: NetworkNamespace): MachineTitle {
  const pod = network.pods.find((candidate) => `${candidate.namespace}/${candidate.name}` === name);
  if (role === 'pod' && pod) return { kind: 'pod', title: objectTitle(pod), thing: thingId('pod', pod.namespace, pod.name) };
  if (role === 'node') return { kind: 'node', title: name, thing: `node/${name}` };
  if (role === 'switch') return { kind: 'lan', title: name === 'lan' ? 'the LAN' : 'the internet' };
  if (network.outside.some((host) => host.name === name)) return { kind: 'host', title: name, thing: `host/${name}` };
  return name === 'router' ? { kind: 'router', title: 'the router' } : { kind: 'host', title: name === 'internet' ? 'the internet' : name };
}

function machineOf({ role, devices, routes, sysctls }: NetworkNamespace): Machine {
  return { role, devices: devices.filter(({ kind }) => role === 'node' || kind !== 'loopback').map(deviceOf), routes, forwards: sysctls.forwards };
}

function deviceOf(device: Device): KeptDevice {
  const { kind, name, mac, mtuBytes, addresses } = device;
  return { kind, name, mac, mtuBytes, addresses, ...('bridge' in device && { bridge: device.bridge }) };
}

/** All that follows from texts and acts before a packet is sent. */
export function outlookOf({ world, alsoCalls }: Input, seed: number): Outlook {
  const network = networkOf(world);
  const { topology, refused } = builtNetwork(network);
  const machines = Object.fromEntries(Object.entries(topology.namespaces).map(([name, namespace]) => [name, machineOf(namespace)]));
  const titles = Object.fromEntries(Object.entries(topology.namespaces).map(([name, namespace]) => [name, titleOf(network, name, namespace)]));
  const machineOfCaller = new Map(Object.entries(titles).flatMap(([name, { thing }]) => (thing === undefined ? [] : [[thing, name] as const])));
  const hostPods = new Map(world.pods.filter(({ hostNetwork }) => hostNetwork).map((pod) => [thingId('pod', pod.namespace, pod.name), pod.node]));
  const callers = callersOf(world).map((caller) => ({ ...caller, machine: machineOfCaller.get(caller.id) ?? hostPods.get(caller.id) ?? '' }));
  const outlook: Outlook = {
    network,
    machines,
    titles,
    callers,
    targets: targetsOf(world),
    watched: [],
    ...(refused.length > 0 && { problem: refused.join('; ') }),
  };
  return { ...outlook, watched: alsoCalls.map((call, index) => watchedCall(world, outlook, call, { seed, connection: watchedConnections + index })) };
}

interface Chance {
  readonly seed: number;
  readonly connection: number;
}

function watchedCall(world: World, outlook: Outlook, call: Call, { seed, connection }: Chance): WatchedCall {
  const resolved = resolvedCall(world, outlook, call);
  const followed = followedCall(clusterTopology(outlook.network), resolved, { seed, connection });
  const { backend, sees } = servedBy(followed);
  return {
    title: `${resolved.fromTitle} calls ${resolved.toTitle}${call.protocol === 'ping' ? '' : `, port ${call.port}`}`,
    outcome: outcomeInWords({ followed }),
    isAnswered: isAnswered({ followed }),
    sees: addressOf(sees),
    callerAddress: resolved.fromAddress,
    backend: outlook.titles[backend]?.title ?? '',
  };
}

/** What the names of a call stand for now. */
export function resolvedCall(world: World, outlook: Outlook, call: Call): ResolvedCall {
  const caller = outlook.callers.find(({ id }) => id === call.from);
  const target = targetOf(world, call.to);
  const [, bare = call.from] = /^[a-z]+\/(.*)$/u.exec(call.from) ?? [];
  return {
    call,
    from: caller?.machine ?? '',
    fromAddress: caller?.address ?? '',
    fromTitle: caller?.title ?? bare,
    toAddress: target?.address ?? '',
    toTitle: target?.title ?? call.to,
  };
}

function requestOf({ from, toAddress: to, call }: ResolvedCall): PacketRequest {
  const { port, dataBytes, mayFragment } = call;
  switch (call.protocol) {
    case 'tcp':
      return { kind: 'tcp', from, to, port };
    case 'udp':
      return { kind: 'udp', from, to, port, dataBytes };
    case 'ping':
      return { kind: 'ping', from, to, dataBytes, mayFragment };
  }
}

function followedCall(topology: Topology, resolved: ResolvedCall, { seed, connection }: Chance): FollowedPacket {
  return followPacket(topology, requestOf(resolved), { seed, connection, clientPort: firstClientPort + connection });
}

/** The topology with what earlier packets left in lists of addresses. */
function withRemembered({ namespaces }: Topology, remembered: State['remembered']): Topology {
  const filled = Object.entries(namespaces).map(([name, namespace]) => [name, { ...namespace, remembered: { ...namespace.remembered, ...remembered[name] } }]);
  return { namespaces: Object.fromEntries(filled) as Topology['namespaces'] };
}

/** A new packet: its whole way, of which nothing has happened yet. */
export function sendingOf(
  { input, outlook, seed, remembered }: Pick<State, 'input' | 'outlook' | 'seed' | 'remembered'>,
  at: { readonly number: number; readonly startStep: number },
): Sending {
  const resolved = resolvedCall(input.world, outlook, input.call);
  const topology = withRemembered(clusterTopology(outlook.network), remembered);
  const followed = followedCall(topology, resolved, { seed, connection: at.number });
  return { ...at, resolved, followed: keptPacket(followed), steps: stepsOf(followed, resolved.from, outlook.machines), shown: 0, entryOf: [] };
}
