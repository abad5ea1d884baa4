import type { Replay } from '../lab.ts';
import { checks, type CheckId } from './checks.ts';
import { describe } from './describe.ts';
import { diagnoses } from './diagnoses.ts';
import { explain } from './explain.ts';
import { invariants } from './invariants.ts';
import { offers, readAction } from './offers.ts';
import { parts, type PartId } from './parts.ts';
import { realCluster } from './real-cluster.ts';
import { advance, clockMs, next } from './steps.ts';
import type { Action, State } from './state.ts';

/** The lab without its models: enough to step, look and ask why. */
export default {
  meta: {
    title: 'resolv.conf search walker',
    question: 'A pod looks up a name. Which queries does the DNS get, in which order, and what does it cost?',
    summary: 'Type a name, change the pod or paste your own resolv.conf, and follow every query that glibc or musl asks until the program has its answer.',
    minutes: 10,
    catalogue: 'lab.dns.resolv-search',
    mode: 'run',
    recordings: ['lookups'],
    compares: ['library'],
    categories: ['pod', 'service', 'packet'],
    modelled: [
      'what the kubelet writes into resolv.conf and /etc/hosts for dnsPolicy, dnsConfig and hostNetwork, with its limits',
      'getaddrinfo of glibc 2.36 and 2.41 and of musl 1.2.3 and 1.2.5: search list, ndots, A and AAAA, several servers, time-outs, retries, TCP after truncation, CNAME chains, limits and odd files',
      'what CoreDNS answers for Services of all types, endpoints, pods, reverse names and names outside the cluster, with autopath',
      'servers that are silent, closed, failing, or broken for AAAA only, changed while the lookup is under way',
    ],
    notModelled: [
      'real latencies: the cluster DNS answers in 1 ms, everything behind it in 15 ms',
      'caches: neither nscd, systemd-resolved nor a node-local cache remembers anything between two lookups',
      'resolvers that languages bring along (Go, Java, Node’s c-ares): only programs that call the C library',
      'IDN, gai.conf, multi on in host.conf, and NSS modules other than files and dns',
      'DNSSEC, encrypted DNS, and the loss of single packets by chance',
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
  invariants,
  checks,
  diagnoses,
  realCluster,
} satisfies Replay<PartId, State, Action, CheckId>;
