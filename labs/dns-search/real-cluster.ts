import { currentRun, type State } from './state.ts';

/** The same query on a real cluster: a pod of the same shape, and the commands that show file and answer. */
export function realCluster(state: State): { readonly manifests: string; readonly commands: readonly string[] } {
  const { pod } = state.input;
  const { name } = currentRun(state);
  const namespace = pod.metadata.namespace ?? 'default';
  const inPod = `kubectl -n ${namespace} exec ${pod.metadata.name} --`;
  const quoted = /^[\w.:-]+$/u.test(name) ? name : `'${name.replaceAll("'", String.raw`'\''`)}'`;
  return {
    manifests: state.input.clusterText,
    commands: [
      `${inPod} cat /etc/resolv.conf`,
      `${inPod} getent ahosts ${quoted}`,
      'kubectl -n kube-system get service kube-dns',
      'kubectl -n kube-system logs -l k8s-app=kube-dns --tail=20',
    ],
  };
}
