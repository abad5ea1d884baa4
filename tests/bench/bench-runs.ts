import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createWholeCluster } from '../../labs/engine/all.ts';
import type { Cluster } from '../../labs/engine/loop/cluster.ts';
import type { Json } from '../../labs/engine/patch/json.ts';
import { listObjects } from '../../labs/engine/store/store.ts';

/** A size at which the engine is measured; budgets of the design, section 7. */
export interface BenchSize {
  readonly name: string;
  readonly nodes: number;
  readonly pods: number;
  readonly budgetCpuMs: number;
}

export const benchSizes: readonly BenchSize[] = [
  { name: '3 nodes, 9 pods', nodes: 3, pods: 9, budgetCpuMs: 30 },
  { name: '10 nodes, 100 pods', nodes: 10, pods: 100, budgetCpuMs: 150 },
  { name: '10 nodes, 1,000 pods', nodes: 10, pods: 1000, budgetCpuMs: 1000 },
];

/** What one run cost. */
export interface BenchRun {
  readonly cpuMs: number;
  readonly longestStepMs: number;
  /** Memory that the cluster at the end holds: its objects, its log, its last events. */
  readonly heapMegabytes: number;
  readonly steps: number;
  /** Virtual time from the ReplicaSet to the last look. */
  readonly virtualMs: number;
}

/** One size's figures: medians, and the cold run. */
export interface BenchRow extends BenchRun {
  readonly name: string;
  readonly pods: number;
  readonly coldCpuMs: number;
  readonly budgetCpuMs: number;
  /** CPU time in calibration loops: makes machines comparable. */
  readonly loops: number;
}

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

function megabytesInUse(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed / 1e6;
}

/** From a plain ReplicaSet to all its pods Ready, the image being on the nodes. Throws if they do not all become Ready. */
export function measureRun({ nodes, pods }: BenchSize): BenchRun {
  const engine = createWholeCluster();
  const created = (cluster: Cluster, object: Json): Cluster => {
    const { cluster: next, answer } = engine.request(cluster, { verb: 'create', object }, { text: 'create' });
    if (!answer.ok) throw new Error(answer.error.message);
    return next;
  };
  const before = megabytesInUse();
  let cluster = engine.start({ seed: 'bench' });
  for (let index = 1; index <= nodes; index += 1) cluster = created(cluster, nodeObject(`n${index}`));
  ({ cluster } = engine.run(cluster, { stepsMax: 10_000 }));
  const startMs = cluster.clockMs;
  const startCpu = process.cpuUsage();
  cluster = created(cluster, replicaSetObject(pods));
  let [steps, longestStepMs] = [0, 0];
  while (engine.nextAtMs(cluster) !== undefined) {
    const beganMs = performance.now();
    cluster = engine.step(cluster);
    longestStepMs = Math.max(longestStepMs, performance.now() - beganMs);
    steps += 1;
  }
  const { user, system } = process.cpuUsage(startCpu);
  const heapMegabytes = megabytesInUse() - before;
  const ready = listObjects(cluster.store, {
    apiVersion: 'v1',
    kind: 'Pod',
    matches: ({ status }) => JSON.stringify(status ?? null).includes('"type":"Ready","status":"True"'),
  });
  if (ready.length !== pods) throw new Error(`${ready.length} of ${pods} pods are ready`);
  return { cpuMs: (user + system) / 1000, longestStepMs, heapMegabytes, steps, virtualMs: cluster.clockMs - startMs };
}

function nodeObject(name: string): Json {
  const resources = { cpu: '64', memory: '256Gi', pods: '110' };
  const images = [{ names: ['docker.io/library/nginx:1.27'], sizeBytes: 70_000_000 }];
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name, labels: { 'kubernetes.io/hostname': name } },
    status: { capacity: resources, allocatable: resources, images },
  };
}

function replicaSetObject(replicas: number): Json {
  const labels = { app: 'web' };
  const template = { metadata: { labels }, spec: { containers: [{ name: 'web', image: 'nginx:1.27' }] } };
  return { apiVersion: 'apps/v1', kind: 'ReplicaSet', metadata: { name: 'web' }, spec: { replicas, selector: { matchLabels: labels }, template } };
}

/** A fixed amount of integer work, the median of five: what other figures are compared with. */
export function calibrationMs(): number {
  return median(
    Array.from({ length: 5 }, () => {
      const start = process.cpuUsage();
      let hash = 0x811c9dc5;
      for (let index = 0; index < 30_000_000; index += 1) hash = Math.imul(hash ^ (index & 255), 0x01000193);
      const { user, system } = process.cpuUsage(start);
      // The result is used, so that the loop cannot be left out.
      return hash === 0 ? Number.NaN : (user + system) / 1000;
    }),
  );
}

/** The value in the middle; of an even number of values the higher one of both. */
export function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[values.length >> 1] ?? Number.NaN;
}

interface Growth {
  readonly from: string;
  readonly to: string;
  /** 1: twice the pods cost twice the time. */
  readonly exponent: number;
}

/** How the time grows with the number of pods between neighbouring sizes. */
export function growth(rows: readonly Pick<BenchRow, 'name' | 'pods' | 'cpuMs'>[]): readonly Growth[] {
  return rows.slice(1).flatMap((row, index) => {
    const before = rows[index];
    if (before === undefined) return [];
    return [{ from: before.name, to: row.name, exponent: Math.log(row.cpuMs / before.cpuMs) / Math.log(row.pods / before.pods) }];
  });
}
