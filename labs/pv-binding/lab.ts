import type { ClusterInput } from '../kit/cluster-lab/cluster-state.ts';
import { clusterMachine } from '../kit/cluster-lab/cluster-acts.ts';
import { logOf } from '../kit/cluster-lab/cluster-words.ts';
import type { Lab } from '../lab.ts';
import { acts } from './acts.ts';
import { checks, type CheckId } from './checks.ts';
import { describe } from './describe.ts';
import { diagnoses } from './diagnoses.ts';
import { engine } from './engine.ts';
import { explain } from './explain.ts';
import { invariants } from './invariants.ts';
import { offers, readAction } from './offers.ts';
import { parts, type PartId } from './parts.ts';
import { realCluster } from './real-cluster.ts';
import type { Action, State } from './state.ts';

export default {
  meta: {
    title: 'PV/PVC matchmaker',
    question: 'A claim asks for storage. Which volume does it get, and why not the others?',
    summary:
      'Put volumes, classes, claims and pods together, and see for every claim why each volume was taken or passed over, what becomes of the data, and who holds what.',
    minutes: 15,
    catalogue: 'lab.pv.binding',
    mode: 'run',
    horizonMs: 1_200_000,
    recordings: ['volumes'],
    categories: ['pod', 'node', 'volume'],
    modelled: [
      'the PV controller: which volume a claim gets, reservations from both sides, phases, Lost and back, what becomes of a released volume',
      'WaitForFirstConsumer with the scheduler, node affinity of volumes, dynamic provisioning, default classes (also given afterwards)',
      'protection of claims and volumes in use, finalizers, expansion, attaching and mounting',
      'defaults, admission and validation of these objects with the sentences of the API server',
    ],
    notModelled: [
      'what is on a disk, and how fast it is: a volume is its object',
      'equal volumes: the real controller takes any of them, here the seed decides',
      'snapshots, cloning, data sources, and CSI storage capacity tracking',
      'real latencies: controllers look after 10 ms, a pod starts within seconds',
    ],
  },
  parts,
  ...clusterMachine(engine, acts),
  log: logOf,
  offers,
  readAction,
  explain,
  describe,
  invariants,
  checks,
  diagnoses,
  realCluster,
} satisfies Lab<PartId, ClusterInput, State, Action, CheckId>;
