import type { NodeObject, PodObject } from '../../api/cluster-kinds.ts';
import { isKind } from '../../api/kinds.ts';
import type { Change } from '../../loop/controller.ts';
import { sameJson, type Json } from '../../patch/json.ts';

/** The node of a change, if it is new or one of the values changed: then it might do for a pod that it did not do for. */
export function changedNode({ type, object, before }: Change, ...values: readonly ((node: NodeObject) => Json | undefined)[]): NodeObject | undefined {
  if (type === 'DELETED' || !isKind(object, 'Node')) return undefined;
  const isSame = before !== undefined && isKind(before, 'Node') && values.every((value) => sameJson(value(before), value(object)));
  return isSame ? undefined : object;
}

const isOnNode = ({ spec, status }: PodObject): boolean => (spec.nodeName ?? '') !== '' && status?.phase !== 'Succeeded' && status?.phase !== 'Failed';

/** The pod that has just left its node, if the change is that: it was removed or has ended. */
export function podLeaving({ type, object, before }: Change): PodObject | undefined {
  if (!isKind(object, 'Pod')) return undefined;
  if (type === 'DELETED') return isOnNode(object) ? object : undefined;
  return before !== undefined && isKind(before, 'Pod') && isOnNode(before) && !isOnNode(object) ? object : undefined;
}

/** The pod that has just come to a node or got other labels there, if the change is that. */
export function podArriving({ type, object, before }: Change): PodObject | undefined {
  if (type === 'DELETED' || !isKind(object, 'Pod') || !isOnNode(object)) return undefined;
  const wasThere = before !== undefined && isKind(before, 'Pod') && isOnNode(before);
  return wasThere && sameJson(before.metadata.labels, object.metadata.labels) ? undefined : object;
}
