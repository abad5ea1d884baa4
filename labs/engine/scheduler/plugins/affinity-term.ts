import type { PodAffinityTerm, PodObject } from '../../api/cluster-kinds.ts';
import { matchesLabels, type Labels } from '../../api/selectors.ts';
import { getObject, type Store } from '../../store/store.ts';

/** A term and the pod that carries it. */
export interface Picking {
  readonly term: PodAffinityTerm;
  readonly owner: PodObject;
}

const noLabels: Labels = {};

/** Whether the namespace of a pod is among those of a term: named, selected by labels, or the owner's own if the term says nothing. */
function isInNamespace(store: Store, { term, owner }: Picking, { metadata: { namespace = 'default' } }: PodObject): boolean {
  const { namespaces = [], namespaceSelector } = term;
  if (namespaces.length === 0 && namespaceSelector === undefined) return namespace === (owner.metadata.namespace ?? 'default');
  if (namespaces.includes(namespace)) return true;
  if (namespaceSelector === undefined) return false;
  const labels = getObject(store, { apiVersion: 'v1', kind: 'Namespace', name: namespace })?.metadata.labels ?? noLabels;
  // Every namespace carries its name as a label.
  return matchesLabels(namespaceSelector, { 'kubernetes.io/metadata.name': namespace, ...labels });
}

/** Whether the labels that `keys` name are the same on both; labels that the owner lacks do not matter. */
function agree(keys: readonly string[], owner: Labels, candidate: Labels): boolean {
  return keys.every((key) => !Object.hasOwn(owner, key) || owner[key] === candidate[key]);
}

/** Whether a term picks a pod. Models kube-scheduler/framework AffinityTerm.Matches, with matchLabelKeys and mismatchLabelKeys. */
export function isPicked(store: Store, picking: Picking, candidate: PodObject): boolean {
  const { labelSelector, matchLabelKeys = [], mismatchLabelKeys = [] } = picking.term;
  const [owner, labels] = [picking.owner.metadata.labels ?? noLabels, candidate.metadata.labels ?? noLabels];
  return (
    matchesLabels(labelSelector, labels) &&
    agree(matchLabelKeys, owner, labels) &&
    mismatchLabelKeys.every((key) => !Object.hasOwn(owner, key) || owner[key] !== labels[key]) &&
    isInNamespace(store, picking, candidate)
  );
}

/** Whether all terms pick a pod; without terms none does. */
export function isPickedByAll(
  store: Store,
  { terms, owner }: { readonly terms: readonly PodAffinityTerm[]; readonly owner: PodObject },
  candidate: PodObject,
): boolean {
  return terms.length > 0 && terms.every((term) => isPicked(store, { term, owner }, candidate));
}
