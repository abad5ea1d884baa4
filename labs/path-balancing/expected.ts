import type { Outlook } from './state.ts';

/** The share of new connections that a pod should get, over all nodes where they enter. */
export function expectedShare({ entries: byNode, chances }: Outlook, pod: string): number {
  return Object.entries(byNode).reduce((sum, [node, weight]) => sum + weight * (chances[node]?.[pod] ?? 0), 0);
}

/** The share of new connections that gets nowhere. */
export function expectedLoss({ entries: byNode, chances }: Outlook): number {
  return Object.entries(byNode).reduce((sum, [node, weight]) => {
    const found = Object.values(chances[node] ?? {}).reduce((all, share) => all + share, 0);
    // Thirds add up to 0.9999…
    return sum + (found > 1 - 1e-9 ? 0 : weight * (1 - found));
  }, 0);
}
