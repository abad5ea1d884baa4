import type { Reason } from './reasons.ts';
import type { State } from './state.ts';

/** One of the names in the text fails for this reason. */
const failsBy =
  (kind: Reason['kind']) =>
  ({ input, outlook }: State): boolean =>
    // The names of the text stand before those asked since.
    outlook.answers.slice(0, input.guesses.length).some(({ kinds }) => kinds.includes(kind));

const diagnosis = (kind: Reason['kind'], text: string): { readonly when: (state: State) => boolean; readonly text: string } => ({ when: failsBy(kind), text });

/** Feedback for wrong turns. Each belongs to a state, whatever led there. */
export const diagnoses = {
  'no-service': diagnosis('no-service', 'The name has a Service in it that does not exist in that namespace. Look for its second label among the objects.'),
  'other-subdomain': diagnosis(
    'other-subdomain',
    'The pod is a ready endpoint of this Service, but its subdomain names another one. The hostname counts only where the two agree.',
  ),
  'other-selector': diagnosis('other-selector', 'The Service does not select this pod. Compare its selector with the labels of the pod, key by key.'),
  'still-not-ready': diagnosis('still-not-ready', 'The pod is still not ready, so the DNS leaves it out. More members or another Corefile do not change that.'),
  'alias-has-no-endpoints': diagnosis(
    'alias-has-no-endpoints',
    'An ExternalName Service is one CNAME and nothing below it. It selects no pods, so it has no names for them.',
  ),
  'no-selector': diagnosis('no-selector', 'A Service without a selector gets no EndpointSlice from the controller. Give it the labels of the pods.'),
  'pod-is-gone': diagnosis('pod-is-gone', 'There is no pod of that name any more. A name is not repaired by taking its pod away.'),
  'port-name': diagnosis(
    'port-name',
    'An SRV label is the `name` of a port of the Service, and its protocol. `appProtocol`, `targetPort` and names inside the container do not count.',
  ),
};
