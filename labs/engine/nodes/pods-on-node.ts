import type { PodObject } from '../api/cluster-kinds.ts';
import { isKind } from '../api/kinds.ts';
import { objectIndex } from '../store/object-index.ts';
import type { Store } from '../store/store.ts';

const byNode = objectIndex((object) => (isKind(object, 'Pod') && (object.spec.nodeName ?? '') !== '' ? [object.spec.nodeName ?? ''] : []));

/** The pods that are bound to a node, ended ones too, by namespace and name. */
export function podsOnNode(store: Store, node: string): readonly PodObject[] {
  return byNode.find(store, { apiVersion: 'v1', kind: 'Pod' }, node) as readonly PodObject[];
}
