import type { Tracked } from '../packet/conntrack.ts';
import { isIcmpError, type Packet } from '../packet/packet.ts';
import { isLocal } from '../packet/routing.ts';
import type { HookName } from '../packet/rules.ts';
import type { NetworkNamespace } from '../packet/topology.ts';
import { schedule, type Scheduled } from './schedule.ts';
import { hostPort, virtualServerText, type VirtualServer } from './ipvs-types.ts';

interface End {
  readonly address: string;
  readonly port: number;
}

/** A connection that a node passes on. Models struct ip_vs_conn. */
export interface BalancedConnection {
  readonly server: VirtualServer;
  readonly client: End;
  readonly virtual: End;
  readonly destination: End;
}

export interface BalanceInput {
  readonly namespace: NetworkNamespace;
  /** The connections of the node: a new one is added. */
  readonly connections: BalancedConnection[];
  /** What outlives a request, by name: whose turn it was, and who keeps which destination. */
  readonly remembered: Map<string, Set<string>>;
  readonly hook: HookName;
  readonly packet: Packet;
  readonly tracked: Tracked;
}

/** What the kernel's balancer did with a packet. */
export interface Balanced {
  /** `accept`: it goes on its way; `send on`: it leaves for the destination at once; `refuse`: there is no destination. */
  readonly verdict: 'accept' | 'send on' | 'refuse';
  readonly virtualServer: string;
  readonly scheduler: VirtualServer['scheduler'];
  /** The destination, `address:port`. */
  readonly chose?: string;
  /** `reply` and `error`: only translated, for a connection that is known. */
  readonly because: Scheduled['because'] | 'no destination' | 'connection' | 'reply' | 'error';
  readonly before: Packet;
  readonly packet: Packet;
}

/**
 * Where the balancer looks at packets of a hook, as a priority among tables: after filters at INPUT and FORWARD, between nat and filter at OUTPUT.
 * Models ip_vs_ops4 of net/netfilter/ipvs/ip_vs_core.c.
 */
export const balancerPriorities: Readonly<Partial<Record<HookName, number>>> = { INPUT: 98, FORWARD: 100, OUTPUT: -98 };

/**
 * Translates a packet of a connection to a virtual server, choosing a destination for a new one; undefined: the packet is none of that. The conversation that
 * connection tracking keeps learns where answers come from. Models ip_vs_out_hook, ip_vs_in_hook (ip_vs_core.c) and ip_vs_update_conntrack (ip_vs_nfct.c).
 */
export function balance(input: BalanceInput): Balanced | undefined {
  const { packet } = input;
  if (isIcmpError(packet)) return balanceError(input);
  if (packet.protocol === 'icmp') return undefined;
  return balanceReply(input) ?? (input.hook === 'FORWARD' ? undefined : balanceRequest(input));
}

const isAt = ({ address, port }: End, otherAddress: string, otherPort: number | undefined): boolean => address === otherAddress && port === otherPort;

function told({ server, destination }: BalancedConnection): Pick<Balanced, 'virtualServer' | 'scheduler' | 'chose'> {
  return { virtualServer: virtualServerText(server), scheduler: server.scheduler, chose: hostPort(destination.address, destination.port) };
}

function balanceReply({ connections, packet }: BalanceInput): Balanced | undefined {
  const known = connections.find(
    ({ server, client, destination }) =>
      server.protocol === packet.protocol && isAt(destination, packet.source, packet.sourcePort) && isAt(client, packet.destination, packet.destinationPort),
  );
  if (!known) return undefined;
  const { address, port } = known.virtual;
  return { ...told(known), verdict: 'accept', because: 'reply', before: packet, packet: { ...packet, source: address, sourcePort: port } };
}

function balanceRequest(input: BalanceInput): Balanced | undefined {
  const { connections, packet, tracked, namespace } = input;
  const known = connections.find(
    ({ server, client, virtual }) =>
      server.protocol === packet.protocol && isAt(client, packet.source, packet.sourcePort) && isAt(virtual, packet.destination, packet.destinationPort),
  );
  if (known) return passedOn(namespace, known, { packet, tracked, because: 'connection' });
  const server = namespace.rules?.ipvs?.virtualServers.find(
    (each) => each.protocol === packet.protocol && isAt(each, packet.destination, packet.destinationPort),
  );
  // Only a first segment begins a connection; others are left to the machine, which resets them.
  if (!server || (packet.protocol === 'tcp' && packet.flags !== 'SYN')) return undefined;
  const scheduled = schedule(server, packet.source, input.remembered);
  if (!scheduled) {
    const { scheduler } = server;
    return { virtualServer: virtualServerText(server), scheduler, verdict: 'refuse', because: 'no destination', before: packet, packet };
  }
  const connection: BalancedConnection = {
    server,
    client: { address: packet.source, port: packet.sourcePort ?? 0 },
    virtual: { address: server.address, port: server.port },
    destination: scheduled.destination,
  };
  connections.push(connection);
  return passedOn(namespace, connection, { packet, tracked, because: scheduled.because });
}

interface Passing extends Pick<Balanced, 'because' | 'packet'> {
  readonly tracked: Tracked;
}

/** A destination on the machine itself gets the packet the way it is going already. Models ip_vs_nat_xmit of ip_vs_xmit.c. */
function passedOn(namespace: NetworkNamespace, connection: BalancedConnection, { packet, tracked: { entry, direction }, because }: Passing): Balanced {
  const { address, port } = connection.destination;
  // kube-proxy sets net.ipv4.vs.conntrack: the conversation stays one, its original direction as the client knows it.
  if (entry && !entry.isConfirmed && direction === 'original') entry.reply = { ...entry.reply, source: address, sourcePort: port };
  const verdict = isLocal(namespace, address) ? 'accept' : 'send on';
  return { ...told(connection), verdict, because, before: packet, packet: { ...packet, destination: address, destinationPort: port } };
}

/** An error names the virtual server to clients and the destination to servers. Models ip_vs_out_icmp, ip_vs_in_icmp and ip_vs_nat_icmp of ip_vs_core.c. */
function balanceError({ connections, packet, namespace, hook }: BalanceInput): Balanced | undefined {
  const { icmp } = packet;
  const about = icmp?.about;
  if (!icmp || !about) return undefined;
  for (const connection of connections.filter(({ server }) => server.protocol === about.protocol)) {
    const { client, virtual, destination } = connection;
    if (isAt(client, about.source, about.sourcePort) && isAt(destination, about.destination, about.destinationPort)) {
      const shown: Packet = { ...about, destination: virtual.address, destinationPort: virtual.port };
      const translated: Packet = { ...packet, source: virtual.address, icmp: { ...icmp, about: shown } };
      return { ...told(connection), verdict: 'accept', because: 'error', before: packet, packet: translated };
    }
    if (hook !== 'FORWARD' && isAt(virtual, about.source, about.sourcePort) && isAt(client, about.destination, about.destinationPort)) {
      const shown: Packet = { ...about, source: destination.address, sourcePort: destination.port };
      const translated: Packet = { ...packet, destination: destination.address, icmp: { ...icmp, about: shown } };
      const verdict = isLocal(namespace, destination.address) ? 'accept' : 'send on';
      return { ...told(connection), verdict, because: 'error', before: packet, packet: translated };
    }
  }
  return undefined;
}
