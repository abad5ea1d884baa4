import { addressOf } from './names.ts';
import type { State } from './state.ts';
import { isAnswered } from './words.ts';

/** What holds in every state of every run. */
export const invariants: Readonly<Record<string, (state: State) => string | undefined>> = {
  'every hop belongs to exactly one step': ({ sending: { steps, followed } }) => {
    const wrong = steps.findIndex((step, index) => step.from !== (steps[index - 1]?.to ?? 0) || step.to < step.from);
    if (wrong >= 0) return `step ${wrong} begins elsewhere than the one before it ends`;
    return (steps.at(-1)?.to ?? 0) === followed.hops.length ? undefined : 'hops are left over';
  },
  'every cause is earlier': ({ entries }) => {
    const wrong = entries.find((entry) => entry.cause !== undefined && entry.cause >= entry.id);
    return wrong === undefined ? undefined : `entry ${wrong.id} is caused by ${wrong.cause ?? 0}`;
  },
  'an answer comes from where the call went': ({ sending }) => {
    if (!isAnswered(sending)) return undefined;
    const last = sending.followed.hops.findLast((hop) => hop.type === 'arrived' && hop.program === 'client');
    const { toAddress } = sending.resolved;
    return last?.type !== 'arrived' || addressOf(last.packet.src) === toAddress ? undefined : `the caller asked ${toAddress} and ${last.packet.src} answered`;
  },
  'a destination is rewritten before the machine routes the packet': ({ sending: { followed } }) => {
    const routed = new Set<string>();
    for (const hop of followed.hops) {
      if (hop.type === 'route' && hop.for === 'forward' && hop.leg === 'there') routed.add(hop.where);
      if (
        hop.type === 'netfilter' &&
        hop.leg === 'there' &&
        hop.hook === 'PREROUTING' &&
        hop.after &&
        hop.after.dst !== hop.packet.dst &&
        routed.has(hop.where)
      )
        return `${hop.where} routed before it rewrote`;
    }
    return undefined;
  },
  'what stays in the cluster never visits the default gateway': ({ sending, outlook, input }) => {
    const isInside = (address: string): boolean =>
      outlook.network.pods.some((pod) => pod.address === address) || outlook.network.nodes.some((node) => node.address === address);
    const hop = sending.followed.hops.find((known) => known.type === 'arrived' && known.leg === 'there');
    if (hop?.type !== 'arrived' || input.world.changes.some(({ kind }) => kind.startsWith('route')) || !isInside(sending.resolved.fromAddress))
      return undefined;
    if (!isInside(addressOf(hop.packet.dst))) return undefined;
    return sending.followed.hops.some((known) => known.type === 'packet' && known.where.startsWith('router/')) ? 'it came by the router' : undefined;
  },
  'the TTL never grows on the way': ({ sending: { followed } }) => {
    let before: { readonly leg: string; readonly ttl: number } | undefined;
    for (const hop of followed.hops) {
      // Pieces travel side by side, and a tunnel’s packet starts with a TTL of its own.
      if (hop.type !== 'packet' || hop.frag || hop.encapsulation || hop.leg === 'error') continue;
      if (before?.leg === hop.leg && hop.ttl > before.ttl) return `from ${before.ttl} to ${hop.ttl} at ${hop.where}`;
      before = hop;
    }
    return undefined;
  },
};
