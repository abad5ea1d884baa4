import { proxyInputs, storedService } from './cluster.ts';
import { chancesOf } from './connect.ts';
import { realServers } from './ipvs.ts';
import { ruleSteps } from './rule-steps.ts';
import type { Counts, Outlook } from './state.ts';
import { entryNodes, namespacesOf, openingAt, type Deciding } from './world.ts';

/** What follows from objects and rules before anybody connects. */
export function outlookOf(deciding: Deciding): Outlook {
  const inputs = proxyInputs(deciding);
  const namespaces = namespacesOf(deciding, inputs);
  const nameOf = (address: string): string => deciding.pods.find((pod) => pod.address === address)?.name ?? address;
  const chances: Record<string, Counts> = {};
  const lost: Record<string, 'refused' | 'dropped'> = {};
  inputs.forEach((input, index) => {
    const namespace = namespaces[index];
    if (namespace) {
      const { byAddress, lost: how } = chancesOf(namespace, openingAt(deciding, index));
      chances[input.node.name] = Object.fromEntries(Object.entries(byAddress).map(([address, share]) => [nameOf(address), share]));
      if (how) lost[input.node.name] = how;
    } else {
      const servers = realServers(input, deciding.input.traffic.from);
      chances[input.node.name] = Object.fromEntries(servers.map((address) => [nameOf(address), 1 / servers.length]));
      if (servers.length === 0) lost[input.node.name] = 'refused';
    }
  });
  const rules = Object.fromEntries(inputs.map((input, index) => [input.node.name, ruleSteps(deciding, index)]));
  const { clusterIP = '' } = storedService(deciding.input.service).spec;
  return { entries: entries(deciding), chances, lost, rules, clusterIP };
}

function entries(deciding: Deciding): Counts {
  const { cluster, traffic } = deciding.input;
  const nodes = entryNodes(deciding);
  // Clients in pods stand on their nodes in turn, so the first nodes may have one more.
  const weight = (position: number): number =>
    traffic.from === 'internet'
      ? 1 / nodes.length
      : (Math.floor(traffic.clients / nodes.length) + (position < traffic.clients % nodes.length ? 1 : 0)) / traffic.clients;
  return Object.fromEntries(
    cluster.nodes.map(({ name }, index) => {
      const position = nodes.indexOf(index);
      return [name, position === -1 ? 0 : weight(position)];
    }),
  );
}
