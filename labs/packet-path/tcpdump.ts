import { captured } from '../engine/network/packet/capture.ts';
import type { State } from './state.ts';

/** What tcpdump has printed on a device (`namespace/device`) by now: only what has happened. */
export function tcpdumpNow({ sending }: State, where: string): readonly string[] {
  const { followed, steps, shown } = sending;
  const end = steps[shown - 1]?.to ?? 0;
  return captured({ ...followed, hops: followed.hops.slice(0, end), overheard: followed.overheard.filter(({ hop }) => hop < end) }, where);
}

/** Devices on which the packet has been seen by now, in the order in which it came by. */
export function devicesSeen({ sending }: State): readonly string[] {
  const end = sending.steps[sending.shown - 1]?.to ?? 0;
  const seen = sending.followed.hops.slice(0, end).flatMap((hop) => (hop.type === 'packet' || hop.type === 'arp' ? [hop.where] : []));
  return [...new Set(seen)];
}

/** The device and its machine, as the command line on a real cluster would name them. */
export function deviceName(where: string): { readonly machine: string; readonly device: string } {
  const end = where.lastIndexOf('/');
  return { machine: where.slice(0, Math.max(0, end)), device: where.slice(end + 1) };
}
