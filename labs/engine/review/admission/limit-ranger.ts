import { milliValue } from '../../../reading/quantity.ts';
import type { Json, JsonObject } from '../../patch/json.ts';
import { listObjects, type Store } from '../../store/store.ts';
import type { RequestedObject } from '../../store/stored-object.ts';
import type { AdmissionPlugin } from '../admission-plugin.ts';
import { objectAt, objectsAt, textAt } from '../read-fields.ts';
import { podAmounts } from '../rules/pod-resources.ts';
import { comparedAmounts, quantityOf } from '../rules/quantity-rules.ts';
import { refusal } from './refusal.ts';

/** All limits of a namespace, LimitRange by LimitRange. */
function limitsOf(store: Store, namespace: string): readonly JsonObject[] {
  return listObjects(store, { apiVersion: 'v1', kind: 'LimitRange', namespace }).flatMap((range) => objectsAt(objectAt(range, 'spec'), 'limits'));
}

interface Filled {
  readonly container: JsonObject;
  /** What was filled in, in words. */
  readonly notes: readonly string[];
}

function filled(container: JsonObject, limit: JsonObject, kind: string): Filled {
  const resources = objectAt(container, 'resources');
  const lists = [
    { list: 'requests', word: 'request', from: objectAt(limit, 'defaultRequest') },
    { list: 'limits', word: 'limit', from: objectAt(limit, 'default') },
  ].map((each) => ({ ...each, missing: Object.keys(each.from).filter((name) => !Object.hasOwn(objectAt(resources, each.list), name)) }));
  const notes = lists.flatMap(({ word, missing }) =>
    missing.length === 0 ? [] : [`${missing.toSorted().join(', ')} ${word} for ${kind} ${textAt(container, 'name')}`],
  );
  if (notes.length === 0) return { container, notes };
  const added = lists.flatMap(({ list, from, missing }): [string, Json][] => (missing.length === 0 ? [] : [[list, { ...from, ...objectAt(resources, list) }]]));
  return { container: { ...container, resources: { ...resources, ...Object.fromEntries(added) } }, notes };
}

/** A pod whose containers have what they left out. */
function withDefaultResources(object: RequestedObject, limits: readonly JsonObject[]): RequestedObject {
  let spec = objectAt(object, 'spec');
  const notes: string[] = [];
  for (const limit of limits.filter((each) => textAt(each, 'type') === 'Container')) {
    for (const [list, kind] of [
      ['containers', 'container'],
      ['initContainers', 'init container'],
    ] as const) {
      const done = objectsAt(spec, list).map((container) => filled(container, limit, kind));
      if (done.every((each) => each.notes.length === 0)) continue;
      notes.push(...done.flatMap((each) => each.notes));
      spec = { ...spec, [list]: done.map(({ container }) => container) };
    }
  }
  if (notes.length === 0) return object;
  const annotations = { ...object.metadata.annotations, 'kubernetes.io/limit-ranger': `LimitRanger plugin set: ${notes.join('; ')}` };
  return { ...object, metadata: { ...object.metadata, annotations }, spec };
}

interface Usage {
  readonly type: string;
  readonly requests: JsonObject;
  readonly limits: JsonObject;
}

function belowMinimum(name: string, { type, requests, limits }: Usage, least: string): readonly string[] {
  const start = `minimum ${name} usage per ${type} is ${least}`;
  if (requests[name] === undefined) return [`${start}.  No request is specified`];
  if (comparedAmounts(requests[name], least) < 0) return [`${start}, but request is ${textAt(requests, name)}`];
  return limits[name] !== undefined && comparedAmounts(limits[name], least) < 0 ? [`${start}, but limit is ${textAt(limits, name)}`] : [];
}

function aboveMaximum(name: string, { type, requests, limits }: Usage, most: string): readonly string[] {
  const start = `maximum ${name} usage per ${type} is ${most}`;
  // Claims have no limits: what counts is the request.
  if (type !== 'PersistentVolumeClaim') {
    if (limits[name] === undefined) return [`${start}.  No limit is specified`];
    if (comparedAmounts(limits[name], most) > 0) return [`${start}, but limit is ${textAt(limits, name)}`];
  } else if (requests[name] === undefined) return [`${start}.  No request is specified`];
  return requests[name] !== undefined && comparedAmounts(requests[name], most) > 0 ? [`${start}, but request is ${textAt(requests, name)}`] : [];
}

function aboveRatio(name: string, { type, requests, limits }: Usage, most: string): readonly string[] {
  const start = `${name} max limit to request ratio per ${type} is ${most}`;
  const [request, limit] = [Number(milliValue(quantityOf(requests[name]))), Number(milliValue(quantityOf(limits[name])))];
  if (request === 0) return [`${start}, but no request is specified or request is 0`];
  if (limit === 0) return [`${start}, but no limit is specified or limit is 0`];
  return (limit / request) * 1000 > Number(milliValue(quantityOf(most))) ? [`${start}, but provided ratio is ${(limit / request).toFixed(6)}`] : [];
}

/** What of a request is outside a limit. */
function outside(usage: Usage, limit: JsonObject): readonly string[] {
  const each = (list: string, check: typeof aboveMaximum): readonly string[] => {
    const bounds = objectAt(limit, list);
    return Object.keys(bounds).flatMap((name) => check(name, usage, textAt(bounds, name)));
  };
  return [...each('min', belowMinimum), ...each('max', aboveMaximum), ...each('maxLimitRequestRatio', aboveRatio)];
}

function usagesOf(object: RequestedObject, type: string): readonly Usage[] {
  const spec = objectAt(object, 'spec');
  const usage = (resources: JsonObject): Usage => ({ type, requests: objectAt(resources, 'requests'), limits: objectAt(resources, 'limits') });
  if (object.kind === 'PersistentVolumeClaim') return type === object.kind ? [usage(objectAt(spec, 'resources'))] : [];
  if (type === 'Container') return [...objectsAt(spec, 'containers'), ...objectsAt(spec, 'initContainers')].map((each) => usage(objectAt(each, 'resources')));
  return type === 'Pod' ? [{ type, requests: podAmounts(spec, 'requests'), limits: podAmounts(spec, 'limits') }] : [];
}

/** Pods get what LimitRanges say where they leave it out; pods and claims outside of the bounds are refused. Models plugin/pkg/admission/limitranger. */
export const limitRanger: AdmissionPlugin = {
  name: 'LimitRanger',
  kinds: ['Pod', 'PersistentVolumeClaim'],
  mutate: ({ object, old, store }) => {
    if (object.kind !== 'Pod' || old !== undefined) return object;
    return withDefaultResources(object, limitsOf(store, object.metadata.namespace ?? 'default'));
  },
  validate: ({ object, old, store }) => {
    if (object.kind === 'Pod' && old !== undefined) return undefined;
    const limits = limitsOf(store, object.metadata.namespace ?? 'default');
    const wrong = limits.flatMap((limit) => usagesOf(object, textAt(limit, 'type')).flatMap((usage) => outside(usage, limit)));
    const [first, ...others] = [...new Set(wrong)];
    if (first === undefined) return undefined;
    return refusal(object, others.length === 0 ? first : `[${[first, ...others].join(', ')}]`);
  },
};
