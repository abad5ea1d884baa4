import type { PodObject } from '../../api/cluster-kinds.ts';
import type { SchedulerPlugin } from '../plugin.ts';
import { changedNode, podLeaving } from './changes.ts';

interface HostPort {
  readonly address: string;
  readonly protocol: string;
  readonly port: number;
}

const anyAddress = '0.0.0.0';
const known = new WeakMap<PodObject['spec'], readonly HostPort[]>();

/** The ports of the node that a pod takes: those of its containers and sidecars. Models pkg/scheduler/util GetHostPorts. */
function hostPortsOf({ spec }: PodObject): readonly HostPort[] {
  const held = known.get(spec);
  if (held !== undefined) return held;
  const sidecars = (spec.initContainers ?? []).filter(({ restartPolicy }) => restartPolicy === 'Always');
  const ports = [...sidecars, ...spec.containers].flatMap(({ ports: all = [] }) =>
    all.flatMap(({ hostPort = 0, hostIP = '', protocol = 'TCP' }) =>
      hostPort > 0 ? [{ address: hostIP === '' ? anyAddress : hostIP, protocol, port: hostPort }] : [],
    ),
  );
  known.set(spec, ports);
  return ports;
}

/** Two pods cannot listen at the same port, unless at different addresses; 0.0.0.0 is all addresses. */
const conflicts = (one: HostPort, other: HostPort): boolean =>
  one.port === other.port && one.protocol === other.protocol && (one.address === other.address || [one.address, other.address].includes(anyAddress));

/** A `hostPort` is free only once on a node. Models plugins/nodeports. */
export const nodePorts: SchedulerPlugin = {
  name: 'NodePorts',
  filter: ({ pod }) => {
    const wanted = hostPortsOf(pod);
    if (wanted.length === 0) return undefined;
    const rejection = { reasons: ["node(s) didn't have free ports for the requested pod ports"], canPreempt: true };
    const isTaken = (other: PodObject): boolean => hostPortsOf(other).some((taken) => wanted.some((port) => conflicts(port, taken)));
    return { check: ({ pods }) => (pods.some(isTaken) ? rejection : undefined) };
  },
  wakes: (change, pod) => {
    const leaving = podLeaving(change);
    if (leaving !== undefined) return hostPortsOf(leaving).some((freed) => hostPortsOf(pod).some((port) => conflicts(port, freed)));
    return changedNode(change) !== undefined;
  },
};
