import { fieldOf, isList, isObject, sameJson, type Json, type JsonObject } from '../../patch/json.ts';
import type { FieldCause } from '../../store/status-error.ts';
import type { RequestedObject, StoredObject } from '../../store/stored-object.ts';
import { forbidden, invalidValue } from '../field-causes.ts';
import type { KindRules } from '../kind-rules.ts';
import { has, numberAt, objectAt, objectsAt, textAt } from '../read-fields.ts';
import { podOnlyCauses, podSpecCauses } from '../rules/pod-spec-rules.ts';
import { trustedPodRules } from './trusted-pod.ts';

function causesOf(object: RequestedObject): readonly FieldCause[] {
  const spec = objectAt(object, 'spec');
  return [...podSpecCauses(spec, { path: 'spec', podName: object.metadata.name ?? '' }), ...podOnlyCauses(spec)];
}

/** What an update may change, as the API server lists it. */
const changeable = [
  '`spec.containers[*].image`',
  '`spec.initContainers[*].image`',
  '`spec.activeDeadlineSeconds`',
  '`spec.tolerations` (only additions to existing tolerations)',
  '`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)',
].join(',');

function withOldImages(containers: Json | undefined, old: readonly JsonObject[]): Json | undefined {
  if (!isList(containers)) return containers;
  return containers.map((container, index) => {
    const image = old[index]?.image;
    return isObject(container) && image !== undefined ? { ...container, image } : container;
  });
}

/** The new spec with all allowed changes taken back. */
function comparableSpec(spec: JsonObject, old: JsonObject): JsonObject {
  const isGated = objectsAt(old, 'schedulingGates').length > 0;
  const wasNegative = (numberAt(old, 'terminationGracePeriodSeconds') ?? 0) < 0 && numberAt(spec, 'terminationGracePeriodSeconds') === 1;
  const fromOld = [
    ...['activeDeadlineSeconds', 'schedulingGates', 'tolerations'],
    ...(isGated ? ['nodeSelector', 'affinity'] : []),
    ...(wasNegative ? ['terminationGracePeriodSeconds'] : []),
  ];
  const kept = Object.entries(spec).filter(([field]) => !fromOld.includes(field));
  const taken = fromOld.flatMap((field) => (has(old, field) ? [[field, fieldOf(old, field) ?? null] as const] : []));
  const images = ['containers', 'initContainers'].flatMap((field) => {
    const list = withOldImages(fieldOf(spec, field), objectsAt(old, field));
    return list === undefined ? [] : [[field, list] as const];
  });
  return Object.fromEntries([...kept, ...taken, ...images]);
}

function deadlineCauses(spec: JsonObject, old: JsonObject): readonly FieldCause[] {
  const field = 'spec.activeDeadlineSeconds';
  const [deadline, before] = [numberAt(spec, 'activeDeadlineSeconds'), numberAt(old, 'activeDeadlineSeconds')];
  if (before === undefined) return [];
  if (deadline === undefined) return [invalidValue(field, null, 'must not update from a positive integer to nil value')];
  return deadline > before ? [invalidValue(field, deadline, 'must be less than or equal to previous value')] : [];
}

function tolerationChangeCauses(spec: JsonObject, old: JsonObject): readonly FieldCause[] {
  const untimed = (toleration: JsonObject): JsonObject => Object.fromEntries(Object.entries(toleration).filter(([field]) => field !== 'tolerationSeconds'));
  const present = objectsAt(spec, 'tolerations').map(untimed);
  const isKept = objectsAt(old, 'tolerations').every((toleration) => present.some((each) => sameJson(each, untimed(toleration))));
  return isKept ? [] : [forbidden('spec.tolerations', 'existing toleration can not be modified except its tolerationSeconds')];
}

function gateChangeCauses(spec: JsonObject, old: JsonObject): readonly FieldCause[] {
  const before = objectsAt(old, 'schedulingGates').map((gate) => textAt(gate, 'name'));
  return objectsAt(spec, 'schedulingGates').flatMap((gate, index) => {
    const name = textAt(gate, 'name');
    const detail = `only deletion is allowed, but found new scheduling gate '${name}'`;
    return before.includes(name) ? [] : [forbidden(`spec.schedulingGates[${index}].name`, detail)];
  });
}

/** What an update may not do. Models pkg/apis/core/validation ValidatePodUpdate; its last message goes on with a comparison, here left out. */
function updateCauses(object: RequestedObject, old: StoredObject): readonly FieldCause[] {
  const [spec, before] = [objectAt(object, 'spec'), objectAt(old, 'spec')];
  const causes = causesOf(object);
  for (const list of ['containers', 'initContainers']) {
    const [count, countBefore] = [objectsAt(spec, list).length, objectsAt(before, list).length];
    if (count !== countBefore) return [...causes, forbidden(`spec.${list}`, `pod updates may not add or remove containers`)];
  }
  return [
    ...causes,
    ...deadlineCauses(spec, before),
    ...tolerationChangeCauses(spec, before),
    ...gateChangeCauses(spec, before),
    ...(sameJson(comparableSpec(spec, before), before) ? [] : [forbidden('spec', `pod updates may not change fields other than ${changeable}`)]),
  ];
}

/** Pods, with all that is looked at. Models pkg/apis/core/validation ValidatePodCreate and ValidatePodUpdate. */
export const podRules: KindRules = { ...trustedPodRules, validate: causesOf, validateUpdate: updateCauses };
