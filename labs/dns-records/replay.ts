import type { Replay } from '../lab.ts';
import { checks } from './checks.ts';
import type { CheckId } from './check-ids.ts';
import { describe } from './describe.ts';
import { diagnoses } from './diagnoses.ts';
import { explain } from './explain.ts';
import { offers, readAction } from './offers.ts';
import { parts, type PartId } from './parts.ts';
import { realCluster } from './real-cluster.ts';
import type { Action, State } from './state.ts';

/** The lab without its models: enough to look and ask why. */
export default {
  meta: {
    title: 'Which records exist?',
    question: 'These objects are in the cluster. Which names does its DNS know, and why not the one you want?',
    summary:
      'Services, pods and StatefulSets go in, names come out. Guess a name, see which rule answers it, and repair the objects of a name that is missing.',
    minutes: 12,
    catalogue: 'lab.dns.records',
    mode: 'bench',
    categories: ['pod', 'service'],
    modelled: [
      'what CoreDNS answers for Services of every type, their ports and endpoints, pods, reverse names and names outside, with its options pods, ttl, endpoint_pod_names and ignore empty_service',
      'which pods the EndpointSlice controller lists, with which hostname and as ready or not; publishNotReadyAddresses; slices written by hand',
      'hostname and subdomain of StatefulSet members, scaling, and pods that get new addresses',
    ],
    notModelled: [
      'time: every change is known to CoreDNS at once, and no client keeps an old answer until its TTL is over',
      'the order of addresses, which CoreDNS shuffles in every answer; here it is that of the EndpointSlices',
      'search lists: names are sent as they stand, with a final dot added',
      'scheduling and probes: pods run and are ready unless you say otherwise',
      'addresses of the real cluster: Services and pods get theirs by a fixed rule',
    ],
  },
  parts,
  // A bench: nothing happens by itself, and every act needs the models.
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
