import type { Playing } from '../lab.ts';
import { offers } from './offers.ts';
import { parts, type PartId } from './parts.ts';
import { readAction } from './read-action.ts';
import type { Action, State } from './state.ts';
import { advance, clockMs, next } from './steps.ts';

/** The lab without its models, and without what it says (`telling.ts`): enough to step and look. */
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
    recordings: ['packets'],
    compares: ['proxyMode', 'podNetwork', 'externalTrafficPolicy', 'bridgeNetfilter'],
    categories: ['pod', 'service', 'node', 'packet'],
    modelled: [
      'the rules that kube-proxy writes in iptables and nftables mode, for Services of all types',
      'the Linux kernel: hooks in their order, NAT, connection tracking, routing, bridges, MTU, TTL, ICMP errors',
      'ipvs mode, deprecated since v1.35: from documentation and source, confirmed by no recording',
      'a pod network of routes or VXLAN tunnels, as flannel sets it up',
      'NetworkPolicies as rules in the form of kube-router',
      'what tcpdump prints on every device',
    ],
    notModelled: [
      'more of a conversation than its first packet and the first answer',
      'eBPF data paths (Cilium, Calico), other pod networks, IPv6',
      'time: a packet takes none, and nothing runs out while you look',
      'the inside of a cloud’s load balancer: only the packets that it hands to a node',
    ],
  },
  parts,
  reduce: (state, action) => (action.type === 'advance' ? advance(state) : state),
  next,
  clockMs,
  offers,
  readAction,
  log: (state, after) => state.entries.slice(after),
  // Only tests ask; they come with the models.
  invariants: {},
} satisfies Playing<PartId, State, Action>;
