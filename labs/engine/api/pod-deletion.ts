import type { PodObject } from './cluster-kinds.ts';

/** Seconds that a pod is given when it is deleted. Models pkg/registry/core/pod/strategy.go CheckGracefulDelete: none on no node or once it has ended; never less than 0. */
export function podGracePeriodSeconds({ spec, status }: PodObject, wanted?: number): number {
  const period = wanted ?? spec.terminationGracePeriodSeconds ?? 30;
  const hasEnded = status?.phase === 'Succeeded' || status?.phase === 'Failed';
  if ((spec.nodeName ?? '') === '' || hasEnded) return 0;
  // A negative period counts as one second.
  return period < 0 ? 1 : period;
}
