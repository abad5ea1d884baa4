import type { EndpointSlice } from '../engine/api/types.ts';
import type { NetworkNode } from '../engine/network/cluster-network/cluster-network.ts';
import type { ProxiedService, ProxiedSlice } from '../engine/network/kube-proxy/proxy-input.ts';
import type { NetworkPolicy } from '../engine/network/policy/network-policy.ts';
import type { Plain } from '../lab.ts';
import { FieldReader, type FieldMistake } from '../reading/field-reader.ts';
import { fieldTables } from '../reading/fields-tables.ts';
import { readManifests, type Manifest } from '../reading/manifests.ts';
import { dnsLabel, dnsSubdomain } from '../reading/name-rules.ts';
import { checkPodSpec } from '../reading/pod-rules.ts';
import { usualBounds } from '../reading/read-yaml.ts';
import type { ReadingError } from '../reading/reading-error.ts';
import { checkEndpointSlice, checkServiceSpec } from '../reading/service-rules.ts';
import { appsTypes } from '../reading/tables/apps.ts';
import { configTypes } from '../reading/tables/config.ts';
import { metaTypes } from '../reading/tables/meta.ts';
import { networkingTypes } from '../reading/tables/networking.ts';
import { nodeTypes } from '../reading/tables/node.ts';
import { podTypes } from '../reading/tables/pod.ts';
import { serviceTypes } from '../reading/tables/service.ts';
import { volumeTypes } from '../reading/tables/volume.ts';
import { addressNumber, blockOf } from './addresses.ts';
import { parts } from './parts.ts';

const kinds = ['Node', 'Pod', 'Deployment', 'Service', 'EndpointSlice', 'NetworkPolicy', 'Namespace'] as const;
type Kind = (typeof kinds)[number];

/** What one drawing and one computation may hold. */
const most: Readonly<Record<Kind, number>> = { Node: 4, Pod: 16, Deployment: 8, Service: 8, EndpointSlice: 8, NetworkPolicy: 8, Namespace: 8 };

/** A pod of the text, or one that a Deployment asks for: its address is still to be given. */
export interface WrittenPod {
  readonly namespace: string;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Empty: wherever there is room. */
  readonly node: string;
  readonly hostNetwork: boolean;
  readonly isReady: boolean;
  readonly address: string;
  readonly ports: readonly { readonly name?: string; readonly port: number; readonly protocol: 'TCP' | 'UDP' | 'SCTP' }[];
  readonly at: Readonly<Record<'name' | 'node' | 'address', { readonly line: number; readonly column: number }>>;
}

export interface WrittenObjects {
  readonly nodes: readonly NetworkNode[];
  readonly pods: readonly WrittenPod[];
  readonly deployments: readonly (WrittenPod & { readonly replicas: number })[];
  readonly services: readonly ProxiedService[];
  readonly slices: readonly ProxiedSlice[];
  readonly policies: readonly NetworkPolicy[];
  readonly namespaces: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly errors: readonly ReadingError[];
}

type Fields = Readonly<Record<string, Plain>>;
const fieldsOf = (value: Plain | undefined): Fields => (typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {});
const listOf = (value: Plain | undefined): readonly Plain[] => (Array.isArray(value) ? (value as readonly Plain[]) : []);
const textOf = (value: Plain | undefined): string => (typeof value === 'string' ? value : '');
const labelsOf = (metadata: Plain | undefined): Readonly<Record<string, string>> => fieldsOf(fieldsOf(metadata).labels) as Readonly<Record<string, string>>;

/** Reads the manifests: kinds, fields and types as the API server does, then what this lab needs of them. */
export function readObjects(text: string): WrittenObjects {
  const tables = fieldTables([metaTypes, podTypes, serviceTypes, nodeTypes, networkingTypes, appsTypes, configTypes, volumeTypes]);
  const { objects, errors } = readManifests(text, tables, { ...usualBounds, bytesMax: parts.objects.bytesMax });
  const of = (kind: Kind): readonly Manifest[] => objects.filter((object) => object.kind === kind);
  return {
    nodes: of('Node').map(nodeOf),
    pods: of('Pod').map((pod) => podOf(pod, pod.value, [])),
    deployments: of('Deployment').map(deploymentOf),
    services: of('Service').map(({ value, name, namespace }) => ({
      ...value,
      metadata: { ...fieldsOf(value.metadata), name, namespace },
      spec: fieldsOf(value.spec),
    })),
    slices: of('EndpointSlice').map(
      ({ value, name, namespace }) => ({ endpoints: [], ...value, metadata: { ...fieldsOf(value.metadata), name, namespace } }) as unknown as EndpointSlice,
    ),
    policies: of('NetworkPolicy').map(({ value, name, namespace }) => ({ spec: fieldsOf(value.spec), metadata: { name, namespace } })),
    namespaces: Object.fromEntries(of('Namespace').map(({ name, value }) => [name, { 'kubernetes.io/metadata.name': name, ...labelsOf(value.metadata) }])),
    errors: [...errors, ...objects.flatMap(strange), ...objects.flatMap(mistakesOf), ...tooMany(objects), ...twice(objects)],
  };
}

/** Tables of fields bring kinds along that no packet meets. */
function strange({ kind, positionOf }: Manifest): readonly ReadingError[] {
  if (kinds.some((known) => known === kind)) return [];
  return [{ ...positionOf(['kind']), message: `a ${kind} has no part in this lab`, expected: `one of ${kinds.join(', ')}` }];
}

function tooMany(objects: readonly Manifest[]): readonly ReadingError[] {
  return kinds.flatMap((kind) => {
    const extra = objects.filter((object) => object.kind === kind)[most[kind]];
    return extra
      ? [{ ...extra.positionOf(['metadata', 'name']), message: `there are too many objects of kind ${kind}`, expected: `at most ${most[kind]}` }]
      : [];
  });
}

function twice(objects: readonly Manifest[]): readonly ReadingError[] {
  const seen = new Set<string>();
  return objects.flatMap((object) => {
    const key = `${object.kind} ${object.namespace}/${object.name}`;
    if (!seen.has(key)) {
      seen.add(key);
      return [];
    }
    const hint = 'Give one of the two another name or namespace.';
    return [
      { ...object.positionOf(['metadata', 'name']), message: `there is a ${object.kind} "${object.name}" above already`, expected: 'each object once', hint },
    ];
  });
}

/** What the API server refuses of names, Services, slices and pods, and what no network can be built of. */
function mistakesOf(manifest: Manifest): readonly ReadingError[] {
  const mistakes: FieldMistake[] = [];
  const object = new FieldReader(manifest.value, [], mistakes);
  const isLabel = manifest.kind === 'Service' || manifest.kind === 'Namespace';
  object
    .at('metadata')
    .at('name')
    .follows(isLabel ? dnsLabel : dnsSubdomain, {
      expected: isLabel ? 'at most 63 lower case letters, digits and hyphens' : 'lower case letters, digits, hyphens and dots',
    });
  const spec = object.at('spec');
  if (manifest.kind === 'Pod') checkPod(spec, object.at('status'));
  else if (manifest.kind === 'Deployment') checkDeployment(spec);
  else if (manifest.kind === 'Service') checkService(spec);
  else if (manifest.kind === 'EndpointSlice') checkEndpointSlice(object);
  else if (manifest.kind === 'Node') checkNode(object);
  return mistakes.map(({ path, ...mistake }) => ({
    ...manifest.positionOf(path),
    ...mistake,
    kubectl: `The ${manifest.kind} "${manifest.name}" is invalid: ${mistake.message}`,
  }));
}

const ipv4 = (text: string): readonly string[] => (addressNumber(text) === undefined ? ['must be a valid IP address, (e.g. 10.9.8.7)'] : []);
const cidr = (text: string): readonly string[] => (blockOf(text) === undefined ? ['must be a valid CIDR value, (e.g. 10.9.8.0/24)'] : []);

function checkPod(spec: FieldReader, status: FieldReader): void {
  checkPodSpec(spec);
  if (status.at('podIP').text !== '') status.at('podIP').follows(ipv4, { expected: 'an IPv4 address of the node’s pod CIDR' });
}

function checkDeployment(spec: FieldReader): void {
  const wanted = spec.at('selector').at('matchLabels');
  const labels = spec.at('template').at('metadata').at('labels');
  if (wanted.keys.length === 0) spec.at('selector').required('', { expected: 'selector.matchLabels with the labels of the template' });
  if (wanted.keys.some((key) => wanted.at(key).value !== labels.at(key).value))
    labels.invalid('`selector` does not match template `labels`', { expected: 'the labels of selector.matchLabels' });
  if ((spec.at('replicas').number ?? 1) < 0) spec.at('replicas').invalid('must be greater than or equal to 0', { expected: '0 or more' });
  if ((spec.at('replicas').number ?? 1) > most.Pod) spec.at('replicas').invalid('are more than this lab can draw', { expected: `at most ${most.Pod}` });
  checkPodSpec(spec.at('template').at('spec'));
}

function checkService(spec: FieldReader): void {
  checkServiceSpec(spec);
  const type = spec.at('type').text;
  const policy = spec.at('externalTrafficPolicy');
  if (policy.isPresent && (type === '' || type === 'ClusterIP') && spec.at('externalIPs').items().length === 0)
    policy.invalid('may only be set for externally-accessible services', { expected: 'type NodePort or LoadBalancer beside it' });
  for (const port of spec.at('ports').items()) port.at('nodePort').within(30_000, 32_767, 'a port between 30000 and 32767');
  for (const address of [spec.at('clusterIP'), ...spec.at('externalIPs').items()])
    if (address.text !== '' && address.text !== 'None') address.follows(ipv4, { expected: 'an IPv4 address' });
}

function checkNode(node: FieldReader): void {
  const block = node.at('spec').at('podCIDR');
  if (block.text !== '') block.follows(cidr, { expected: 'a block such as 10.244.1.0/24' });
  for (const address of node.at('status').at('addresses').items())
    if (address.at('type').text === 'InternalIP') address.at('address').follows(ipv4, { expected: 'an IPv4 address of the nodes’ network' });
}

function nodeOf({ name, value }: Manifest, index: number): NetworkNode {
  const addresses = listOf(fieldsOf(value.status).addresses).map(fieldsOf);
  const own = addresses.find(({ type }) => type === 'InternalIP');
  const zone = labelsOf(value.metadata)['topology.kubernetes.io/zone'];
  return {
    name,
    address: textOf(own?.address) || `192.0.2.${11 + index}`,
    podCidr: textOf(fieldsOf(value.spec).podCIDR) || `10.244.${1 + index}.0/24`,
    ...(zone !== undefined && { zone }),
    listeners: [{ protocol: 'tcp', port: 22 }],
  };
}

function portsOf(spec: Fields): WrittenPod['ports'] {
  return listOf(spec.containers).flatMap((container) =>
    listOf(fieldsOf(container).ports).map((entry) => {
      const { name, containerPort, protocol } = fieldsOf(entry);
      const port = typeof containerPort === 'number' ? containerPort : 0;
      const known = protocol === 'UDP' || protocol === 'SCTP' ? protocol : ('TCP' as const);
      return { port, protocol: known, ...(textOf(name) !== '' && { name: textOf(name) }) };
    }),
  );
}

function podOf({ name, namespace, positionOf }: Manifest, value: Fields, base: readonly string[]): WrittenPod {
  const [spec, status] = [fieldsOf(value.spec), fieldsOf(value.status)];
  const ready = listOf(status.conditions)
    .map(fieldsOf)
    .find(({ type }) => type === 'Ready');
  return {
    namespace,
    name,
    labels: labelsOf(value.metadata),
    node: textOf(spec.nodeName),
    hostNetwork: spec.hostNetwork === true,
    isReady: ready === undefined || ready.status === 'True',
    address: textOf(status.podIP),
    ports: portsOf(spec),
    at: {
      name: positionOf(['metadata', 'name']),
      node: positionOf([...base, 'spec', 'nodeName']),
      address: positionOf([...base, 'status', 'podIP']),
    },
  };
}

function deploymentOf(manifest: Manifest): WrittenPod & { readonly replicas: number } {
  const spec = fieldsOf(manifest.value.spec);
  const { replicas } = spec;
  return { ...podOf(manifest, fieldsOf(spec.template), ['spec', 'template']), replicas: typeof replicas === 'number' ? Math.max(0, replicas) : 1 };
}
