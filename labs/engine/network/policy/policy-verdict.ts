import type { NetworkPolicy, PolicyPeer, PolicyPort } from './network-policy.ts';
import {
  blockHas,
  governs,
  peerMatcher,
  podMatcher,
  policyName,
  policyNamespace,
  policyRulesOf,
  portRange,
  type NamespaceLabels,
  type PolicyDirection,
  type PolicyPod,
} from './policy-selection.ts';

/** The first packet of a conversation. Answers are never asked about: they belong to what was allowed. */
export interface PolicyConnection {
  /** A pod as `namespace/name`, or an address; an address that a pod has is that pod. */
  readonly source: string;
  readonly destination: string;
  readonly protocol: 'TCP' | 'UDP' | 'SCTP';
  readonly port: number;
  /** What the destination calls this port. Absent: what the destination’s pod says. */
  readonly portName?: string;
}

export interface PolicyCluster {
  readonly pods: readonly PolicyPod[];
  readonly namespaces: NamespaceLabels;
  /** All addresses of each node: on its cards, its bridge and its tunnel. */
  readonly nodeAddresses?: Readonly<Record<string, readonly string[]>>;
}

/** What one end’s policies say. */
export interface DirectionVerdict {
  readonly allowed: boolean;
  /** Whether any policy is about this end in this direction. If none is, everything is allowed. */
  readonly isolated: boolean;
  /** Those policies, as `namespace/name`. */
  readonly isolatedBy: readonly string[];
  /** The first rule that lets the connection through; rules are counted from 0. */
  readonly by?: { readonly policy: string; readonly rule: number };
  /** Why no policy can forbid it. */
  readonly exception?: 'itself' | 'own node';
}

export interface PolicyVerdict {
  /** Both ends must allow it. */
  readonly allowed: boolean;
  readonly egress: DirectionVerdict;
  readonly ingress: DirectionVerdict;
}

/**
 * Whether NetworkPolicies let a connection begin, and which rule decides. The source is judged by policies about its egress, the destination by
 * policies about its ingress; an end that is no pod (or a pod with `hostNetwork`) is judged by none. Models networking.k8s.io/v1 with its
 * documentation (concepts, Network Policies), also where that goes beyond the API: a pod cannot be cut off from itself, nor from programs on its
 * own node. That page says the same of traffic from a pod to its node; there the rules of its egress count here, as they do in kube-router, Calico
 * and Cilium. For pods with `hostNetwork` the API promises nothing; they are taken as their node, which the page calls the most common case.
 */
export function policyVerdict(connection: PolicyConnection, policies: readonly NetworkPolicy[], cluster: PolicyCluster): PolicyVerdict {
  const ends = { source: endOf(connection.source, cluster), destination: endOf(connection.destination, cluster) };
  const exception = exceptionOf(ends, cluster);
  const asked: Asked = { connection, ends, policies, namespaces: cluster.namespaces };
  const egress = directionVerdict('egress', asked, exception === 'itself' ? exception : undefined);
  const ingress = directionVerdict('ingress', asked, exception);
  return { allowed: egress.allowed && ingress.allowed, egress, ingress };
}

interface End {
  readonly address: string;
  readonly pod?: PolicyPod;
}

interface Asked {
  readonly connection: PolicyConnection;
  readonly ends: { readonly source: End; readonly destination: End };
  readonly policies: readonly NetworkPolicy[];
  readonly namespaces: NamespaceLabels;
}

function endOf(name: string, { pods }: PolicyCluster): End {
  const named = pods.find((pod) => `${pod.namespace}/${pod.name}` === name);
  if (named?.hostNetwork) return { address: named.address };
  const pod = named ?? pods.find(({ address, hostNetwork }) => address === name && hostNetwork !== true);
  return pod ? { address: pod.address, pod } : { address: name };
}

function exceptionOf({ source, destination }: Asked['ends'], { nodeAddresses = {} }: PolicyCluster): DirectionVerdict['exception'] {
  if (!destination.pod) return undefined;
  if (source.pod) return source.pod === destination.pod ? 'itself' : undefined;
  const { node } = destination.pod;
  return Object.hasOwn(nodeAddresses, node) && nodeAddresses[node]?.includes(source.address) ? 'own node' : undefined;
}

function directionVerdict(direction: PolicyDirection, asked: Asked, exception: DirectionVerdict['exception']): DirectionVerdict {
  const { pod } = direction === 'egress' ? asked.ends.source : asked.ends.destination;
  const about = pod ? asked.policies.filter((policy) => governs(policy, direction) && podMatcher(policy)(pod)) : [];
  const by = firstRule(direction, about, asked);
  return {
    allowed: about.length === 0 || by !== undefined || exception !== undefined,
    isolated: about.length > 0,
    isolatedBy: about.map((policy) => policyName(policy)),
    ...(by && { by }),
    ...(exception && { exception }),
  };
}

function firstRule(direction: PolicyDirection, policies: readonly NetworkPolicy[], asked: Asked): DirectionVerdict['by'] {
  const peer = direction === 'egress' ? asked.ends.destination : asked.ends.source;
  for (const policy of policies) {
    const rule = policyRulesOf(policy, direction).findIndex(
      ({ peers, ports }) =>
        (peers.length === 0 || peers.some((each) => isPeer(each, peer, policy, asked.namespaces))) &&
        (ports.length === 0 || ports.some((each) => isPort(each, asked))),
    );
    if (rule >= 0) return { policy: policyName(policy), rule };
  }
  return undefined;
}

function isPeer(peer: PolicyPeer, { address, pod }: End, policy: NetworkPolicy, namespaces: NamespaceLabels): boolean {
  if (peer.ipBlock) return blockHas(peer.ipBlock, address);
  return pod !== undefined && peerMatcher(peer, policyNamespace(policy), namespaces)(pod);
}

/** A name means what the destination means by it, so it may be another number at each pod. */
function isPort(port: PolicyPort, { connection, ends }: Asked): boolean {
  if ((port.protocol ?? 'TCP') !== connection.protocol) return false;
  if (port.port === undefined) return true;
  const range = portRange(port);
  if (range) return range[0] <= connection.port && connection.port <= range[1];
  if (connection.portName !== undefined) return connection.portName === port.port;
  const named = ends.destination.pod?.portNames?.[port.port];
  return named?.port === connection.port && named.protocol.toUpperCase() === connection.protocol;
}
