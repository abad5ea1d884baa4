import { routeTo } from '../packet/routing.ts';
import type { NetworkNamespace, Route } from '../packet/topology.ts';
import { addressBlock, addressNumber } from './address-block.ts';
import type { NetworkChange } from './cluster-network.ts';
import { defaultBlock } from './machines.ts';

type Namespaces = Readonly<Record<string, NetworkNamespace>>;

/** Namespaces after routes were removed and added one after the other, and what of it was impossible. */
export interface ChangedRoutes {
  readonly namespaces: Namespaces;
  readonly refused: readonly string[];
}

/** Changes routes as `ip route del` and `ip route replace` do; other changes are no concern of it. */
export function withChangedRoutes(namespaces: Namespaces, changes: readonly NetworkChange[]): ChangedRoutes {
  return changes.reduce<ChangedRoutes>(
    (before, change) => {
      if (change.kind !== 'route removed' && change.kind !== 'route added') return before;
      const namespace = before.namespaces[change.host];
      const to = blockText(change.to);
      const refused = (text: string): ChangedRoutes => ({ ...before, refused: [...before.refused, `change “${change.kind}”: ${text}`] });
      if (!namespace || to === undefined) return refused(`${change.host} has no routes of its own`);
      const others = namespace.routes.filter((route) => blockText(route.to) !== to);
      const changed = (routes: readonly Route[]): ChangedRoutes => ({
        ...before,
        namespaces: { ...before.namespaces, [change.host]: { ...namespace, routes } },
      });
      if (change.kind === 'route removed')
        return others.length < namespace.routes.length ? changed(others) : refused(`${change.host} has no route to ${change.to}`);
      const device = deviceTowards(namespace, change.via);
      return device === undefined ? refused(`${change.host} cannot reach ${change.via} directly`) : changed([...others, { to, via: change.via, device }]);
    },
    { namespaces, refused: [] },
  );
}

function blockText(to: string): string | undefined {
  return to === 'default' ? defaultBlock : addressBlock(to)?.text;
}

/** The device behind which a neighbour is. The kernel takes no other address as a gateway, except one of a tunnel that flannel declared to be there (`onlink`). */
function deviceTowards(namespace: NetworkNamespace, via: string): string | undefined {
  if (addressNumber(via) === undefined) return undefined;
  const tunnel = namespace.devices.find((device) => device.kind === 'vxlan' && device.vxlan.neighbours[via] !== undefined);
  if (tunnel) return tunnel.name;
  const route = routeTo(namespace, via);
  return route.kind === 'unicast' && route.nextHop === via ? route.device : undefined;
}
