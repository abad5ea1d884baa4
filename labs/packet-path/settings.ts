import type { NetworkSettings } from '../engine/network/cluster-network/cluster-network.ts';

/** What VXLAN adds to each packet: a frame header, VXLAN’s own, UDP’s and IP’s. */
const vxlanBytes = 50;

/** The MTU of pods where none is set: what fits through the pod network. */
export function usualPodMtu({ podNetwork, lanMtuBytes }: NetworkSettings): number {
  return podNetwork === 'vxlan' ? lanMtuBytes - vxlanBytes : lanMtuBytes;
}

export function podMtu(settings: NetworkSettings): number {
  return settings.podMtuBytes ?? usualPodMtu(settings);
}
