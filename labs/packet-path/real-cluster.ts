import { machineKind, machineTitle, objectKey } from './names.ts';
import type { State } from './state.ts';
import { calledService } from './things.ts';

/** A program in a pod or on a node, as commands reach it. */
function runIn(state: State, machine: string): string {
  if (machineKind(state.outlook, machine) !== 'pod') return '';
  const pod = state.outlook.network.pods.find((known) => objectKey(known) === machine);
  return pod === undefined ? '' : `kubectl -n ${pod.namespace} exec ${pod.name} -- `;
}

function callCommand({ input: { call }, sending: { resolved } }: State): string {
  const { toAddress } = resolved;
  if (call.protocol === 'ping') return `ping -c 1 -s ${call.dataBytes} ${call.mayFragment ? '' : '-M do '}${toAddress}`;
  return call.protocol === 'udp' ? `nc -u -w 1 ${toAddress} ${call.port}` : `nc -vz -w 3 ${toAddress} ${call.port}`;
}

/** The same on a real cluster: the call, the rules, what is remembered, and a capture on every device of the way. */
export function realCluster(state: State): { readonly manifests: string; readonly commands: readonly string[] } {
  const { sending, input, outlook, deeds } = state;
  const { call, world } = input;
  const { toAddress, from } = sending.resolved;
  const service = calledService(world, toAddress, call);
  const nodes = [...new Set(sending.followed.hops.map((hop) => hop.where))]
    .filter((where) => machineKind(outlook, where) === 'node')
    .map((where) => machineTitle(outlook, where));
  const port = call.protocol === 'ping' ? 'icmp' : `${call.protocol} port ${call.port}`;
  const isNft = world.settings.proxyMode === 'nftables';
  return {
    manifests: input.objectsText,
    commands: [
      'kubectl get pods,services,endpointslices -o wide',
      ...deeds,
      `${runIn(state, from)}${callCommand(state)}`,
      ...nodes.slice(0, 2).map((node) => `sudo tcpdump -ni any ${port}   # on ${node}`),
      ...(service === undefined ? [] : [isNft ? 'sudo nft list table ip kube-proxy' : `sudo iptables-save -t nat | grep '${objectKey(service.metadata)}'`]),
      `sudo conntrack -L | grep ${toAddress}`,
      `ip route get ${toAddress}`,
    ],
  };
}
