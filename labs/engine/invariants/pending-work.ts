import type { Cluster } from '../loop/cluster.ts';

/** Whether a controller owes a look to a key, or to any key: what is wrong now may be put right then. */
export function isToLook({ queue }: Cluster, controller: string, key?: string): boolean {
  return queue.items.some((chunk) => chunk.some(({ value }) => value.controller === controller && (key === undefined || value.key === key)));
}
