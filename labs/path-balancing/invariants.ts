import { counted, slotsOf, totalOf, type State } from './state.ts';

const sum = (counts: Readonly<Record<string, number>>): number => totalOf(counts);

/** What holds in every state of every run. */
export const invariants: Readonly<Record<string, (state: State) => string | undefined>> = {
  'every request is counted once': (state) => {
    const { requests, refused, dropped } = state.tally;
    const all = sum(requests) + refused + dropped;
    return all === counted(state) ? undefined : `${String(all)} counted, ${String(counted(state))} sent`;
  },
  'no more connections are open than the clients may hold': (state) =>
    state.openCount <= slotsOf(state) ? undefined : `${String(state.openCount)} of ${String(slotsOf(state))}`,
  'no more free choices than connections': ({ tally }) => {
    const choices = Object.values(tally.choices).reduce((all, byPod) => all + sum(byPod), 0);
    return choices <= sum(tally.connections) ? undefined : `${String(choices)} choices, ${String(sum(tally.connections))} connections`;
  },
  'choices fall only on pods that the rules of the node name': ({ tally, outlook }) => {
    for (const [node, byPod] of Object.entries(tally.choices)) {
      const stranger = Object.keys(byPod).find((pod) => (outlook.chances[node]?.[pod] ?? 0) === 0);
      if (stranger !== undefined) return `${node} chose ${stranger}`;
    }
    return undefined;
  },
  'chances on a node add up to 1, or to 0 where nothing is found': ({ outlook }) => {
    const wrong = Object.entries(outlook.chances).find(([, byPod]) => {
      const all = sum(byPod);
      return Math.abs(all - 1) > 1e-6 && all !== 0;
    });
    return wrong ? `on ${wrong[0]} they add up to ${String(sum(wrong[1]))}` : undefined;
  },
  'round robin is even within one, node by node': ({ proxy, tally, outlook, input }) => {
    if (proxy !== 'ipvs rr' || input.service.spec.sessionAffinity === 'ClientIP') return undefined;
    for (const [node, byPod] of Object.entries(tally.choices)) {
      const counts = Object.keys(outlook.chances[node] ?? {}).map((pod) => byPod[pod] ?? 0);
      if (Math.max(...counts) - Math.min(...counts) > 1) return `${node} chose ${counts.join(', ')} times`;
    }
    return undefined;
  },
};
