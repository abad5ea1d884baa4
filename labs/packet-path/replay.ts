import type { Replay } from '../lab.ts';
import { checks, type CheckId } from './checks.ts';
import { describe } from './describe.ts';
import { explain } from './explain.ts';
import { offers } from './offers.ts';
import { parts, type PartId } from './parts.ts';
import { readAction } from './read-action.ts';
import { realCluster } from './real-cluster.ts';
import type { Action, State } from './state.ts';
import { advance, clockMs, next } from './steps.ts';

/** The lab without its models: enough to step, look and ask why. */
export default {
  meta: {
    title: 'Packet tracer: there and back',
    question: 'A program calls another. What happens to its packet at every hop, and how does the answer find its way back?',
    summary:
      'Choose who calls whom, change Services, policies, kube-proxy or the pod network, and follow one packet through every device, route and rule, there and back.',
    minutes: 12,
    catalogue: 'lab.path.packet-tracer',
    mode: 'run',
    counts: 'hop',
    compares: ['proxyMode', 'podNetwork', 'externalTrafficPolicy', 'bridgeNetfilter'],
    categories: ['pod', 'service', 'node', 'packet'],
    modelled: [
      'the rules that kube-proxy writes in iptables and nftables mode for Services of all types, traffic policies, session affinity and Services without endpoints',
      'what the Linux kernel does with a packet: hooks in their order, DNAT and masquerade, connection tracking, routing, bridges with and without hairpin mode, MTU, TTL, ICMP errors',
      'kube-proxy’s ipvs mode, deprecated since v1.35: written from its sources, and confirmed by no recording',
      'a pod network of routes or of VXLAN tunnels as flannel sets it up, with its masquerade rules',
      'NetworkPolicies as rules in the form of kube-router',
      'what tcpdump prints on every device',
    ],
    notModelled: [
      'more of a conversation than its first packet and the first answer; checksums, sequence numbers, retransmission',
      'eBPF data paths (Cilium, Calico), other pod networks, IPv6',
      'time: a packet takes no time here, and nothing runs out while you look',
      'how a load balancer of a cloud works inside: only the packets that it hands to a node',
    ],
  },
  parts,
  reduce: (state, action) => (action.type === 'advance' ? advance(state) : state),
  next,
  clockMs,
  offers,
  readAction,
  log: (state, after) => state.entries.slice(after),
  explain,
  describe,
  // What only tests ask, and what is only said after an act of the learner, comes with the models.
  invariants: {},
  checks,
  diagnoses: {},
  realCluster,
} satisfies Replay<PartId, State, Action, CheckId>;
