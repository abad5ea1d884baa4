import { isEven } from './checks.ts';
import { choicesOf, counted, portOf, slotsOf, type State } from './state.ts';

/** Requests for each choice from which on shares follow connections and not requests. */
const manyRequests = 20;

const readyPods = ({ pods }: State): number => pods.filter(({ isReady }) => isReady).length;
const isUneven = (state: State): boolean => counted(state) >= 100 && !isEven(state);
const field = (state: State, name: 'externalTrafficPolicy' | 'internalTrafficPolicy' | 'sessionAffinity'): string => state.input.service.spec[name] ?? '';
const podsAtFirst = ({ input }: State): number => input.cluster.nodes.reduce((sum, { pods, podsLater }) => sum + (podsLater ?? pods), 0);

function perNode(state: State): readonly number[] {
  return state.input.cluster.nodes.map(({ name }) => state.pods.filter((pod) => pod.node === name && pod.isReady).length);
}

/** Feedback for wrong turns. Each belongs to a state, whatever led there. */
export const diagnoses = {
  'lost-at-empty-node': {
    when: (state: State) => state.tally.dropped > 0,
    text: 'A node without a ready pod of its own may not send the request on under policy Local. It drops it, and the client waits in vain.',
  },
  'still-remembered': {
    when: (state: State) => isUneven(state) && field(state, 'sessionAffinity') === 'ClientIP' && choicesOf(state) <= readyPods(state),
    text: 'sessionAffinity still sends each client to the pod that it had. New connections do not help: the node knows the address.',
  },
  'still-one-connection': {
    when: (state: State) =>
      isUneven(state) &&
      !portOf(state).isUdp &&
      field(state, 'sessionAffinity') !== 'ClientIP' &&
      state.input.traffic.requestsPerConnection === null &&
      slotsOf(state) < 4 * readyPods(state),
    text: 'The same few connections still carry all requests. Rules choose for a connection, never for a request inside it.',
  },
  'still-local': {
    when: (state: State) =>
      isUneven(state) && state.input.traffic.from === 'pods' && field(state, 'internalTrafficPolicy') === 'Local' && choicesOf(state) > 4 * readyPods(state),
    text: 'internalTrafficPolicy: Local keeps the requests on the node of the client. Pods elsewhere are not in its list at all.',
  },
  'still-split-by-node': {
    when: (state: State) =>
      isUneven(state) && state.input.traffic.from === 'internet' && field(state, 'externalTrafficPolicy') === 'Local' && new Set(perNode(state)).size > 1,
    text: 'The load balancer shares between nodes, and each node shares among its own pods. With unlike numbers of pods the shares cannot be alike.',
  },
  'still-one-socket': {
    when: (state: State) => portOf(state).isUdp && isUneven(state) && slotsOf(state) < 4 * readyPods(state) && counted(state) > manyRequests * choicesOf(state),
    text: 'One socket is one flow for conntrack: all its datagrams follow the entry that the first one made. Waiting or scaling does not touch it.',
  },
  'more-pods-no-use': {
    when: (state: State) => isUneven(state) && state.pods.length > podsAtFirst(state) && state.openCount > 0,
    text: 'More pods get no share of connections that are open already. Something must open new ones.',
  },
  'mode-is-not-it': {
    when: (state: State) => isUneven(state) && state.proxy !== state.input.cluster.proxy,
    text: 'Every mode of kube-proxy chooses once for each connection. Another mode spreads new connections otherwise, and leaves the open ones alone.',
  },
} as const;
