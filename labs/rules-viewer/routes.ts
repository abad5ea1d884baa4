import { iptablesRoute } from './iptables-route.ts';
import { nftablesRoute } from './nftables-route.ts';
import type { Probe, TimesOf } from './probe.ts';
import type { Written } from './blocks.ts';

/** What the rules make of it, all their choices by chance taken into account. */
export interface Route {
  /** By `address:port` the part of new connections that goes there. */
  readonly shares: Readonly<Record<string, number>>;
  /** Set if no endpoint is chosen. `through`: no rule speaks of it. */
  readonly refused?: 'reject' | 'drop' | 'through';
  /** Rules that the packet is compared with until its destination is settled, at worst. */
  readonly rules: number;
  /** Lookups in maps and sets on the way. */
  readonly lookups: number;
}

/** A packet is sent through the written rules: not one way by chance, but all of them, each with its part. */
export function routeOf(written: Written, probe: Probe): Route {
  const passage = written.rules.mode === 'iptables' ? iptablesRoute(written.rules.tables, probe, timesOf(written)) : nftablesRoute(written.rules.table, probe);
  const { shares, rules, lookups, refused } = passage;
  return {
    shares: Object.fromEntries([...shares].toSorted(([one], [other]) => (one < other ? -1 : 1))),
    ...(refused ? { refused } : shares.size === 0 && { refused: 'through' as const }),
    rules,
    lookups,
  };
}

function timesOf({ blockOf }: Written): TimesOf {
  return (table, chain, index) => blockOf.get(`${table}/${chain}`)?.lines[index]?.times ?? 1;
}

/** A pod of the cluster that asks: an address of the pods' block that no endpoint of these labs has. */
export const podProbe = '10.244.1.250';
/** Somebody in the internet. */
export const outsideProbe = '198.51.100.7';

/** The longest way that a packet to any cluster IP takes, that of the crowd's last Service included. */
export function longestRoute(written: Written): Route {
  const routes = written.traffic.map(({ port }) =>
    routeOf(written, { source: podProbe, destination: port.clusterIP, protocol: port.protocol, port: port.port, isToNode: false }),
  );
  return routes.reduce<Route>((worst, route) => (route.rules > worst.rules ? route : worst), { shares: {}, rules: 0, lookups: 0 });
}
