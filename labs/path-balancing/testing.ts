import type { Input, NodeInput, Traffic } from './input.ts';
import lab from './lab.ts';
import type { State } from './state.ts';

export const node = (name: string, pods: number, more: Partial<NodeInput> = {}): NodeInput => ({ name, zone: '', pods, notReady: 0, podsLater: null, ...more });

interface Example {
  readonly proxy?: Input['cluster']['proxy'];
  readonly nodes?: readonly NodeInput[];
  readonly scaleAfterRequests?: number;
  readonly spec?: Partial<Input['service']['spec']>;
  readonly traffic?: Partial<Traffic>;
}

/** A Service `cart`; by default three pods on two nodes, and one pod on node-1 that opens a connection for each of 1,000 requests. */
export function exampleInput({
  proxy = 'iptables',
  nodes = [node('node-1', 2), node('node-2', 1)],
  scaleAfterRequests,
  spec = {},
  traffic = {},
}: Example = {}): Input {
  return {
    serviceText: '',
    service: { metadata: { name: 'cart', namespace: 'default' }, spec: { selector: { app: 'cart' }, ports: [{ port: 80, targetPort: 8080 }], ...spec } },
    cluster: { proxy, nodes, scaleAfterRequests: scaleAfterRequests ?? null },
    traffic: {
      from: 'pods',
      nodes: ['node-1'],
      loadBalancer: 'all nodes',
      clients: 1,
      connectionsPerClient: 1,
      requestsPerConnection: 1,
      requests: 1000,
      msBetweenRequests: 100,
      ...traffic,
    },
  };
}

/** The state when nothing more happens. */
export function ran(state: State): State {
  let now = state;
  for (let action = lab.next(now); action !== undefined; action = lab.next(now)) now = lab.reduce(now, action);
  return now;
}

export const runOf = (example: Example = {}, seed = 1): State => ran(lab.start(exampleInput(example), seed));

/** Requests of each pod, in the order of the pods. */
export const requestsOf = ({ pods, tally }: State): readonly number[] => pods.map(({ name }) => tally.requests[name] ?? 0);
