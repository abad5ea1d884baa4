/**
 * The sentence of FailedScheduling: `0/3 nodes are available: 1 node(s) …, 2 Insufficient cpu.` Reasons are sorted as texts, the count included;
 * a refusal before any node was looked at stands alone. Models pkg/scheduler/framework/types.go FitError.Error.
 */
export function fitMessage(
  nodeCount: number,
  found: { readonly refused?: string; readonly reasons: readonly (readonly string[])[]; readonly rescue?: string },
): string {
  const { refused, reasons, rescue } = found;
  const why = refused ?? histogram(reasons);
  return [`0/${nodeCount} nodes are available:`, ...(why === '' ? [] : [`${why}.`]), ...(rescue === undefined || rescue === '' ? [] : [rescue])].join(' ');
}

/** What is said where there is no node at all. */
export const noNodesMessage = 'no nodes available to schedule pods';

/** A node may have several reasons; each counts. */
function histogram(reasons: readonly (readonly string[])[]): string {
  const counts = new Map<string, number>();
  for (const reason of reasons.flat()) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return [...counts]
    .map(([reason, count]) => `${count} ${reason}`)
    .toSorted()
    .join(', ');
}
