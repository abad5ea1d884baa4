import { dnsSubdomain } from '../../../reading/name-rules.ts';
import { conflict, type StatusError } from '../../store/status-error.ts';
import type { RequestedObject, StoredObject } from '../../store/stored-object.ts';
import { timestampOf } from '../../store/timestamp.ts';
import { podDefaults } from '../defaults/pod-spec-defaults.ts';
import { qosClass } from '../defaults/qos-class.ts';
import type { KindRules, ReviewContext } from '../kind-rules.ts';
import { objectAt, objectsAt, textAt, withStruct } from '../read-fields.ts';

const timeOf = ({ store, nowMs }: ReviewContext): string => timestampOf(store.startUnixMs + nowMs);

/** The first status. A gated pod says at once why it is not looked at. Models pkg/registry/core/pod/strategy.go PrepareForCreate. */
function prepared(object: RequestedObject): RequestedObject {
  const spec = objectAt(object, 'spec');
  const isGated = objectsAt(spec, 'schedulingGates').length > 0;
  const gated = {
    type: 'PodScheduled',
    status: 'False',
    reason: 'SchedulingGated',
    message: 'Scheduling is blocked due to non-empty scheduling gates',
  };
  return { ...object, status: { phase: 'Pending', ...(isGated && { conditions: [gated] }), qosClass: qosClass(spec) } };
}

/** The scheduler's word: sets the node once, and the condition with it. Models pkg/registry/core/pod/storage setPodNodeAndMetadata. */
function bound(object: RequestedObject, old: StoredObject, context: ReviewContext): RequestedObject | StatusError {
  const { name } = old.metadata;
  const [nodeName, before] = [textAt(objectAt(object, 'spec'), 'nodeName'), textAt(objectAt(old, 'spec'), 'nodeName')];
  const refused = (because: string): StatusError => conflict('pods/binding', name, because);
  if (old.metadata.deletionTimestamp !== undefined) return refused(`pod ${name} is being deleted, cannot be assigned to a host`);
  if (before !== '') return refused(`pod ${name} is already assigned to node ${JSON.stringify(before)}`);
  if (objectsAt(objectAt(old, 'spec'), 'schedulingGates').length > 0) return refused(`pod ${name} has non-empty .spec.schedulingGates`);
  const status = objectAt(old, 'status');
  const others = objectsAt(status, 'conditions').filter((condition) => textAt(condition, 'type') !== 'PodScheduled');
  const condition = { type: 'PodScheduled', status: 'True', lastTransitionTime: timeOf(context) };
  const bindable: RequestedObject = { ...old, metadata: object.metadata, spec: { ...objectAt(old, 'spec'), nodeName } };
  return { ...bindable, status: { ...status, conditions: [...others, condition] } };
}

/**
 * Pods that no learner wrote: defaults, status and binding without validation: 1.4 kB compressed instead of 9 kB for `podRules`. For labs whose pods come
 * from scenarios that a test has applied with `podRules`.
 */
export const trustedPodRules: KindRules = {
  group: '',
  kind: 'Pod',
  nameRule: dnsSubdomain,
  defaults: (object) => withStruct(object, 'spec', podDefaults),
  prepare: prepared,
  bind: bound,
};
