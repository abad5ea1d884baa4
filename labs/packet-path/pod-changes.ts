import type { Listener } from '../engine/network/packet/topology.ts';
import type { WorldPod } from './input.ts';
import { objectTitle } from './names.ts';
import type { PodChange } from './state.ts';

interface ChangedPod {
  readonly pod: Partial<WorldPod>;
  readonly text: string;
}

/** The ports that a pod’s manifest names, as a program would listen on them. */
export function namedListeners({ ports }: WorldPod): readonly Listener[] {
  return ports.flatMap(({ port, protocol }) => (protocol === 'SCTP' ? [] : [{ port, protocol: protocol === 'UDP' ? ('udp' as const) : ('tcp' as const) }]));
}

/** What can be done to a pod now, by name of the change. */
export function podChangesOf(pod: WorldPod): Readonly<Partial<Record<PodChange, ChangedPod>>> {
  const title = objectTitle(pod);
  return {
    ...(pod.isReady
      ? { 'not ready': { pod: { isReady: false }, text: `Pod ${title} is not ready: it leaves the endpoints` } }
      : { ready: { pod: { isReady: true }, text: `Pod ${title} is ready: it joins the endpoints` } }),
    deleted: { pod: { isGone: true }, text: `Pod ${title} is deleted: nobody has its address` },
    ...(pod.listeners.length > 0
      ? { 'does not listen': { pod: { listeners: [] }, text: `The program in ${title} no longer listens` } }
      : { listens: { pod: { listeners: namedListeners(pod) }, text: `The program in ${title} listens again` } }),
    ...(pod.hasHairpin
      ? { 'hairpin off': { pod: { hasHairpin: false }, text: `The bridge port of ${title} no longer sends frames back` } }
      : { 'hairpin on': { pod: { hasHairpin: true }, text: `The bridge port of ${title} sends frames back again` } }),
  };
}
