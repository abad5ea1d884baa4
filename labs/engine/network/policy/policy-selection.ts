import { matchesRequirements, selectorRequirements, type Labels, type LabelSelector } from '../../api/selectors.ts';
import { cidrHas, familyOf, parseCidr } from '../kube-proxy/cidr.ts';
import type { NetworkPolicy, PolicyPeer, PolicyPort } from './network-policy.ts';

/** Seen from the pod that a policy selects. */
export type PolicyDirection = 'egress' | 'ingress';

/** What policies can know of a pod. */
export interface PolicyPod {
  readonly namespace: string;
  readonly name: string;
  readonly node: string;
  /** With `hostNetwork` the node’s. */
  readonly address: string;
  readonly labels: Labels;
  /** Policies neither select it nor can name it as a peer: its packets are its node’s. */
  readonly hostNetwork?: boolean;
  /** Container ports by name. */
  readonly portNames?: Readonly<Record<string, { readonly protocol: 'tcp' | 'udp' | 'sctp'; readonly port: number }>>;
}

/** Labels of namespaces, by name. */
export type NamespaceLabels = Readonly<Record<string, Labels>>;

/** One entry of `ingress` or `egress`. No peers: everybody; no ports: all ports of all protocols. */
export interface PolicyRule {
  readonly peers: readonly PolicyPeer[];
  readonly ports: readonly PolicyPort[];
}

export function policyNamespace({ metadata }: NetworkPolicy): string {
  return metadata.namespace ?? 'default';
}

/** `namespace/name`. */
export function policyName(policy: NetworkPolicy): string {
  return `${policyNamespace(policy)}/${policy.metadata.name}`;
}

/** Whether a policy isolates the pods that it selects in a direction. Models SetDefaults_NetworkPolicy (pkg/apis/networking/v1/defaults.go). */
export function governs({ spec }: NetworkPolicy, direction: PolicyDirection): boolean {
  const { policyTypes = [] } = spec;
  if (policyTypes.length > 0) return policyTypes.includes(direction === 'egress' ? 'Egress' : 'Ingress');
  return direction === 'ingress' || (spec.egress ?? []).length > 0;
}

/** What a policy lets through in a direction, in the order in which it is written. */
export function policyRulesOf({ spec }: NetworkPolicy, direction: PolicyDirection): readonly PolicyRule[] {
  return direction === 'ingress'
    ? (spec.ingress ?? []).map(({ from = [], ports = [] }) => ({ peers: from, ports }))
    : (spec.egress ?? []).map(({ to = [], ports = [] }) => ({ peers: to, ports }));
}

/** The selector is read once, however many labels are then compared with it. */
function selectorMatcher(selector: LabelSelector): (labels: Labels) => boolean {
  const requirements = selectorRequirements(selector);
  return (labels) => requirements.ok && matchesRequirements(requirements.value, labels);
}

/** Whether a policy is about a pod. */
export function podMatcher(policy: NetworkPolicy): (pod: PolicyPod) => boolean {
  const matches = selectorMatcher(policy.spec.podSelector ?? {});
  const namespace = policyNamespace(policy);
  return (pod) => pod.namespace === namespace && pod.hostNetwork !== true && matches(pod.labels);
}

/** The label with the namespace’s own name is always there: the API server writes it, and nobody can change it. */
function labelsOf(namespace: string, namespaces: NamespaceLabels): Labels {
  return { ...namespaces[namespace], 'kubernetes.io/metadata.name': namespace };
}

/** Whether a peer of a policy in `namespace` names a pod by its labels. Without `namespaceSelector` only pods of that namespace are meant. */
export function peerMatcher(peer: PolicyPeer, namespace: string, namespaces: NamespaceLabels): (pod: PolicyPod) => boolean {
  const { podSelector, namespaceSelector, ipBlock } = peer;
  if (ipBlock || (!podSelector && !namespaceSelector)) return () => false;
  const isMeant = selectorMatcher(podSelector ?? {});
  const isThere = namespaceSelector && selectorMatcher(namespaceSelector);
  return (pod) => pod.hostNetwork !== true && (isThere ? isThere(labelsOf(pod.namespace, namespaces)) : pod.namespace === namespace) && isMeant(pod.labels);
}

/** Whether a block has an address that it does not except. It may be a pod’s: the API says that blocks should be outside the cluster, not that they must. */
export function blockHas({ cidr, except = [] }: NonNullable<PolicyPeer['ipBlock']>, address: string): boolean {
  return isWithin(cidr, address) && !except.some((block) => isWithin(block, address));
}

function isWithin(block: string, address: string): boolean {
  const cidr = parseCidr(block);
  // ::/0 has no IPv4 address, though as numbers they lie inside it.
  return cidr?.family === familyOf(address) && cidrHas(cidr, address);
}

/** The numbers that a port stands for, both ends included; undefined: it is a name, or all ports. An `endPort` below the port counts as none. */
export function portRange({ port, endPort }: PolicyPort): readonly [number, number] | undefined {
  return typeof port === 'number' ? [port, Math.max(port, endPort ?? port)] : undefined;
}
