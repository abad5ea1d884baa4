import type { EndpointSlice, Pod } from '../engine/api/types.ts';
import { withClusterAddresses } from '../engine/network/cluster-dns/cluster-addresses.ts';
import type { ProxiedService } from '../engine/network/kube-proxy/proxy-input.ts';
import type { ReadObject } from '../reading/objects.ts';
import type { ReadingError } from '../reading/reading-error.ts';
import { filled, placed, withType } from './cluster.ts';
import { replicasMax, type Cluster, type ClusterNode, type PlacedPod, type Replicated } from './input.ts';
import { checkProxyFields } from './read-service.ts';

/** More objects of all kinds together are refused: each pod is a rule or more on every node. */
const objectsMax = 150;

interface Values {
  readonly Pod: Pod;
  readonly Service: ProxiedService;
  readonly EndpointSlice: EndpointSlice;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value);
const recordsIn = (value: unknown): readonly Readonly<Record<string, unknown>>[] =>
  Array.isArray(value) ? (value as readonly unknown[]).filter(isRecord) : [];

/** The addresses of a load balancer, where the status has any; the reader leaves the status unchecked. */
function statusOf(status: unknown): object {
  const balancer = isRecord(status) && isRecord(status.loadBalancer) ? recordsIn(status.loadBalancer.ingress) : [];
  const ingress = balancer.flatMap(({ ip }) => (typeof ip === 'string' ? [{ ip }] : []));
  return ingress.length === 0 ? {} : { status: { loadBalancer: { ingress } } };
}

/** Hints of an endpoint, where they have the right shape. */
function endpointOf({ hints, ...endpoint }: Readonly<Record<string, unknown>>): object {
  if (!isRecord(hints)) return endpoint;
  const named = (value: unknown): readonly object[] => recordsIn(value).flatMap(({ name }) => (typeof name === 'string' ? [{ name }] : []));
  return { ...endpoint, hints: { forZones: named(hints.forZones), forNodes: named(hints.forNodes) } };
}

function partsOf(kind: keyof Values, value: Readonly<Record<string, unknown>>): object {
  const { status, ...rest } = value;
  if (kind === 'EndpointSlice') return { ports: [], ...rest, endpoints: recordsIn(value.endpoints).map(endpointOf) };
  return { ...rest, spec: { ...(value.spec as object | undefined) }, ...(kind === 'Service' ? statusOf(status) : status !== undefined && { status }) };
}

/** The objects of one kind. The reader has checked kinds, fields and types, so the types hold. */
function valuesOf<Kind extends keyof Values>(objects: readonly ReadObject[], kind: Kind): readonly Values[Kind][] {
  return objects
    .filter((object) => object.kind === kind)
    .map(
      ({ value, name, namespace }) => ({ ...partsOf(kind, value), metadata: { ...(value.metadata as object), name, namespace } }) as unknown as Values[Kind],
    );
}

interface Template {
  readonly metadata?: { readonly labels?: Readonly<Record<string, string>> };
  readonly spec?: Pod['spec'];
}

function replicatedOf({ value, name, namespace }: ReadObject): Replicated {
  const spec = (value.spec ?? {}) as { readonly replicas?: number; readonly template?: Template };
  const { template } = spec;
  return { metadata: { name, namespace }, replicas: spec.replicas ?? 1, made: 0, labels: template?.metadata?.labels ?? {}, spec: template?.spec ?? {} };
}

/** Services of one namespace with one node port, or pods on nodes that are not there: what the API server or the scheduler would not let pass. */
function mistakesOf(objects: readonly ReadObject[], nodes: readonly ClusterNode[]): readonly ReadingError[] {
  const names = nodes.map(({ name }) => name);
  const mistakes = objects.filter(({ kind }) => kind === 'Service').flatMap(checkProxyFields);
  const ports = new Set<number>();
  for (const { kind, value, positionOf, name } of objects) {
    const spec = (value.spec ?? {}) as { readonly nodeName?: string; readonly replicas?: number; readonly ports?: readonly { readonly nodePort?: number }[] };
    if (kind === 'Pod' && spec.nodeName !== undefined && !names.includes(spec.nodeName))
      mistakes.push({
        ...positionOf(['spec', 'nodeName']),
        message: `there is no node ${JSON.stringify(spec.nodeName)}`,
        expected: `one of ${names.join(', ')}`,
        hint: 'Nodes stand in the text about kube-proxy.',
      });
    if (kind === 'Deployment' && (spec.replicas ?? 1) > replicasMax)
      mistakes.push({
        ...positionOf(['spec', 'replicas']),
        message: `${String(spec.replicas)} replicas are too many for this picture`,
        expected: `at most ${String(replicasMax)}`,
        hint: 'For large clusters there is moreServices in the text about kube-proxy.',
      });
    for (const [index, { nodePort = 0 }] of (kind === 'Service' ? (spec.ports ?? []) : []).entries()) {
      const message = `spec.ports[${String(index)}].nodePort: Invalid value: ${String(nodePort)}: provided port is already allocated`;
      if (nodePort !== 0 && ports.has(nodePort))
        mistakes.push({
          ...positionOf(['spec', 'ports', index, 'nodePort']),
          message,
          expected: 'a node port that no other Service has',
          kubectl: `The Service "${name}" is invalid: ${message}`,
        });
      ports.add(nodePort);
    }
  }
  return mistakes;
}

/** The cluster that objects ask for, once all controllers have done their work. */
export function readCluster(
  objects: readonly ReadObject[],
  nodes: readonly ClusterNode[],
): { readonly cluster: Cluster; readonly errors: readonly ReadingError[] } {
  const errors = [...mistakesOf(objects, nodes)];
  const tooMany = objects[objectsMax];
  if (tooMany !== undefined)
    errors.push({ ...tooMany.positionOf([]), message: `${String(objects.length)} objects are too many`, expected: `at most ${String(objectsMax)}` });
  const pods: PlacedPod[] = [];
  for (const pod of valuesOf(objects, 'Pod')) pods.push({ pod: placed(pod, pods, nodes) });
  const addressed = withClusterAddresses(valuesOf(objects, 'Service')) as readonly ProxiedService[];
  const services = addressed.reduce<readonly ProxiedService[]>(
    (done, service, index) => [...done, withType(service, [...done, ...addressed.slice(index + 1)])],
    [],
  );
  const deployments = objects.filter(({ kind }) => kind === 'Deployment').map(replicatedOf);
  const empty: Cluster = { services, slices: valuesOf(objects, 'EndpointSlice'), pods, deployments };
  const cluster = errors.length > 0 ? empty : deployments.reduce((grown, deployment) => filled(grown, deployment, deployment.replicas, nodes), empty);
  return { cluster, errors };
}
