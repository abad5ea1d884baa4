import { parseIptablesSave } from './parse-iptables-save.ts';
import { iptablesOf } from './testing.ts';
import type { Device, NetworkNamespace, Route, Topology } from './topology.ts';

export interface ClusterShape {
  /** How many pods each node has. */
  readonly pods: readonly number[];
  readonly podNetwork: 'host-gw' | 'vxlan';
  readonly hairpin?: boolean;
  readonly filtersBridged?: boolean;
  /** MTU of pods and their bridges; 1450 by default, which fits through either network. */
  readonly podMtuBytes?: number;
  /** Port on which the pods listen; the Service always sends to 8080. */
  readonly podPort?: number;
  /** Rules of every node that stand before the others. */
  readonly rules?: Readonly<Partial<Record<'filter' | 'nat', readonly string[]>>>;
  readonly routes?: readonly (Route & { readonly at: string })[];
  readonly removedRoutes?: readonly { readonly at: string; readonly to: string }[];
  /** Leaves out the rules that masquerade what comes from outside. */
  readonly masquerades?: boolean;
}

/** The Service of the cluster, and its port on every node. */
export const service = { address: '10.96.0.10', port: 80, nodePort: 30_080 };
export const podAddress = (node: number, pod: number): string => `10.244.${node}.${5 + pod}`;
export const nodeAddress = (node: number): string => `192.168.1.${10 + node}`;
export const podName = (node: number, pod: number): string => `pod${node}${'abcde'[pod] ?? ''}`;

const quiet = { forwards: false, filtersBridged: false, routesLocalnet: false };

/** Nodes 1, 2, … with pods on a bridge, a machine `client` (192.168.1.50, also the nodes’ way out), and a switch between them; one Service over all pods. */
export function testCluster(shape: ClusterShape): Topology {
  const nodes = shape.pods.map((_, index) => index + 1);
  const namespaces = [
    ...nodes.flatMap((node) => [[`node${node}`, nodeOf(shape, node)] as const, ...podsOf(shape, node)]),
    ['client', hostOf(shape)] as const,
    ['switch', switchOf(nodes)] as const,
  ];
  return { namespaces: Object.fromEntries(namespaces.map(([name, namespace]) => [name, rerouted(shape, name, namespace)])) };
}

function rerouted({ routes = [], removedRoutes = [] }: ClusterShape, name: string, namespace: NetworkNamespace): NetworkNamespace {
  const kept = namespace.routes.filter(({ to }) => !removedRoutes.some((removed) => removed.at === name && removed.to === to));
  // A new route stands before those of the same length.
  return { ...namespace, routes: [...routes.filter(({ at }) => at === name), ...kept] };
}

function cable(name: string, mac: string, peer: string, rest: Partial<Device & { readonly kind: 'veth' }>): Device {
  return { kind: 'veth', name, mac, mtuBytes: 1500, addresses: [], peer: { namespace: peer, device: 'eth0' }, ...rest };
}

function podsOf(shape: ClusterShape, node: number): readonly (readonly [string, NetworkNamespace])[] {
  return Array.from({ length: shape.pods[node - 1] ?? 0 }, (_, pod) => {
    const address = podAddress(node, pod);
    const name = podName(node, pod);
    const eth0 = cable('eth0', `0a:58:${address}`, `node${node}`, {
      mtuBytes: shape.podMtuBytes ?? 1450,
      addresses: [{ address, prefixLength: 24 }],
      peer: { namespace: `node${node}`, device: `veth-${name}` },
    });
    const routes = [
      { to: '0.0.0.0/0', via: `10.244.${node}.1`, device: 'eth0' },
      { to: `10.244.${node}.0/24`, device: 'eth0', source: address },
    ];
    const listeners = [
      { protocol: 'tcp' as const, port: shape.podPort ?? 8080 },
      { protocol: 'udp' as const, port: 53 },
    ];
    return [name, { role: 'pod', devices: [eth0], routes, sysctls: quiet, listeners }] as const;
  });
}

function nodeOf(shape: ClusterShape, node: number): NetworkNamespace {
  const { pods, podNetwork, podMtuBytes: mtuBytes = 1450, hairpin = true, filtersBridged = true } = shape;
  const others = pods.map((_, index) => index + 1).filter((other) => other !== node);
  const ports = Array.from({ length: pods[node - 1] ?? 0 }, (_, pod) =>
    cable(`veth-${podName(node, pod)}`, `port-${podName(node, pod)}`, podName(node, pod), { mtuBytes, bridge: 'cni0', hairpin }),
  );
  const overlayMac = (other: number) => `0e:fa:${other}`;
  const overlay: Device = {
    kind: 'vxlan',
    name: 'flannel.1',
    mac: overlayMac(node),
    mtuBytes: 1450,
    addresses: [{ address: `10.244.${node}.0`, prefixLength: 32 }],
    vxlan: {
      vni: 1,
      local: nodeAddress(node),
      port: 8472,
      neighbours: Object.fromEntries(others.map((other) => [`10.244.${other}.0`, overlayMac(other)])),
      forwarding: Object.fromEntries(others.map((other) => [overlayMac(other), nodeAddress(other)])),
    },
  };
  const toOthers = others.map((other): Route => {
    const to = `10.244.${other}.0/24`;
    return podNetwork === 'vxlan' ? { to, via: `10.244.${other}.0`, device: 'flannel.1' } : { to, via: nodeAddress(other), device: 'eth0' };
  });
  return {
    role: 'node',
    devices: [
      { kind: 'bridge', name: 'cni0', mac: `0a:58:cni0:${node}`, mtuBytes, addresses: [{ address: `10.244.${node}.1`, prefixLength: 24 }] },
      cable('eth0', `02:42:${node}`, 'switch', {
        addresses: [{ address: nodeAddress(node), prefixLength: 24 }],
        peer: { namespace: 'switch', device: `node${node}` },
      }),
      ...(podNetwork === 'vxlan' ? [overlay] : []),
      ...ports,
    ],
    routes: [
      { to: `10.244.${node}.0/24`, device: 'cni0', source: `10.244.${node}.1` },
      { to: '192.168.1.0/24', device: 'eth0', source: nodeAddress(node) },
      ...toOthers,
      { to: '0.0.0.0/0', via: '192.168.1.50', device: 'eth0', source: nodeAddress(node) },
    ],
    sysctls: { forwards: true, filtersBridged, routesLocalnet: false },
    rules: { iptables: parseIptablesSave(iptablesOf(rulesOf(shape))) },
    listeners: [],
  };
}

/** In the shape of kube-proxy's and flannel's. */
function rulesOf({ pods, rules = {}, masquerades = true }: ClusterShape): { readonly filter: readonly string[]; readonly nat: readonly string[] } {
  const endpoints = pods.flatMap((count, index) => Array.from({ length: count }, (_, pod) => podAddress(index + 1, pod)));
  const { address, port, nodePort } = service;
  const mark = masquerades ? ['-A SVC ! -s 10.244.0.0/16 -j MARK --set-xmark 0x4000/0x4000'] : [];
  const choices = endpoints.flatMap((endpoint, index) => {
    const left = endpoints.length - index;
    return [
      `-A SVC ${left > 1 ? `-m statistic --mode random --probability ${1 / left} ` : ''}-j SEP-${endpoint}`,
      `-A SEP-${endpoint} -s ${endpoint}/32 -j MARK --set-xmark 0x4000/0x4000`,
      `-A SEP-${endpoint} -p tcp -m tcp -j DNAT --to-destination ${endpoint}:8080`,
    ];
  });
  const refusal = endpoints.length === 0 ? [`-A FORWARD -d ${address}/32 -j REJECT`, `-A OUTPUT -d ${address}/32 -j REJECT`] : [];
  return {
    filter: [...(rules.filter ?? []), '-A FORWARD -m conntrack --ctstate INVALID -j DROP', ...refusal],
    nat: [
      ...(rules.nat ?? []),
      ...['PREROUTING', 'OUTPUT'].map((chain) => `-A ${chain} -j SERVICES`),
      `-A SERVICES -d ${address}/32 -p tcp -m tcp --dport ${port} -j SVC`,
      `-A SERVICES -p tcp -m tcp --dport ${nodePort} -m addrtype --dst-type LOCAL -j SVC`,
      ...mark,
      ...choices,
      '-A POSTROUTING -m mark --mark 0x4000/0x4000 -j MASQUERADE --random-fully',
      '-A POSTROUTING -s 10.244.0.0/16 ! -d 10.244.0.0/16 -j MASQUERADE --random-fully',
    ],
  };
}

function hostOf({ pods }: ClusterShape): NetworkNamespace {
  const eth0 = cable('eth0', '02:42:50', 'switch', {
    addresses: [{ address: '192.168.1.50', prefixLength: 24 }],
    peer: { namespace: 'switch', device: 'client' },
  });
  const routes: readonly Route[] = [
    { to: '192.168.1.0/24', device: 'eth0', source: '192.168.1.50' },
    ...(pods.length > 0 ? [{ to: '10.0.0.0/8', via: nodeAddress(1), device: 'eth0' }] : []),
  ];
  return { role: 'host', devices: [eth0], routes, sysctls: quiet, listeners: [{ protocol: 'tcp', port: 443 }] };
}

function switchOf(nodes: readonly number[]): NetworkNamespace {
  const port = (name: string) => cable(name, `switch-${name}`, name, { bridge: 'lan' });
  return {
    role: 'switch',
    devices: [{ kind: 'bridge', name: 'lan', mac: 'switch', mtuBytes: 1500, addresses: [] }, ...nodes.map((node) => port(`node${node}`)), port('client')],
    routes: [],
    sysctls: quiet,
    listeners: [],
  };
}
