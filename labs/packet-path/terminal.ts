import { clusterTopology } from '../engine/network/cluster-network/cluster-topology.ts';
import { isLocal, routeTo } from '../engine/network/packet/routing.ts';
import type { NetworkNamespace } from '../engine/network/packet/topology.ts';
import { addressNumber } from './addresses.ts';
import type { State } from './state.ts';
import { tcpdumpNow } from './tcpdump.ts';

/** Commands that this terminal knows, as examples. `tcpdump` prints what the packet of the scenario leaves on a device, without sequence numbers. */
export const commands: readonly string[] = [
  'kubectl exec POD -- ip route',
  'kubectl exec POD -- ip route get ADDRESS',
  'ssh NODE ip route',
  'ssh NODE ip route get ADDRESS',
  'ssh NODE sudo tcpdump -tni DEVICE',
  'ssh NODE sudo iptables-save -t TABLE | grep TEXT',
];

/** The machine that a command runs on, and the command there. */
function machineOf({ outlook }: State, command: string): { readonly machine: string; readonly rest: string } | undefined {
  const [, pod, inPod] = /^kubectl exec (\S+) -- (.*)$/u.exec(command) ?? [];
  const [, node, onNode] = /^ssh (\S+) (?:sudo )?(.*)$/u.exec(command) ?? [];
  const [title, rest, kind] = pod === undefined ? [node, onNode, 'node'] : [pod, inPod, 'pod'];
  const found = Object.entries(outlook.titles).find(([, known]) => known.kind === kind && known.title === title);
  return found && rest !== undefined ? { machine: found[0], rest } : undefined;
}

const firstNumber = (block: string): number => addressNumber(block.split('/', 1)[0] ?? '') ?? 0;

/** The main table, in the order of addresses. Models ip-route(8) of iproute2. */
function ipRoute({ routes, devices }: NetworkNamespace): string {
  const isTunnel = (name: string): boolean => devices.some((device) => device.name === name && device.kind === 'vxlan');
  return routes
    .toSorted((one, other) => firstNumber(one.to) - firstNumber(other.to))
    .map(({ to, via, device, source }) => {
      const block = to === '0.0.0.0/0' ? 'default' : to.replace(/\/32$/u, '');
      if (via === undefined) return `${block} dev ${device} proto kernel scope link${source === undefined ? '' : ` src ${source}`}\n`;
      return `${block} via ${via} dev ${device}${isTunnel(device) ? ' onlink' : ''}\n`;
    })
    .join('');
}

function ipRouteGet(namespace: NetworkNamespace, address: string): string | undefined {
  if (addressNumber(address) === undefined) return undefined;
  if (isLocal(namespace, address)) return `local ${address} dev lo src ${address} uid 0\n    cache <local>\n`;
  const route = routeTo(namespace, address);
  if (route.kind !== 'unicast') return 'RTNETLINK answers: Network is unreachable\n';
  const via = route.nextHop === address ? '' : ` via ${route.nextHop}`;
  return `${address}${via} dev ${route.device} src ${route.source} uid 0\n    cache\n`;
}

function iptablesSave({ rules }: NetworkNamespace, table: string, text: string): string | undefined {
  const chains = rules?.iptables?.[table];
  if (chains === undefined) return undefined;
  const lines = Object.entries(chains).flatMap(([chain, { policy, rules: own }]) => [`:${chain} ${policy ?? '-'} [0:0]`, ...own.map((rule) => rule.text)]);
  return lines
    .filter((line) => line.includes(text))
    .map((line) => `${line}\n`)
    .join('');
}

/** What a command prints on a machine of the settled lab; undefined: it is not known, or there is no such machine. */
export default function terminal(state: State, command: string): string | undefined {
  const place = machineOf(state, command);
  const namespace = place && clusterTopology(state.outlook.network).namespaces[place.machine];
  if (!place || !namespace) return undefined;
  const { rest, machine } = place;
  if (rest === 'ip route') return ipRoute(namespace);
  const [, address] = /^ip route get (\S+)$/u.exec(rest) ?? [];
  if (address !== undefined) return ipRouteGet(namespace, address);
  const [, device] = /^tcpdump -tni (\S+)$/u.exec(rest) ?? [];
  if (device !== undefined)
    return namespace.devices.some(({ name }) => name === device)
      ? tcpdumpNow(state, `${machine}/${device}`)
          .map((line) => `${line}\n`)
          .join('')
      : undefined;
  const [, table, quoted, bare] = /^iptables-save -t (\w+) \| grep (?:'([^']+)'|(\S+))$/u.exec(rest) ?? [];
  return table === undefined ? undefined : iptablesSave(namespace, table, quoted ?? bare ?? '');
}
