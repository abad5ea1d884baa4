import type { Json } from '../../engine/patch/json.ts';
import type { ClusterAction } from './cluster-state.ts';

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value);
/** A kind, a namespace and a name, at their longest. */
const subjectLengthMax = 63 + 1 + 63 + 1 + 253;
const factPattern = /^[a-z]+\/[\w.:/-]{1,260}$/u;

/** Checks an action from a link or a file; texts come as texts, so `apply` is never read. `acts` are the names of the lab's own acts. */
export function readClusterAction(value: unknown, acts: readonly string[]): ClusterAction | undefined {
  if (!isRecord(value)) return undefined;
  const { type, object, name, fact } = value;
  if (type === 'advance') return { type };
  const isObject = typeof object === 'string' && object.length <= subjectLengthMax;
  if (type === 'delete' && isObject) return { type, object };
  if (type === 'act' && isObject && typeof name === 'string' && acts.includes(name)) return { type, name, object };
  const held = value.value;
  const isFact = held === null || (typeof held === 'string' && held.length <= 300);
  if (type === 'world' && typeof fact === 'string' && factPattern.test(fact) && isFact) return { type, fact, value: held as Json };
  return undefined;
}
