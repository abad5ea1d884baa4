import { portOf, type State } from './state.ts';

function patchCommand(state: State, field: string, value: string): string {
  const { name, namespace = 'default' } = state.input.service.metadata;
  const json = JSON.stringify({ spec: { [field]: value === 'none' ? null : value } });
  return `kubectl -n ${namespace} patch service ${name} -p '${json}'`;
}

/** The command that shows the rules or counters on a node. */
function rulesCommand({ proxy }: State, name: string): string {
  if (proxy === 'nftables') return 'nft list table ip kube-proxy';
  return proxy === 'iptables' ? `iptables-save -c -t nat | grep ${name}` : 'ipvsadm --list --numeric --stats';
}

/** The same Service on a real cluster, and how to count there. */
export function realCluster(state: State): { readonly manifests: string; readonly commands: readonly string[] } {
  const { name, namespace = 'default' } = state.input.service.metadata;
  const { port, isUdp } = portOf(state);
  const [node] = state.input.cluster.nodes;
  const count = Math.min(100, state.input.traffic.requests);
  const loop = isUdp
    ? `kubectl -n ${namespace} run caller --rm -i --image=busybox:1.36 --restart=Never -- sh -c 'for i in $(seq ${String(count)}); do echo hello | nc -u -w1 ${name} ${String(port)}; done'`
    : `kubectl -n ${namespace} run caller --rm -i --image=busybox:1.36 --restart=Never -- sh -c 'for i in $(seq ${String(count)}); do wget -qO- http://${name}:${String(port)}/hostname; echo; done' | sort | uniq -c`;
  return {
    manifests: state.input.serviceText,
    commands: [
      ...Object.entries(state.patched).map(([field, value]) => patchCommand(state, field, value)),
      `kubectl -n ${namespace} get endpointslices -l kubernetes.io/service-name=${name}`,
      loop,
      `# on ${node?.name ?? 'a node'}: rules, and how often each was used`,
      rulesCommand(state, name),
      `conntrack -L --orig-dst ${state.outlook.clusterIP}`,
    ],
  };
}
