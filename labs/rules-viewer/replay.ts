import type { Replay } from '../lab.ts';
import { checks, type CheckId } from './checks.ts';
import { describe } from './describe.ts';
import { diagnoses } from './diagnoses.ts';
import { explain } from './explain.ts';
import { offers, readAction } from './offers.ts';
import { parts, type PartId } from './parts.ts';
import { realCluster } from './real-cluster.ts';
import type { Action, State } from './state.ts';

/** The lab without the models that write rules: what they gave stands in the state. */
export default {
  meta: {
    title: 'From EndpointSlice to rules',
    question: 'Services and pods are objects. What exactly does kube-proxy make of them on this node?',
    summary:
      'Every rule that kube-proxy writes for a Service, as a tree from the door to the pod, with the chance of each rule and the part that follows from it. Change an object, and see which lines are rewritten; change the mode, the node, or the size of the cluster.',
    minutes: 15,
    catalogue: 'lab.path.rules-viewer',
    mode: 'bench',
    categories: ['pod', 'node', 'service'],
    recordings: ['kube-proxy'],
    compares: ['mode', 'node'],
    modelled: [
      'the rules of kube-proxy in iptables and in nftables mode, word for word, with real chain names, for IPv4: all Service types, both traffic policies, session affinity, source ranges, trafficDistribution PreferSameNode, readiness and terminating endpoints',
      'which pods the EndpointSlice controller lists, and as what; each node’s own point of view; rules that stay when kube-proxy is stopped',
      'where new connections go: packets are sent through the written rules, all choices by chance at once, and the rules they meet are counted',
    ],
    notModelled: [
      'time: a running kube-proxy writes at once, where a real one gathers changes for up to a second',
      'which rules kube-proxy hands to the kernel again though they stay the same (in iptables mode the chains that all Services share); here counts what changes',
      'filter chains that a packet passes after its destination is settled: they are written, but their rules are not counted as met',
      'the order of Services in chains that all share: a real one is random, here it is that of their names',
      'more Services of the range are all alike: the rules of one are written, and counted so many times',
      'IPv6, ipvs mode (deprecated), zones (so of trafficDistribution only PreferSameNode changes rules); rules of the CNI plugin and of network policies',
      'addresses and names that a cluster would draw by chance: they follow from the names',
    ],
  },
  parts,
  // A bench: nothing happens by itself.
  reduce: (state) => state,
  next: () => undefined,
  clockMs: () => 0,
  offers,
  readAction,
  log: (state, after) => state.entries.slice(after),
  explain,
  describe,
  invariants: {},
  checks,
  diagnoses,
  realCluster,
} satisfies Replay<PartId, State, Action, CheckId>;
