import type { EndpointSlice, Pod, StatefulSet } from '../engine/api/types.ts';
import { serviceNameLabel } from '../engine/network/endpoint-slices.ts';
import { clusterObjects } from '../kit/cluster-view.ts';
import type { LearnerError, Reader, ReadResult } from '../lab.ts';
import { dnsKinds } from '../reading/kinds.ts';
import { readObjects, type ReadObject } from '../reading/objects.ts';
import type { ReadingError } from '../reading/reading-error.ts';
import { usualBounds } from '../reading/read-yaml.ts';
import { SettingsReader } from '../reading/settings-reader.ts';
import { keyOf, type Cluster, type ClusterPod, type Input } from './input.ts';
import { parts, type PartId } from './parts.ts';
import { readCorefile } from './read-corefile.ts';
import { readGuesses } from './read-guesses.ts';

const clusterDnsAddress = '10.96.0.10';
const managedBy = 'endpointslice.kubernetes.io/managed-by';

const inPart =
  (part: PartId) =>
  (error: ReadingError): LearnerError<PartId> => ({ part, ...error });

/** What made each pod that is not written down, by pod. */
function ownersOf(objects: readonly ReadObject[]): ReadonlyMap<string, string> {
  const makers = objects.filter(({ kind }) => kind === 'StatefulSet' || kind === 'Deployment');
  return new Map(
    makers.flatMap((maker) =>
      clusterObjects([maker], clusterDnsAddress).view.pods.map((pod) => [keyOf(pod), `${maker.kind} ${maker.namespace}/${maker.name}`] as const),
    ),
  );
}

/** Slices written down count, unless they are a copy of what the controller makes anyway. */
function isByHand(slice: EndpointSlice, isSelected: (service: string) => boolean): boolean {
  const { labels = {} } = slice.metadata;
  const service = `${slice.metadata.namespace ?? 'default'}/${labels[serviceNameLabel] ?? ''}`;
  return labels[managedBy] !== 'endpointslice-controller.k8s.io' || !isSelected(service);
}

function clusterOf(objects: readonly ReadObject[]): Cluster {
  const { view, pods: written } = clusterObjects(objects, clusterDnsAddress);
  const owners = ownersOf(objects);
  const byHand = new Set<Pod>(written);
  const writtenPods = new Map(written.map((pod) => [keyOf(pod), pod]));
  const withStatus = new Set(
    objects.filter(({ kind, value }) => kind === 'Pod' && value.status !== undefined).map(({ namespace, name }) => `${namespace}/${name}`),
  );
  // A pod with the name of a member is that member, since its controller finds the name taken; it stands in the member's place.
  const inPlace = view.pods.filter((pod) => !byHand.has(pod) || !owners.has(keyOf(pod)));
  const pods = inPlace.map((made): ClusterPod => {
    const key = keyOf(made);
    const owner = owners.get(key);
    return { pod: writtenPods.get(key) ?? made, ...(owner !== undefined && { owner }), ...(withStatus.has(key) && { isStatusWritten: true }) };
  });
  const selecting = new Set(view.services.filter(({ spec }) => Object.keys(spec.selector ?? {}).length > 0).map(keyOf));
  const slices = objects
    .filter(({ kind }) => kind === 'EndpointSlice')
    .map(
      ({ value, name, namespace }) => ({ endpoints: [], ...value, metadata: { ...(value.metadata as object), name, namespace } }) as unknown as EndpointSlice,
    );
  const sets = objects
    .filter(({ kind }) => kind === 'StatefulSet')
    .map(({ value, name, namespace }) => ({ metadata: { name, namespace }, spec: value.spec }) as unknown as StatefulSet);
  return {
    namespaces: view.namespaces.map(({ metadata }) => metadata.name),
    services: view.services,
    slices: slices.filter((slice) => isByHand(slice, (service) => selecting.has(service))),
    pods,
    sets,
  };
}

function read(texts: Readonly<Record<PartId, string>>): ReadResult<PartId, Input> {
  const objects = readObjects(texts.cluster, dnsKinds, { ...usualBounds, bytesMax: parts.cluster.bytesMax });
  const corefileReader = new SettingsReader(texts.corefile, parts.corefile.bytesMax);
  const corefile = readCorefile(corefileReader);
  const guesses = readGuesses(texts.guess, parts.guess.bytesMax);
  const errors = [...objects.errors.map(inPart('cluster')), ...corefileReader.errors.map(inPart('corefile')), ...guesses.errors.map(inPart('guess'))];
  if (errors.length > 0) return { ok: false, errors };
  return { ok: true, input: { clusterText: texts.cluster, cluster: clusterOf(objects.objects), corefile, guesses: guesses.queries } };
}

export default { read } satisfies Reader<PartId, Input>;
