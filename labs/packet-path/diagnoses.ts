import { servedBy } from './outcome.ts';
import { calledService } from './names.ts';
import { podMtu, usualPodMtu } from './settings.ts';
import { isThrough, type State } from './state.ts';
import { haveVisited, shownHops } from './way.ts';
import { isAnswered } from './words.ts';

const failed = (state: State): boolean => isThrough(state) && !isAnswered(state.sending);
const lost = (state: State, reason: string): boolean => shownHops(state).some((hop) => hop.type === 'lost' && hop.reason === reason);
const refusedBy = (state: State, chain: RegExp): boolean =>
  shownHops(state).some((hop) => hop.type === 'netfilter' && hop.after === undefined && chain.test(hop.tried?.findLast(({ matched }) => matched)?.chain ?? ''));

function endpointCount(state: State): number {
  const service = calledService(state);
  return state.outlook.network.endpointSlices
    .filter(({ metadata }) => metadata.labels?.['kubernetes.io/service-name'] === service?.metadata.name)
    .reduce((count, { endpoints }) => count + (endpoints ?? []).filter(({ conditions }) => conditions?.ready !== false).length, 0);
}

/** Feedback for wrong turns. Each belongs to a state, whatever led there. */
export const diagnoses = {
  'nobody-listens': {
    when: (state: State) => failed(state) && lost(state, 'nobody listens'),
    text: 'The packet reaches the pod, and nobody listens on that port. What counts is the port the program really has: the manifest’s containerPort only informs.',
  },
  'no-such-port': {
    when: (state: State) => {
      const service = calledService(state);
      return (
        failed(state) &&
        service !== undefined &&
        service.spec.ports?.every(({ port, nodePort }) => port !== state.input.call.port && nodePort !== state.input.call.port) === true
      );
    },
    text: 'The Service has no such port, so no rule knows the packet. targetPort is a matter between the Service and its pods: callers use port.',
  },
  'still-no-hairpin': {
    when: (state: State) => failed(state) && lost(state, 'hairpin off'),
    text: 'The packet comes back to the pod it left, and the bridge still refuses to send a frame back through its own port.',
  },
  asymmetric: {
    when: (state: State) =>
      (failed(state) && lost(state, 'not expected')) ||
      (isThrough(state) && !state.input.world.settings.bridgeNetfilter && state.outlook.watched.some(({ isAnswered: fine }) => !fine)),
    text: 'Now answers between pods of one node cross the bridge unseen: nobody turns the Service’s address back, and the callers do not know who is speaking.',
  },
  'small-packets-only': {
    when: (state: State) => {
      const first = shownHops(state).find((hop) => hop.type === 'packet');
      return isThrough(state) && isAnswered(state.sending) && first?.type === 'packet' && first.len < podMtu(state.input.world.settings);
    },
    text: 'Small packets always got through. Pods still believe that they may send longer ones.',
  },
  'cut-into-pieces': {
    when: (state: State) => shownHops(state).some((hop) => hop.type === 'packet' && hop.frag !== undefined),
    text: 'It arrives, in pieces: each large packet costs two, and TCP forbids it with DF. Let sizes fit instead.',
  },
  'does-not-fit': {
    when: (state: State) => failed(state) && podMtu(state.input.world.settings) > usualPodMtu(state.input.world.settings),
    text: 'Pods may send more than fits through the pod network, and a packet that must not be cut is refused on the way.',
  },
  'still-no-route': {
    when: (state: State) => failed(state) && haveVisited(state, 'router').length > 0 && state.input.world.changes.some(({ kind }) => kind === 'route removed'),
    text: 'The node still has no route to that block of pods, so the packet takes the default route and leaves the cluster. kube-proxy writes no routes: the pod network does.',
  },
  'local-without-backend': {
    when: (state: State) =>
      state.input.world.services.some(({ spec }) => spec.externalTrafficPolicy === 'Local') &&
      (refusedBy(state, /^KUBE-EXTERNAL-SERVICES$|^external|endpoints-check|^KUBE-SVL/u) || state.outlook.watched.some(({ isAnswered: fine }) => !fine)),
    text: 'With policy Local a node without a ready pod of the Service drops what comes to its port. Put a pod there, or do not send anything there.',
  },
  masqueraded: {
    when: (state: State) => {
      const { backend, sees } = servedBy(state.sending.followed);
      const seen = sees.split(':')[0];
      return isThrough(state) && backend !== '' && seen !== state.sending.resolved.fromAddress;
    },
    text: 'The server sees an address of the node, not of the caller: the packet was masqueraded, so that the answer comes back the same way.',
  },
  'still-no-endpoint': {
    when: (state: State) => failed(state) && calledService(state) !== undefined && endpointCount(state) === 0,
    text: 'The Service still has no endpoint. Compare its selector with the labels of the pods, key by key.',
  },
  'bypassed-service': {
    when: (state: State) => isThrough(state) && isAnswered(state.sending) && calledService(state) === undefined,
    text: 'That works because it goes around the Service. The next pod will have another address.',
  },
  'door-open': {
    when: (state: State) =>
      state.input.world.policies.some(({ isOn }) => !isOn) ||
      (isThrough(state) && isAnswered(state.sending) && state.outlook.watched.some(({ isAnswered: fine }) => fine)),
    text: 'Now everybody gets in. Let in the one that should, and keep the others out.',
  },
  'policy-refuses': {
    when: (state: State) => failed(state) && refusedBy(state, /^KUBE-(POD-FW|NWPLCY|ROUTER)/u),
    text: 'A NetworkPolicy selects the pod, and none of its rules allows this caller.',
  },
  'stale-rules': {
    when: (state: State) => failed(state) && state.input.world.stoppedProxies.length > 0 && lost(state, 'no neighbour'),
    text: 'The rules still name a pod that is gone: the kube-proxy of the caller’s node does not write any more.',
  },
} as const satisfies Readonly<Record<string, { readonly when: (state: State) => boolean; readonly text: string }>>;
