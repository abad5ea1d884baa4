import type { Pod, StatefulSet } from '../api/types.ts';

/** Most pods that are derived from one object. */
const replicasMax = 1000;

/** What a lab knows about a pod that the StatefulSet does not say. */
export interface PodSituation {
  readonly address?: string;
  readonly isReady: boolean;
}

/**
 * The pods of a StatefulSet with the identity its controller gives them: `<name>-<ordinal>` from `ordinals.start` on, the pod's name as its hostname
 * and `serviceName` as its subdomain. `situation` says address and readiness of each. At most 1000 pods.
 * // Models newStatefulSetPod, updateIdentity and initIdentity in pkg/controller/statefulset/stateful_set_utils.go
 */
export function statefulSetPods(statefulSet: StatefulSet, situation: (podName: string, ordinal: number) => PodSituation): readonly Pod[] {
  const { replicas = 1, serviceName = '', ordinals, template } = statefulSet.spec;
  const start = ordinals?.start ?? 0;
  return Array.from({ length: Math.min(Math.max(0, Math.trunc(replicas)), replicasMax) }, (_, index): Pod => {
    const ordinal = start + index;
    const name = `${statefulSet.metadata.name}-${String(ordinal)}`;
    const { address, isReady } = situation(name, ordinal);
    const labels = { ...template.metadata?.labels, 'statefulset.kubernetes.io/pod-name': name, 'apps.kubernetes.io/pod-index': String(ordinal) };
    return {
      metadata: { name, namespace: statefulSet.metadata.namespace ?? 'default', labels },
      spec: { ...template.spec, hostname: name, subdomain: serviceName },
      status: {
        phase: address === undefined ? 'Pending' : 'Running',
        ...(address === undefined ? {} : { podIP: address, podIPs: [{ ip: address }] }),
        conditions: [{ type: 'Ready', status: isReady && address !== undefined ? 'True' : 'False' }],
      },
    };
  });
}
