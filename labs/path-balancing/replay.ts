import type { Replay } from '../lab.ts';
import { checks, type CheckId } from './checks.ts';
import { describe } from './describe.ts';
import { diagnoses } from './diagnoses.ts';
import { explain } from './explain.ts';
import { invariants } from './invariants.ts';
import { offers, readAction } from './offers.ts';
import { parts, type PartId } from './parts.ts';
import { realCluster } from './real-cluster.ts';
import { reveal } from './reveal.ts';
import { isFinished, type Action, type State } from './state.ts';

/** The lab without its models: enough to step, look and ask why. */
export default {
  meta: {
    title: 'Fair shares?',
    question: 'A Service has some pods. Which share of the traffic does each get, and why is it never exactly even?',
    summary: 'Send thousands of connections through the rules that kube-proxy writes, count where they go, and tell chance from a cause.',
    minutes: 15,
    catalogue: 'lab.path.balancing',
    mode: 'run',
    recordings: ['packets'],
    compares: ['proxy'],
    categories: ['pod', 'node', 'service'],
    modelled: [
      'the rules of kube-proxy in iptables and nftables mode, on every node: each new connection is sent through them, and its draws come from the seed',
      'traffic policies, session affinity with its time (each node remembers for itself), hints of trafficDistribution, pods that are not ready',
      'connections that stay with their pod: keep-alive, one HTTP/2 or gRPC connection, UDP sockets with answers until two minutes of silence',
      'IPVS with round robin and least connection: from its documentation and source, not compared with recordings',
    ],
    notModelled: [
      'how long a request takes and how busy a pod is: kube-proxy does not know either',
      'proxies in front that balance requests themselves: ingress controllers, service meshes, gRPC clients with their own list',
      'load balancers that choose nodes by a hash: here the nodes come in turn',
      'connections that are idle for a day, and conntrack tables that are full',
      'UDP without answers, whose entries end after 30 seconds of silence',
      'pods that end slowly: a pod that goes closes its connections at once',
    ],
  },
  parts,
  reduce: (state, action) => (action.type === 'advance' ? reveal(state) : state),
  next: (state) => (isFinished(state) ? undefined : { type: 'advance' }),
  clockMs: ({ clockMs }) => clockMs,
  offers,
  readAction,
  log: ({ entries }, after) => entries.slice(after),
  explain,
  describe,
  invariants,
  checks,
  diagnoses,
  realCluster,
} satisfies Replay<PartId, State, Action, CheckId>;
