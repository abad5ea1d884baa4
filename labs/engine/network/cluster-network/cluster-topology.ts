import type { Topology } from '../packet/topology.ts';
import type { ClusterNetwork } from './cluster-network.ts';
import { networkPlan, switchName } from './network-plan.ts';
import { nodeNamespaces } from './node-namespace.ts';
import { outsideNamespaces } from './outside-namespaces.ts';
import { withChangedRoutes } from './route-changes.ts';

/** A topology, and why parts of the network are missing in it: one sentence each. */
export interface BuiltNetwork {
  readonly topology: Topology;
  readonly refused: readonly string[];
}

/** Building is pure, and networks are never changed in place: one build for each is enough. */
const built = new WeakMap<ClusterNetwork, BuiltNetwork>();

/**
 * Builds a network and says what of it could not be: too many things (`networkBounds`), addresses that fit nowhere, changes of what is not there. The
 * rest stands. Settings that allow nothing give a topology without namespaces. Never throws.
 */
export function builtNetwork(network: ClusterNetwork): BuiltNetwork {
  const known = built.get(network);
  if (known) return known;
  const made = build(network);
  built.set(network, made);
  return made;
}

/**
 * The namespaces, devices, routes and rules of a network: those of pods are named `namespace/name`, those of nodes and outside hosts by their names; `lan` is
 * the switch of the nodes’ own network, `router` its way out, and `internet` stands for all that is outside where no host of the internet is named.
 * Models a cluster of flannel, the CNI plugin bridge and kube-proxy as recorded. `builtNetwork` also says what was left out.
 */
export function clusterTopology(network: ClusterNetwork): Topology {
  return builtNetwork(network).topology;
}

function build(network: ClusterNetwork): BuiltNetwork {
  const plan = networkPlan(network);
  if (plan.lan === undefined) return { topology: { namespaces: {} }, refused: plan.refused };
  const outside = outsideNamespaces(plan);
  const nodes = plan.nodes.flatMap((node) => nodeNamespaces(plan, node, { namespace: switchName, device: outside.ports.get(node.name) ?? '' }));
  const { namespaces, refused } = withChangedRoutes(Object.fromEntries([...outside.namespaces, ...nodes]), plan.network.changes);
  return { topology: { namespaces }, refused: [...plan.refused, ...refused] };
}
