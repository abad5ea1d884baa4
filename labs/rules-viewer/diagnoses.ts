import { situations } from './checks.ts';

/** Feedback for wrong turns. Each belongs to a state, whatever led there. */
export const diagnoses = {
  'still-stale': {
    when: situations.isStale,
    text: 'The rules on the client’s node are older than the cluster, so changing objects does not help. Compare them with the EndpointSlice and with another node, and ask who should have noticed.',
  },
  'no-usable-endpoint': {
    when: situations.isRefused,
    text: 'A Service still has no endpoint that may be used. A pod counts if its labels fit the selector and it is ready; rules, types and modes change nothing about that.',
  },
  'dropped-at-node': {
    when: situations.isDropped,
    text: 'A node without an endpoint still drops what comes to the node port: externalTrafficPolicy Local never sends to another node.',
  },
  uneven: {
    when: situations.isUneven,
    text: 'The pods still get unequal parts. Compare the choice on the two nodes: which endpoints does each of them know, and why?',
  },
  'too-few-pods': {
    when: situations.hasFewPods,
    text: 'Equal, but with fewer pods: taking away those that get less leaves more work for the others.',
  },
};
