import type { PacketRequest } from '../../labs/engine/network/packet/follow-packet.ts';
import type { FollowOptions } from '../../labs/engine/network/packet/run.ts';
import type { NetworkChanges, RecordedNetwork } from './packet-topology.ts';

/** One flow of `packet-paths.json`. */
export interface RecordedFlow {
  /** False: only described, there is nothing to compare. */
  readonly recorded?: boolean;
  readonly id: string;
  readonly mode: string;
  readonly title: string;
  readonly from: string;
  readonly request: { readonly kind: string; readonly dst: string; readonly port?: number; readonly args?: readonly string[] };
  readonly result: { readonly outcome: string; readonly afterMs?: number; readonly reply?: string; readonly clientSocket?: string };
  readonly hops: readonly RecordedHop[];
  readonly conntrack: Readonly<Record<string, readonly { readonly original: string; readonly replyExpected: string }[]>>;
  readonly randomPorts: readonly number[];
}

export interface RecordedHop {
  readonly type: string;
  readonly where: string;
  readonly dir?: string;
  readonly src?: string;
  readonly rules?: readonly { readonly rule?: string }[];
}

export interface RecordedCase {
  readonly changes: NetworkChanges;
  readonly request: PacketRequest;
  readonly options: FollowOptions;
}

/** What a flow asks for and in which network: some of it stands in the title only, and chance is read off what was recorded. */
export function caseOf(recorded: RecordedNetwork, flow: RecordedFlow): RecordedCase {
  const { title, mode } = flow;
  const backend = backendOf(recorded, flow);
  return {
    changes: {
      mode,
      hasBridgeNetfilter: !title.includes('bridge-nf-call-iptables = 0'),
      hasHairpin: !title.includes('hairpin mode off'),
      routes: [...title.matchAll(/(\S+) with a (?:static )?route for (\S+) via (\S+)/gu)].map(([, namespace = '', to = '', via = '']) => ({
        namespace,
        to,
        via: addressesOf(recorded, via)[0] ?? via,
        device: 'eth0',
      })),
      listeners: listenersOf(recorded, flow),
      remembered: /\b(later|second|next) connection/u.test(title) ? memoryOf(recorded, flow, backend) : {},
    },
    request: requestOf(flow),
    options: { clientPort: clientPortOf(flow), coldArp: title.includes('ARP cache'), ...(backend !== undefined && { backends: [backend] }) },
  };
}

function requestOf({ from, request: { kind, dst: to, port = 0, args = [] } }: RecordedFlow): PacketRequest {
  if (kind === 'tcp' || kind === 'udp') return { kind, from, to, port };
  if (kind !== 'ping') throw new Error(`the request ${kind} cannot be played`);
  const after = (option: string) => (args.includes(option) ? args[args.indexOf(option) + 1] : undefined);
  const [ttl, dataBytes] = [after('-t'), after('-s')];
  return {
    kind,
    from,
    to,
    mayFragment: after('-M') === 'dont',
    ...(ttl !== undefined && { ttl: Number(ttl) }),
    ...(dataBytes !== undefined && { dataBytes: Number(dataBytes) }),
  };
}

/** The addresses of a namespace, without 127.0.0.1. */
function addressesOf({ topology }: RecordedNetwork, name: string): readonly string[] {
  return (topology[name] ?? []).flatMap((line) =>
    /^lo\s/u.test(line) ? [] : [...line.matchAll(/^\S+\s+\w+\s+(\d[\d.]+)\//gu)].map(([, address = '']) => address),
  );
}

const namespaceOf = (recorded: RecordedNetwork, address: string) =>
  Object.keys(recorded.topology).find((name) => addressesOf(recorded, name).includes(address));

/** Chance: the backend that the reply names, or where nobody replied the one that the rules or the conversation show. */
function backendOf(recorded: RecordedNetwork, { result, hops, conntrack }: RecordedFlow): string | undefined {
  const named = /backend=(\S+)/u.exec(result.reply ?? '')?.[1];
  if (named !== undefined) return /at=([\d.]+)/u.exec(result.reply ?? '')?.[1] ?? addressesOf(recorded, named)[0];
  const rules = hops.flatMap(({ rules: seen = [] }) => seen.map(({ rule = '' }) => rule));
  const chosen = rules.map((rule) => /--to-destination ([\d.]+)/u.exec(rule)?.[1]).find((address) => address !== undefined);
  return (
    chosen ??
    Object.values(conntrack)
      .flat()
      .map(({ replyExpected }) => replyExpected.split(':')[0])
      .find((address) => address !== undefined && namespaceOf(recorded, address) !== undefined)
  );
}

/** Programs listen where Services send to, and where the reply came from. */
function listenersOf(recorded: RecordedNetwork, { result }: RecordedFlow): NetworkChanges['listeners'] {
  const rules = Object.values(recorded.iptablesSave)
    .flat()
    .flatMap((line) =>
      [...line.matchAll(/-p (tcp|udp) .*--to-destination ([\d.]+):(\d+)/gu)].map(([, protocol, address = '', port]) => ({ protocol, address, port })),
    );
  const [, address = '', port] = /at=([\d.]+):(\d+)/u.exec(result.reply ?? '') ?? [];
  const answered = port === undefined ? [] : [{ protocol: 'tcp', address, port }];
  return [...rules, ...answered].flatMap(({ protocol, address: at, port: listens }) => {
    const namespace = namespaceOf(recorded, at);
    return namespace === undefined ? [] : [{ namespace, protocol: protocol === 'udp' ? ('udp' as const) : ('tcp' as const), port: Number(listens) }];
  });
}

/** What a client’s earlier connection left in the lists of session affinity, on the node that translated it. */
function memoryOf(recorded: RecordedNetwork, { from }: RecordedFlow, backend: string | undefined): NetworkChanges['remembered'] {
  const client = addressesOf(recorded, from)[0] ?? '';
  return Object.fromEntries(
    Object.keys(recorded.iptablesSave)
      .filter((node) => node === from || (recorded.topology[node] ?? []).some((line) => line.startsWith(`veth-${from}@`)))
      .map((node) => {
        const lists = (recorded.iptablesSave[node] ?? []).flatMap((line) =>
          [...line.matchAll(/--set --name (\S+) .*--to-destination ([\d.]+)/gu)].map(([, list = '', to]) => ({ list, to })),
        );
        const sets = (recorded.nftRuleset[node] ?? []).flatMap((line) =>
          [...line.matchAll(/set (affinity-\S+__([\d.]+)\S*) /gu)].map(([, list = '', to]) => ({ list, to })),
        );
        return [node, Object.fromEntries([...lists, ...sets].filter(({ to }) => to === backend).map(({ list }) => [list, [client]]))] as const;
      }),
  );
}

/** The asking program’s port is given by the kernel in order of time. */
function clientPortOf({ from, result, hops, conntrack, randomPorts }: RecordedFlow): number {
  const sockets = [
    result.clientSocket,
    ...hops.filter(({ where, dir }) => where.startsWith(`${from}/`) && dir === 'out').map(({ src }) => src),
    ...(conntrack[from] ?? []).map(({ original }) => original.split(' ')[0]),
  ];
  const ports = sockets.map((socket) => Number(socket?.split(':')[1])).filter((port) => port > 0 && !randomPorts.includes(port));
  return ports[0] ?? 40_003;
}
