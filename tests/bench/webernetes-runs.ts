import { findPackageJSON, registerHooks } from 'node:module';
import type { Cluster, ProcessContext } from '@ngrok/webernetes';
import type { BenchRow, BenchSize } from './bench-runs.ts';

/**
 * The same work in `@ngrok/webernetes`, the nearest simulator of Kubernetes: a plain ReplicaSet until all its pods are Ready, with its own control plane
 * running before. Its clock is real time, so only CPU time can be compared. Its end is the count of ready pods; ours is that nothing is left to do.
 */

/** What its runs cost: CPU time of the first, in a process that has compiled nothing yet, and of the others. */
export interface WebernetesRuns {
  readonly coldCpuMs: number;
  readonly cpuMs: readonly number[];
}

/** A row with the comparison; without, where it was not made. */
export interface ComparedRow extends BenchRow {
  readonly webernetesColdMs?: number;
  readonly webernetesMs?: number;
  /** CPU time of webernetes over ours: above 1 we are faster. */
  readonly ratio?: number;
}

/** Pods from which on one run takes more than a minute (32 s of CPU time): only made when asked for. */
export const webernetesLongPods = 1000;

const name = '@ngrok/webernetes';
const waitMs = 50;
/** 75 s were measured for 1,000 pods; a slow machine may need several times that. */
const deadlineMs = 900_000;

/** Whether the development dependency is there. */
export function isWebernetesInstalled(): boolean {
  try {
    return findPackageJSON(name, import.meta.url) !== undefined;
  } catch {
    return false;
  }
}

/** Adds a comparison to a row. */
export function comparedRow(row: BenchRow, webernetesMs: number, webernetesColdMs: number): ComparedRow {
  return { ...row, webernetesMs, webernetesColdMs, ratio: webernetesMs / row.cpuMs };
}

/** Runs the work in this process once and then `runs` times more, each in a new cluster. Throws if the pods do not all become Ready. */
export async function measureWebernetes(size: BenchSize, runs: number): Promise<WebernetesRuns> {
  const createCluster = await loadWebernetes();
  const coldCpuMs = await measureOne(createCluster, size);
  const cpuMs: number[] = [];
  // One after the other: they share the process's CPU time.
  while (cpuMs.length < runs) cpuMs.push(await measureOne(createCluster, size));
  return { coldCpuMs, cpuMs };
}

async function loadWebernetes(): Promise<(nodes: number) => Cluster> {
  resolveLikeBundlers();
  const { BaseImage, Cluster } = await import('@ngrok/webernetes');
  class WebServer extends BaseImage {
    static readonly imageName = 'nginx';
    static readonly imageVersion = '1.27';
    readonly defaultCommand = ['nginx'];

    override exec(context: ProcessContext): Promise<number> {
      return context.waitUntilKilled();
    }
  }
  return (nodes) => {
    const cluster = new Cluster({ nodes });
    cluster.registerImage(WebServer);
    return cluster;
  };
}

/** The package's own imports name files without `.js` and folders without `index.js`; Node alone does not find these. */
function resolveLikeBundlers(): void {
  registerHooks({
    resolve: (specifier, context, nextResolve) => {
      if (!specifier.startsWith('.') || context.parentURL?.includes(`/${name}/`) !== true) return nextResolve(specifier, context);
      for (const ending of ['.js', '/index.js']) {
        try {
          return nextResolve(specifier + ending, context);
        } catch {
          // The next ending, or the name as it stands.
        }
      }
      return nextResolve(specifier, context);
    },
  });
}

async function measureOne(createCluster: (nodes: number) => Cluster, { nodes, pods }: BenchSize): Promise<number> {
  const cluster = createCluster(nodes);
  await cluster.init();
  await systemPodsReady(cluster);
  const startCpu = process.cpuUsage();
  await replicaSetReady(cluster, pods);
  const { user, system } = process.cpuUsage(startCpu);
  await cluster.close();
  return (user + system) / 1000;
}

/** Its control plane consists of pods, which start after `init`: that is no part of the work. */
async function systemPodsReady({ api }: Cluster): Promise<void> {
  const endMs = performance.now() + deadlineMs;
  while (performance.now() < endMs) {
    const { items } = await api.corev1.listPodForAllNamespaces();
    const isReady = items.map(({ status }) => status?.conditions?.some((condition) => condition.type === 'Ready' && condition.status === 'True') === true);
    if (isReady.length > 0 && isReady.every(Boolean)) return;
    await new Promise((resolve) => setTimeout(resolve, waitMs));
  }
  throw new Error(`${name}: its control plane does not become ready`);
}

async function replicaSetReady(cluster: Cluster, pods: number): Promise<void> {
  const ready = Promise.withResolvers<undefined>();
  const timer = setTimeout(() => {
    ready.reject(new Error(`${name}: ${pods} pods do not become ready`));
  }, deadlineMs);
  const informer = cluster.informer('replicasets', (_, { metadata, status }) => {
    if (metadata?.name === 'web' && (status?.readyReplicas ?? 0) >= pods) ready.resolve(undefined);
  });
  const labels = { app: 'web' };
  const template = { metadata: { labels }, spec: { containers: [{ name: 'web', image: 'nginx:1.27' }] } };
  const spec = { replicas: pods, selector: { matchLabels: labels }, template };
  await cluster.apply([{ apiVersion: 'apps/v1', kind: 'ReplicaSet', metadata: { name: 'web' }, spec }]);
  await ready.promise;
  clearTimeout(timer);
  await informer.stop();
}
