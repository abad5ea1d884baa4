import type { Comparator } from './comparator.ts';
import { packetComparator } from './packet-comparator.ts';
import { functionsComparator } from './functions-comparator.ts';
import { kubeletComparator } from './kubelet-comparator.ts';
import { kubectlComparator } from './kubectl-comparator.ts';
import { kubeProxyComparator } from './kube-proxy-comparator.ts';
import { networkPolicyComparator } from './networkpolicy-comparator.ts';
import { pvBindingComparator } from './pv-binding-comparator.ts';
import { resolverComparator } from './resolver-comparator.ts';
import { defaultingComparator, manifestComparator } from './review-comparator.ts';
import { rolloutsComparator } from './rollouts-comparator.ts';
import { schedulingComparator } from './scheduling-comparator.ts';
import { statefulSetsComparator } from './stateful-sets-comparator.ts';
import { strictDecodingComparator } from './strict-decoding-comparator.ts';

/** All shapes of recordings that can be compared. */
export const comparators: readonly Comparator[] = [
  resolverComparator,
  functionsComparator,
  packetComparator,
  pvBindingComparator,
  schedulingComparator,
  defaultingComparator,
  manifestComparator,
  strictDecodingComparator,
  rolloutsComparator,
  statefulSetsComparator,
  kubeletComparator,
  kubectlComparator,
  kubeProxyComparator,
  networkPolicyComparator,
];
