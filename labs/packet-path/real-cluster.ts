import { calledService, machineKind, machineTitle, objectKey } from './names.ts';
import type { World } from './input.ts';
import type { Action, PodChange, State } from './state.ts';

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

/** `kubectl -n shop delete pod cart-1` for `shop/cart-1`. */
function onObject(key: string, command: (name: string) => string): string {
  const [namespace = '', name = ''] = key.split('/');
  return `kubectl -n ${namespace} ${command(name)}`;
}

const podCommands: Partial<Readonly<Record<PodChange, (name: string) => string>>> = {
  'not ready': (name) => `get pod ${name}`,
  ready: (name) => `wait --for=condition=Ready pod/${name}`,
  deleted: (name) => `delete pod ${name}`,
};

/** What an act of the learner is on a real cluster; undefined: nothing that a command does. */
function commandOf({ services }: World, action: Action): string | undefined {
  switch (action.type) {
    case 'proxyMode':
      return `kubectl -n kube-system get configmap kube-proxy -o yaml | grep 'mode:'   # here: mode: ${action.mode}`;
    case 'bridgeNetfilter':
      return `sudo sysctl net.bridge.bridge-nf-call-iptables=${action.on ? 1 : 0}`;
    case 'service': {
      const { service: key, field, value } = action;
      const port = services.find(({ metadata }) => objectKey(metadata) === key)?.spec.ports?.[0]?.port ?? 80;
      const spec = field === 'targetPort' ? `{"ports":[{"port":${port},"targetPort":${value}}]}` : `{"${field}":"${value}"}`;
      return onObject(key, (name) => `patch service ${name} -p '{"spec":${spec}}'`);
    }
    case 'pod': {
      const command = podCommands[action.change];
      return command && onObject(action.pod, command);
    }
    case 'policy':
      return onObject(action.policy, (name) => `${action.on ? 'get' : 'delete'} networkpolicy ${name}`);
    case 'proxy':
      return action.runs ? `kubectl -n kube-system get pods -l k8s-app=kube-proxy --field-selector spec.nodeName=${action.node}` : undefined;
    case 'route':
      return action.present ? `sudo ip route add ${action.to} via ${action.via}` : `sudo ip route del ${action.to}`;
    case 'advance':
    case 'again':
    case 'from':
    case 'to':
    case 'port':
    case 'protocol':
    case 'size':
    case 'fragments':
    case 'podNetwork':
    case 'podMtu':
    case 'hairpin':
      return undefined;
  }
}

/** The same on a real cluster: the call, the rules, what is remembered, and a capture on every device of the way. */
export function realCluster(state: State): { readonly manifests: string; readonly commands: readonly string[] } {
  const { sending, input, outlook } = state;
  const { call, world } = input;
  const { toAddress, from } = sending.resolved;
  const service = calledService(state);
  const nodes = [...new Set(sending.followed.hops.map((hop) => hop.where))]
    .filter((where) => machineKind(outlook, where) === 'node')
    .map((where) => machineTitle(outlook, where));
  const port = call.protocol === 'ping' ? 'icmp' : `${call.protocol} port ${call.port}`;
  const isNft = world.settings.proxyMode === 'nftables';
  return {
    manifests: input.objectsText,
    commands: [
      'kubectl get pods,services,endpointslices -o wide',
      ...state.deeds.flatMap((deed) => commandOf(world, deed) ?? []),
      `${runIn(state, from)}${callCommand(state)}`,
      ...nodes.slice(0, 2).map((node) => `sudo tcpdump -ni any ${port}   # on ${node}`),
      ...(service === undefined ? [] : [isNft ? 'sudo nft list table ip kube-proxy' : `sudo iptables-save -t nat | grep '${objectKey(service.metadata)}'`]),
      `sudo conntrack -L | grep ${toAddress}`,
      `ip route get ${toAddress}`,
    ],
  };
}
