import type { EndpointSlice, Namespace, Pod, Service, StatefulSet } from '../engine/api/types.ts';
import { withClusterAddresses } from '../engine/network/cluster-dns/cluster-addresses.ts';
import type { ClusterView } from '../engine/network/cluster-dns/view.ts';
import { decideEndpoints } from '../engine/network/endpoint-slices.ts';
import { keyHash } from '../engine/key-hash.ts';
import { statefulSetPods } from '../engine/network/stateful-set-pods.ts';
import type { ReadObject } from '../reading/objects.ts';

/** A Deployment, as far as its pods’ names and addresses need it. */
type Deployment = Pick<StatefulSet, 'metadata'> & { readonly spec: Pick<StatefulSet['spec'], 'replicas' | 'template'> };

/** Objects of every cluster: the namespaces and the two Services that the DNS itself needs. */
const alwaysThere: { readonly namespaces: readonly string[]; readonly services: (clusterDns: string) => readonly Service[] } = {
  namespaces: ['default', 'kube-system', 'kube-public', 'kube-node-lease'],
  services: (clusterDns) => [
    { metadata: { name: 'kubernetes', namespace: 'default' }, spec: { clusterIP: '10.96.0.1', ports: [{ name: 'https', port: 443 }] } },
    {
      metadata: { name: 'kube-dns', namespace: 'kube-system' },
      spec: {
        clusterIP: clusterDns,
        ports: [
          { name: 'dns', protocol: 'UDP', port: 53 },
          { name: 'dns-tcp', protocol: 'TCP', port: 53 },
        ],
      },
    },
  ],
};

// The letters of generated names: no vowels and nothing that looks like one, so that no word comes out (k8s.io/apimachinery/pkg/util/rand).
const nameAlphabet = 'bcdfghjklmnpqrstvwxz2456789';

function generated(key: string, length: number): string {
  return Array.from({ length }, (_, index) => nameAlphabet.charAt(keyHash(`${key} ${index}`) % nameAlphabet.length)).join('');
}

/** Pods that the manifests ask for: those written down, and those that a StatefulSet or a Deployment would make. */
export interface ClusterObjects {
  readonly view: ClusterView;
  /** Pods written down by the learner, in the order of the text. */
  readonly pods: readonly Pod[];
}

function namespacesOf(objects: readonly ReadObject[]): readonly Namespace[] {
  const names = new Set(alwaysThere.namespaces);
  for (const { kind, name, namespace } of objects) names.add(kind === 'Namespace' ? name : namespace);
  names.delete('');
  return [...names].map((name) => ({ metadata: { name } }));
}

function deploymentPods(deployment: Deployment, addressOf: (podName: string) => string): readonly Pod[] {
  const { name, namespace = 'default' } = deployment.metadata;
  const { replicas = 1, template } = deployment.spec;
  const replicaSet = `${name}-${generated(`${namespace}/${name}`, 10)}`;
  return Array.from({ length: Math.min(Math.max(0, replicas), 100) }, (_, index): Pod => {
    const podName = `${replicaSet}-${generated(`${namespace}/${replicaSet}/${index}`, 5)}`;
    return running({ metadata: { name: podName, namespace, ...template.metadata }, spec: template.spec }, addressOf(podName), podName);
  });
}

/** A pod without a status is taken as running and ready: the lab’s clock starts when everything is up. */
function running(pod: Pod, address: string, name = pod.metadata.name): Pod {
  if (pod.status !== undefined) return pod;
  return {
    ...pod,
    metadata: { ...pod.metadata, name },
    status: { phase: 'Running', podIP: address, podIPs: [{ ip: address }], conditions: [{ type: 'Ready', status: 'True' }] },
  };
}

function addresses(): () => string {
  let taken = 4;
  return () => {
    taken += 1;
    return `10.244.${1 + Math.floor(taken / 250)}.${(taken % 250) + 1}`;
  };
}

interface Kinds {
  readonly Pod: Pod;
  readonly Service: Service;
  readonly EndpointSlice: EndpointSlice;
  readonly StatefulSet: StatefulSet;
  readonly Deployment: Deployment;
}

/** The objects of one kind. The reader has checked kinds, fields and types, so the types hold. */
function valuesOf<Kind extends keyof Kinds>(objects: readonly ReadObject[], kind: Kind): readonly Kinds[Kind][] {
  return objects
    .filter((object) => object.kind === kind)
    .map(({ value, name, namespace }) => {
      const spec = (value.spec ?? {}) as Readonly<Record<string, unknown>>;
      // Pods without a word about them are pods all the same: a template may lack its spec while somebody types.
      const template = { spec: {}, ...(spec.template as object | undefined) };
      const endpoints = kind === 'EndpointSlice' ? { endpoints: [] } : {};
      return { ...endpoints, ...value, metadata: { ...(value.metadata as object), name, namespace }, spec: { ...spec, template } } as unknown as Kinds[Kind];
    });
}

/**
 * What the cluster DNS sees of a set of manifests, once all controllers have done their work: pods of StatefulSets and Deployments with addresses, ClusterIPs,
 * EndpointSlices. Namespaces that objects name exist. Pods without a status are running and ready.
 */
export function clusterObjects(objects: readonly ReadObject[], clusterDns: string): ClusterObjects {
  const nextAddress = addresses();
  const written = valuesOf(objects, 'Pod').map((pod) => running(pod, nextAddress()));
  const members = valuesOf(objects, 'StatefulSet').flatMap((set) => statefulSetPods(set, () => ({ address: nextAddress(), isReady: true })));
  const replicas = valuesOf(objects, 'Deployment').flatMap((deployment) => deploymentPods(deployment, nextAddress));
  const pods = [...written, ...members, ...replicas];
  const own = valuesOf(objects, 'Service');
  const missing = alwaysThere
    .services(clusterDns)
    .filter(({ metadata }) => !own.some((service) => service.metadata.name === metadata.name && service.metadata.namespace === metadata.namespace));
  const services = withClusterAddresses([...missing, ...own]);
  const slices = services.flatMap((service) => decideEndpoints(service, pods).slices);
  return {
    pods: written,
    view: { namespaces: namespacesOf(objects), services, endpointSlices: [...slices, ...valuesOf(objects, 'EndpointSlice')], pods },
  };
}
