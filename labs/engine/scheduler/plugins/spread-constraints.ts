import type { NodeObject, PodObject, TopologySpreadConstraint } from '../../api/cluster-kinds.ts';
import { matchesLabels, matchesRequirements, selectorRequirements, type LabelSelector, type Labels } from '../../api/selectors.ts';
import { untolerated, type Toleration } from '../../api/taints.ts';
import { listObjects, getObject, type Store } from '../../store/store.ts';
import type { StoredObject } from '../../store/stored-object.ts';
import type { NodeInfo } from '../node-info.ts';
import { isAllowedByAffinity } from './required-node-affinity.ts';

/** One way in which pods are to be spread. */
export interface SpreadConstraint {
  readonly topologyKey: string;
  readonly maxSkew: number;
  readonly minDomains: number;
  readonly honorsAffinity: boolean;
  readonly honorsTaints: boolean;
  /** Which pods count. */
  readonly counts: (labels: Labels) => boolean;
  /** The same for constraints that count the same; undefined: a selector without conditions counts no pods, though it matches the pod itself. */
  readonly countKey: string | undefined;
}

export const hostname = 'kubernetes.io/hostname';
const noLabels: Labels = {};
const systemDefaults = [
  { maxSkew: 3, topologyKey: hostname },
  { maxSkew: 5, topologyKey: 'topology.kubernetes.io/zone' },
];

function isEmptySelector({ matchLabels = {}, matchExpressions = [] }: LabelSelector): boolean {
  return Object.keys(matchLabels).length + matchExpressions.length === 0;
}

/** Reads the selector once for all pods. */
function matcherOf(selector: LabelSelector | undefined): SpreadConstraint['counts'] {
  const requirements = selectorRequirements(selector);
  return (labels) => requirements.ok && matchesRequirements(requirements.value, labels);
}

function readConstraint(constraint: TopologySpreadConstraint, own: Labels): SpreadConstraint {
  const { topologyKey, maxSkew, minDomains = 1, labelSelector, matchLabelKeys = [], nodeAffinityPolicy = 'Honor', nodeTaintsPolicy = 'Ignore' } = constraint;
  const keys = matchLabelKeys.filter((key) => Object.hasOwn(own, key));
  const matches = matcherOf(labelSelector);
  const isEmpty = labelSelector !== undefined && isEmptySelector(labelSelector) && keys.length === 0;
  return {
    topologyKey,
    maxSkew,
    minDomains,
    honorsAffinity: nodeAffinityPolicy === 'Honor',
    honorsTaints: nodeTaintsPolicy === 'Honor',
    counts: (labels) => matches(labels) && keys.every((key) => labels[key] === own[key]),
    countKey: isEmpty ? undefined : JSON.stringify([labelSelector ?? null, keys.map((key) => [key, own[key] ?? ''])]),
  };
}

/** The pod's own constraints of one kind. Models plugins/podtopologyspread filterTopologySpreadConstraints. */
export function ownConstraints({ spec, metadata }: PodObject, whenUnsatisfiable: TopologySpreadConstraint['whenUnsatisfiable']): readonly SpreadConstraint[] {
  const all = spec.topologySpreadConstraints ?? [];
  return all.filter((each) => each.whenUnsatisfiable === whenUnsatisfiable).map((each) => readConstraint(each, metadata.labels ?? noLabels));
}

/**
 * Soft constraints of a pod that has none: over nodes and zones, among the pods of its Services and its owner; none without these.
 * Models the system defaults of plugins/podtopologyspread and plugins/helper DefaultSelector.
 */
export function defaultConstraints(store: Store, pod: PodObject): readonly SpreadConstraint[] {
  const own = pod.metadata.labels ?? noLabels;
  const ofServices = Object.assign({}, ...servicesOf(store, pod).map((selector) => ({ ...selector }))) as Labels;
  const ofOwner = ownerSelector(store, pod);
  if (Object.keys(ofServices).length === 0 && (ofOwner === undefined || isEmptySelector(ofOwner))) return [];
  const [inServices, inOwner] = [matcherOf({ matchLabels: ofServices }), matcherOf(ofOwner ?? {})];
  const counts = (labels: Labels): boolean => inServices(labels) && inOwner(labels);
  const countKey = JSON.stringify([ofServices, ofOwner ?? null]);
  return systemDefaults.map((each) => ({ ...readConstraint({ ...each, whenUnsatisfiable: 'ScheduleAnyway' }, own), counts, countKey }));
}

function servicesOf(store: Store, { metadata: { namespace = 'default', labels = noLabels } }: PodObject): readonly Labels[] {
  const services = listObjects(store, { apiVersion: 'v1', kind: 'Service', namespace }) as readonly (StoredObject & {
    readonly spec?: { readonly selector?: Labels };
  })[];
  return services.flatMap(({ spec }) => {
    const selector = spec?.selector;
    return selector !== undefined && Object.keys(selector).length > 0 && matchesLabels({ matchLabels: selector }, labels) ? [selector] : [];
  });
}

function ownerSelector(store: Store, { metadata: { namespace = 'default', ownerReferences = [] } }: PodObject): LabelSelector | undefined {
  const owner = ownerReferences.find((reference) => reference.controller === true);
  if (owner === undefined) return undefined;
  const { apiVersion, kind, name } = owner;
  const isKnown = (apiVersion === 'v1' && kind === 'ReplicationController') || (apiVersion === 'apps/v1' && ['ReplicaSet', 'StatefulSet'].includes(kind));
  const selector = isKnown ? selectorOf(getObject(store, { apiVersion, kind, namespace, name })) : undefined;
  return kind === 'ReplicationController' && selector !== undefined ? { matchLabels: selector as Labels } : selector;
}

function selectorOf(object: StoredObject | undefined): LabelSelector | undefined {
  return (object as { readonly spec?: { readonly selector?: LabelSelector } } | undefined)?.spec?.selector;
}

/** Whether a node's pods count: nodes where the pod could not go by affinity (or taints) may be left out. Models matchNodeInclusionPolicies. */
export function isIncluded({ honorsAffinity, honorsTaints }: SpreadConstraint, pod: PodObject, node: NodeObject): boolean {
  if (honorsAffinity && !isAllowedByAffinity(pod, node)) return false;
  const { taints = [] } = node.spec ?? {};
  return !honorsTaints || untolerated(taints, (pod.spec.tolerations ?? []) as readonly Toleration[]).length === 0;
}

const knownCounts = new WeakMap<readonly PodObject[], Map<string, number>>();
/** A list of pods is asked for few selectors; beyond this they are forgotten. */
const countsKept = 64;

/** How many pods of a node count: of the pod's namespace, not being deleted. */
export function matchingPods({ parts }: NodeInfo, { counts, countKey }: SpreadConstraint, namespace: string): number {
  if (countKey === undefined) return 0;
  const name = `${namespace} ${countKey}`;
  const isCounted = ({ metadata }: PodObject): boolean =>
    metadata.deletionTimestamp === undefined && (metadata.namespace ?? 'default') === namespace && counts(metadata.labels ?? noLabels);
  return parts.reduce((total, pods) => {
    const known = knownCounts.get(pods) ?? new Map<string, number>();
    const count = known.get(name) ?? pods.filter(isCounted).length;
    if (known.size >= countsKept) known.clear();
    knownCounts.set(pods, known.set(name, count));
    return total + count;
  }, 0);
}
