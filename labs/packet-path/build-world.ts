import type { NetworkNode } from '../engine/network/cluster-network/cluster-network.ts';
import type { ProxiedService } from '../engine/network/kube-proxy/proxy-input.ts';
import type { Listener } from '../engine/network/packet/topology.ts';
import { withClusterAddresses } from '../engine/network/cluster-dns/cluster-addresses.ts';
import { keyHash } from '../engine/key-hash.ts';
import type { ReadingError } from '../reading/reading-error.ts';
import { addressNumber, addressText, blockOf, isInBlock } from './addresses.ts';
import type { World, WorldPod } from './input.ts';
import { objectKey } from './names.ts';
import { nodePortsFor } from './node-ports.ts';
import type { WrittenObjects, WrittenPod } from './read-objects.ts';
import type { WrittenNetwork } from './read-network.ts';

/** What holds without a Node in the text. */
const usualNodes: readonly NetworkNode[] = ['node-a', 'node-b'].map((name, index) => ({
  name,
  address: `192.0.2.${11 + index}`,
  podCidr: `10.244.${1 + index}.0/24`,
  listeners: [{ protocol: 'tcp', port: 22 }],
}));

const podsMax = 16;
/** The first addresses of a node's block: the network, the bridge, and a few that are usually taken. */
const firstOffset = 5;
// The letters of generated names: no vowels, and nothing that looks like one (k8s.io/apimachinery/pkg/util/rand).
const nameAlphabet = 'bcdfghjklmnpqrstvwxz2456789';

function generated(key: string, length: number): string {
  return Array.from({ length }, (_, index) => nameAlphabet.charAt(keyHash(`${key} ${index}`) % nameAlphabet.length)).join('');
}

/** The world of the texts, and what stands against it. */
export interface BuiltWorld {
  readonly world: World;
  readonly errors: readonly ReadingError[];
}

/** Gives pods their nodes and addresses, Services theirs, and puts everything together. */
export function buildWorld(objects: WrittenObjects, { settings, outside, listens }: WrittenNetwork): BuiltWorld {
  const errors: ReadingError[] = [];
  const nodes = objects.nodes.length > 0 ? objects.nodes : usualNodes;
  const written = [...objects.pods, ...objects.deployments.flatMap(replicasOf)];
  const extra = written[podsMax];
  if (extra) errors.push({ ...extra.at.name, message: `there are ${written.length} pods`, expected: `at most ${podsMax}, those of Deployments included` });
  const pods = placed(written.slice(0, podsMax), nodes, { listens, errors });
  return {
    world: {
      nodes: nodes.map((node) => ({ ...node, listeners: listens[node.name] ?? node.listeners })),
      pods,
      namespaces: objects.namespaces,
      services: servicesOf(objects.services),
      writtenSlices: objects.slices,
      policies: objects.policies.map((policy) => ({ policy, isOn: true })),
      outside,
      settings,
      stoppedProxies: [],
      changes: [],
    },
    errors,
  };
}

/** The pods that a Deployment asks for, with names as its ReplicaSet would make them. */
function replicasOf({ replicas, ...pod }: WrittenObjects['deployments'][number]): readonly WrittenPod[] {
  const set = `${pod.name}-${generated(objectKey(pod), 10)}`;
  return Array.from({ length: replicas }, (_, index) => ({ ...pod, name: `${set}-${generated(`${set} ${index}`, 5)}`, address: '' }));
}

interface Placing {
  readonly listens: Readonly<Record<string, readonly Listener[]>>;
  readonly errors: ReadingError[];
}

function placed(written: readonly WrittenPod[], nodes: readonly NetworkNode[], { listens, errors }: Placing): readonly WorldPod[] {
  const taken = new Set(written.filter(({ hostNetwork }) => !hostNetwork).map(({ address }) => address));
  const counts = new Map(nodes.map(({ name }) => [name, written.filter((pod) => pod.node === name).length]));
  const given = new Set<string>();
  return written.flatMap((pod): readonly WorldPod[] => {
    const node = pod.node === '' ? emptiest(nodes, counts) : nodes.find(({ name }) => name === pod.node);
    if (node === undefined) {
      errors.push({
        ...pod.at.node,
        message: `there is no node ${pod.node}`,
        expected: `nodeName: ${nodes.map(({ name }) => name).join(' or ')}`,
        hint: 'Add the Node, or leave nodeName out.',
      });
      return [];
    }
    if (pod.node === '') counts.set(node.name, (counts.get(node.name) ?? 0) + 1);
    const address = pod.hostNetwork ? node.address : pod.address === '' ? nextAddress(node, taken) : pod.address;
    const problem = pod.hostNetwork ? undefined : addressProblem(node, address, given);
    if (problem !== undefined)
      errors.push({
        ...pod.at.address,
        message: problem,
        expected: `an address of ${node.podCidr} that nothing else has`,
        hint: 'Leave podIP out, and the pod gets one.',
      });
    given.add(address);
    const own: readonly Listener[] = pod.ports.flatMap(({ port, protocol }) =>
      protocol === 'SCTP' ? [] : [{ port, protocol: protocol === 'UDP' ? ('udp' as const) : ('tcp' as const) }],
    );
    const { namespace, name, labels, hostNetwork, isReady, ports } = pod;
    const listeners = listens[name] ?? listens[objectKey(pod)] ?? own;
    return [{ namespace, name, node: node.name, address, labels, hostNetwork, isReady, ports, listeners, hasHairpin: true, isGone: false }];
  });
}

function emptiest(nodes: readonly NetworkNode[], counts: ReadonlyMap<string, number>): NetworkNode | undefined {
  return nodes.reduce<NetworkNode | undefined>((best, node) => (best && (counts.get(best.name) ?? 0) <= (counts.get(node.name) ?? 0) ? best : node), undefined);
}

function nextAddress({ podCidr }: NetworkNode, taken: Set<string>): string {
  const block = blockOf(podCidr);
  if (!block) return '';
  for (let offset = firstOffset; offset < block.size - 1; offset += 1) {
    const address = addressText(block.first + offset);
    if (taken.has(address)) continue;
    taken.add(address);
    return address;
  }
  return '';
}

function addressProblem({ name, podCidr }: NetworkNode, address: string, given: ReadonlySet<string>): string | undefined {
  const block = blockOf(podCidr);
  const number = addressNumber(address);
  if (address === '') return `node ${name} has no address left`;
  if (!block || number === undefined || !isInBlock(block, address)) return `${address} is not of ${podCidr}, the pod CIDR of ${name}`;
  if (number - block.first < 2 || number === block.first + block.size - 1) return `${address} is kept for the network itself`;
  return given.has(address) ? `another pod has the address ${address}` : undefined;
}

/** Services with the addresses and node ports that the API server would give them, and load balancers with one of theirs. */
function servicesOf(services: readonly ProxiedService[]): readonly ProxiedService[] {
  const withAddresses = withClusterAddresses(services) as readonly ProxiedService[];
  return withAddresses.reduce<readonly ProxiedService[]>((done, service) => [...done, nodePortsFor(service, [...done, ...withAddresses])], []);
}
