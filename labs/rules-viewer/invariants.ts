import { outlookOf } from './outlook.ts';
import { placeOf, rulesOn } from './rules-on.ts';
import { routeOf, podProbe } from './routes.ts';
import type { State } from './state.ts';
import { seenOn } from './situation.ts';
import { writtenOn } from './written.ts';
import { modes } from './input.ts';

/** What holds in every state. */
export const invariants: Readonly<Record<string, (state: State) => string | undefined>> = {
  'every rule leads to a chain or map that is there': (state) => {
    const { blocks, blockOf } = rulesOn(state);
    const lost = blocks.flatMap(({ lines }) => lines).find(({ to }) => to !== undefined && !blockOf.has(to));
    return lost === undefined ? undefined : `${lost.text} leads to ${lost.to ?? ''}`;
  },
  'both modes send the same part to the same endpoints, and all of it somewhere': (state) => {
    const place = placeOf(state);
    for (const { port } of rulesOn(state).traffic) {
      const probe = { source: podProbe, destination: port.clusterIP, protocol: port.protocol, port: port.port, isToNode: false };
      const [one, other] = modes.map((mode) => routeOf(writtenOn(seenOn(state, state.node), place, mode), probe));
      const texts = [one, other].map((route) =>
        JSON.stringify([route?.refused, Object.entries(route?.shares ?? {}).map(([endpoint, share]) => [endpoint, share.toFixed(6)])]),
      );
      if (texts[0] !== texts[1]) return `${port.name}: iptables ${texts[0] ?? ''}, nftables ${texts[1] ?? ''}`;
      const sum = Object.values(one?.shares ?? {}).reduce((total, share) => total + share, 0);
      if (one?.refused === undefined && Math.abs(sum - 1) > 1e-9) return `${port.name}: the parts add up to ${String(sum)}`;
    }
    return undefined;
  },
  'only nodes that exist have rules of their own': ({ stale, input }) => {
    const lost = Object.keys(stale).find((name) => !input.settings.nodes.some((node) => node.name === name));
    return lost === undefined ? undefined : `${lost} is no node`;
  },
  'the stored outlook is the outlook of the state': (state) => {
    const stored: Readonly<Record<string, unknown>> = { ...state.outlook };
    const stale = Object.entries(outlookOf(state)).find(([field, value]) => JSON.stringify(value) !== JSON.stringify(stored[field]));
    return stale === undefined ? undefined : `its ${stale[0]} are not those of the state`;
  },
};
