import { milliValue, parseQuantity, quantityValue } from '../../reading/quantity.ts';
import type { ContainerObject, PodObject } from '../api/cluster-kinds.ts';

/** Amounts by resource: cpu in thousandths, all else in whole units (bytes, pieces). */
export type Amounts = Readonly<Record<string, number>>;

/** What a pod asks for. */
export interface PodRequests {
  /** What a node must have free. */
  readonly requests: Amounts;
  /** The same, with a little cpu and memory for containers that name none: so that they count when nodes are compared. */
  readonly scored: { readonly cpu: number; readonly memory: number };
}

/** 100m cpu and 200 MiB. Models pkg/scheduler/util/pod_resources.go. */
const assumed: Amounts = { cpu: 100, memory: 200 * 1024 * 1024 };
const nothingAssumed: Amounts = {};

/** Reads a list of quantities, which manifests may write as plain numbers; wrong ones count as 0. */
export function amountsOf(list: Readonly<Record<string, string | number>> = {}): Amounts {
  return Object.fromEntries(Object.entries(list).map(([resource, text]) => [resource, amountOf(resource, String(text))]));
}

function amountOf(resource: string, text: string): number {
  const parsed = parseQuantity(text);
  if (!parsed.ok) return 0;
  return Number(resource === 'cpu' ? milliValue(parsed.quantity) : quantityValue(parsed.quantity));
}

/** Two lists of amounts, resource by resource. */
export function combined(one: Amounts, other: Amounts, how: (one: number, other: number) => number): Amounts {
  const result: Record<string, number> = { ...one };
  for (const [resource, amount] of Object.entries(other)) result[resource] = how(result[resource] ?? 0, amount);
  return result;
}

const sum = (one: number, other: number): number => one + other;
const isSidecar = ({ restartPolicy }: ContainerObject): boolean => restartPolicy === 'Always';

/**
 * Containers and sidecars run at once and add up; init containers run one after the other, each beside the sidecars before it: the larger counts.
 * Models component-helpers resource/helpers.go PodRequests.
 */
function totalOf({ spec }: PodObject, missing: Amounts): Amounts {
  const of = ({ resources }: ContainerObject): Amounts => ({ ...missing, ...amountsOf(resources?.requests) });
  let running: Amounts = {};
  for (const container of spec.containers) running = combined(running, of(container), sum);
  let [sidecars, starting]: readonly [Amounts, Amounts] = [{}, {}];
  for (const container of spec.initContainers ?? []) {
    const wanted = combined(sidecars, of(container), sum);
    if (isSidecar(container)) {
      running = combined(running, of(container), sum);
      sidecars = wanted;
    }
    starting = combined(starting, wanted, Math.max);
  }
  const ofPod = { ...combined(running, starting, Math.max), ...amountsOf(spec.resources?.requests) };
  return combined(ofPod, amountsOf(spec.overhead), sum);
}

const known = new WeakMap<PodObject['spec'], PodRequests>();

/** What a pod asks for; computed once for each spec, which never changes. */
export function podRequests(pod: PodObject): PodRequests {
  const held = known.get(pod.spec);
  if (held !== undefined) return held;
  const { cpu = 0, memory = 0 } = totalOf(pod, assumed);
  const computed = { requests: totalOf(pod, nothingAssumed), scored: { cpu, memory } };
  known.set(pod.spec, computed);
  return computed;
}
