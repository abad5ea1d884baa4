import { captured } from '../engine/network/packet/capture.ts';
import type { State } from './state.ts';

/** What tcpdump has printed on a device (`namespace/device`) by now: only what has happened. */
export function tcpdumpNow({ sending }: State, where: string): readonly string[] {
  const { followed, steps, shown } = sending;
  const end = steps[shown - 1]?.to ?? 0;
  const hops = followed.hops.slice(0, end).map((hop) => (hop.type === 'packet' || hop.type === 'arp' ? { ...hop, role: '' } : hop));
  return captured({ ...followed, conntrack: {}, hops, overheard: followed.overheard.filter(({ hop }) => hop < end) }, where);
}
