import type { State } from './state.ts';
import { seenOn } from './situation.ts';

/** The same on a real cluster: objects, and the rules of a node as the kernel holds them. */
export function realCluster(state: State): { readonly manifests: string; readonly commands: readonly string[] } {
  const [namespace = 'default', name = ''] = state.shown.split('/');
  const chroot = `kubectl debug node/${state.node} -it --profile=sysadmin --image=busybox -- chroot /host`;
  const rules =
    seenOn(state, state.node).mode === 'iptables'
      ? [`${chroot} sh -c 'iptables-save -t nat | grep ${state.shown}'`, `${chroot} sh -c 'iptables-save | grep -c "^-A"'`]
      : [`${chroot} nft list table ip kube-proxy`, `${chroot} nft list map ip kube-proxy service-ips`];
  return {
    manifests: state.input.objectsText,
    commands: [
      `kubectl -n ${namespace} get endpointslices -l kubernetes.io/service-name=${name} -o yaml`,
      ...rules,
      `kubectl -n kube-system get pods -l k8s-app=kube-proxy -o wide --field-selector spec.nodeName=${state.node}`,
      'kubectl -n kube-system get configmap kube-proxy -o yaml',
    ],
  };
}
