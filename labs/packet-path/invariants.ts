import { addressOf } from './names.ts';
import type { State } from './state.ts';
import { isAnswered } from './words.ts';

/** What holds in every state of every run. */
export const invariants: Readonly<Record<string, (state: State) => string | undefined>> = {
  'every hop belongs to exactly one step': ({ sending: { steps, followed } }) => {
    const wrong = steps.findIndex((step, index) => step.from !== (steps[index - 1]?.to ?? 0) || step.to < step.from);
    if (wrong >= 0) return `step ${wrong} begins elsewhere`;
    return (steps.at(-1)?.to ?? 0) === followed.hops.length ? undefined : 'hops are left over';
  },
  'every cause is earlier': ({ entries }) => {
    const wrong = entries.find((entry) => entry.cause !== undefined && entry.cause >= entry.id);
    return wrong === undefined ? undefined : `entry ${wrong.id} is not`;
  },
  'an answer comes from where the call went': ({ sending }) => {
    if (!isAnswered(sending)) return undefined;
    const last = sending.followed.hops.findLast((hop) => hop.type === 'arrived' && hop.program === 'client');
    const { toAddress } = sending.resolved;
    return last?.type !== 'arrived' || addressOf(last.packet.src) === toAddress ? undefined : `${last.packet.src} answered`;
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
        return `${hop.where} routed first`;
    }
    return undefined;
  },
  'what stays in the cluster never visits the default gateway': ({ sending: { followed, resolved }, outlook: { network }, input }) => {
    const inside = new Set([...network.pods, ...network.nodes].map(({ address }) => address));
    const to = followed.hops.find((hop) => hop.type === 'arrived' && hop.leg === 'there');
    const isChanged = input.world.changes.some(({ kind }) => kind.startsWith('route'));
    if (isChanged || to?.type !== 'arrived' || !inside.has(resolved.fromAddress) || !inside.has(addressOf(to.packet.dst))) return undefined;
    return followed.hops.some(({ where }) => where.startsWith('router/')) ? 'it came by the router' : undefined;
  },
  'the TTL never grows on the way': ({ sending: { followed } }) => {
    let before: { readonly leg: string; readonly ttl: number } | undefined;
    for (const hop of followed.hops) {
      // Pieces travel side by side, and a tunnel’s packet starts with a TTL of its own.
      if (hop.type !== 'packet' || hop.frag || hop.encapsulation || hop.leg === 'error') continue;
      if (before?.leg === hop.leg && hop.ttl > before.ttl) return `it does at ${hop.where}`;
      before = hop;
    }
    return undefined;
  },
};
