import { hostPort, virtualServerText, type Destination, type VirtualServer } from './ipvs-types.ts';

/** A destination, and why it: its turn, or the client's last one. */
export interface Scheduled {
  readonly destination: Destination;
  readonly because: 'turn' | 'persistence';
}

const turnsName = (server: VirtualServer): string => `ipvs turn ${virtualServerText(server)}`;
const keptName = (server: VirtualServer): string => `ipvs persistence ${virtualServerText(server)}`;

/**
 * Chooses the destination of a new connection and remembers that; undefined: there is none that takes new ones. A client that keeps its destination loses it
 * when that has weight 0 or is gone, as kube-proxy sets expire_quiescent_template. How long it is kept is not modelled: time stands still between requests.
 * Models ip_vs_schedule, ip_vs_sched_persist (ip_vs_core.c) and ip_vs_rr.c.
 */
export function schedule(server: VirtualServer, client: string, remembered: Map<string, Set<string>>): Scheduled | undefined {
  if (server.persistentSeconds === undefined) return nextOf(server, remembered);
  const kept = remembered.get(keptName(server)) ?? new Set<string>();
  const begin = `${client} `;
  const last = [...kept].find((each) => each.startsWith(begin));
  const same = server.destinations.find((each) => each.weight > 0 && last === begin + textOf(each));
  if (same) return { destination: same, because: 'persistence' };
  const next = nextOf(server, remembered);
  if (next) {
    const others = [...kept].filter((each) => each !== last);
    remembered.set(keptName(server), new Set([...others, begin + textOf(next.destination)]));
  }
  return next;
}

const textOf = ({ address, port }: Destination): string => hostPort(address, port);

/** The first destination of weight above 0 behind the one that was last. */
function nextOf(server: VirtualServer, remembered: Map<string, Set<string>>): Scheduled | undefined {
  const { destinations } = server;
  const [last] = remembered.get(turnsName(server)) ?? [];
  const place = destinations.findIndex((each) => textOf(each) === last);
  const order = [...destinations.slice(place + 1), ...destinations.slice(0, place + 1)];
  const destination = order.find(({ weight }) => weight > 0);
  if (!destination) return undefined;
  remembered.set(turnsName(server), new Set([textOf(destination)]));
  return { destination, because: 'turn' };
}
