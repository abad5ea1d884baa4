import { clusterMachine } from '../kit/cluster-lab/cluster-acts.ts';
import type { ClusterInput } from '../kit/cluster-lab/cluster-state.ts';
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
    title: 'Access modes in practice',
    question: 'Two pods want one volume. Which mode lets them, who says no, and when?',
    summary: 'Put pods on nodes, choose modes and storage, release, cut the power, and watch which lines from a volume are drawn and which break.',
    minutes: 15,
    catalogue: 'lab.pv.access-modes',
    mode: 'run',
    // A dead node is noticed after 50 s, empties after 5 min, and gives up its disk 6 min after that: half an hour leaves room to act in between.
    horizonMs: 1_800_000,
    categories: ['pod', 'node', 'volume'],
    modelled: [
      'the scheduler: where pods go, and one pod for a ReadWriteOncePod claim',
      'the attach controller: Multi-Attach errors, detaching, 6 minutes for a silent node, the out-of-service taint',
      'a driver that looks at the modes of a volume when it is to be attached, and when it makes one',
      'Deployments with both strategies, taints and evictions of silent nodes, kubelets that mount, end and restart pods',
    ],
    notModelled: [
      'what is in the files: what two writers spoil is not seen',
      'containers that crash or end by themselves',
      'csi.readOnly of a volume, and drivers that grant a mode which their disk cannot do',
      'retries of a refused attach: the driver is asked again when the modes of the volume change',
      'real latencies: attaching takes a second, a pod starts within seconds',
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
