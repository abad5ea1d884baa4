import type { State } from './state.ts';
import { shownQuery } from './situation.ts';

/** The same query on a real cluster. */
export function realCluster(state: State): { readonly manifests: string; readonly commands: readonly string[] } {
  const query = shownQuery(state);
  const name = query?.name ?? `kubernetes.default.svc.${state.corefile.clusterDomain}.`;
  const quoted = /^[\w.:-]+$/u.test(name) ? name : `'${name.replaceAll("'", String.raw`'\''`)}'`;
  const namespaces = [...new Set(state.cluster.pods.map(({ pod }) => pod.metadata.namespace ?? 'default'))].slice(0, 3);
  return {
    manifests: state.input.clusterText,
    commands: [
      `kubectl run dns --rm -it --restart=Never --image=registry.k8s.io/e2e-test-images/agnhost:2.39 --command -- dig +noall +answer ${quoted} ${query?.type ?? 'A'}`,
      ...namespaces.map((namespace) => `kubectl -n ${namespace} get services,endpointslices,pods -o wide`),
      'kubectl -n kube-system get configmap coredns -o yaml',
    ],
  };
}
