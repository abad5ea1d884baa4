import { matchesLabels } from '../../api/selectors.ts';
import { fieldOf, type Json, type JsonObject } from '../../patch/json.ts';
import type { FieldCause } from '../../store/status-error.ts';
import { forbidden, immutableCauses, invalidValue, required, unsupported } from '../field-causes.ts';
import { annotationCauses } from '../metadata-rules.ts';
import { has, objectAt, optionalAt, textAt } from '../read-fields.ts';
import { labelSelectorCauses } from './label-selector-rules.ts';
import { labelCauses } from './name-causes.ts';
import { podSpecCauses } from './pod-spec-rules.ts';

/** The owner of a template, as messages name it. */
export interface TemplateOwner {
  /** As in `empty selector is invalid for …`. */
  readonly emptySelectorFor: string;
  /** As in `activeDeadlineSeconds in … is not Supported`. */
  readonly kind: string;
  /** A StatefulSet's template is not looked at as a pod: its claim templates become volumes only later, so the API server leaves it to the pods. */
  readonly leavesPodsUnchecked?: true;
}

/** What is wrong with the selector and the template of a workload. Models pkg/apis/apps/validation ValidatePodTemplateSpecForReplicaSet and its like. */
export function selectorAndTemplateCauses(spec: JsonObject, owner: TemplateOwner): readonly FieldCause[] {
  const selector = optionalAt(spec, 'selector');
  if (selector === undefined) return [required('spec.selector'), ...templateCauses(spec, undefined, owner)];
  const isEmpty = Object.keys(objectAt(selector, 'matchLabels')).length === 0 && !has(selector, 'matchExpressions');
  const wrong = labelSelectorCauses(selector, 'spec.selector');
  if (wrong.length > 0) {
    return [...wrong, invalidValue('spec.selector', selector, owner.leavesPodsUnchecked === true ? '' : 'invalid label selector')];
  }
  return [
    ...(isEmpty ? [invalidValue('spec.selector', selector, `empty selector is invalid for ${owner.emptySelectorFor}`)] : []),
    ...templateCauses(spec, selector, owner),
  ];
}

function templateCauses(spec: JsonObject, selector: JsonObject | undefined, { kind, leavesPodsUnchecked }: TemplateOwner): readonly FieldCause[] {
  const template = objectAt(spec, 'template');
  const [metadata, podSpec] = [objectAt(template, 'metadata'), objectAt(template, 'spec')];
  const labels = objectAt(metadata, 'labels');
  const isChosen = matchesLabels(selector, labels as Readonly<Record<string, string>>);
  const written: Json = fieldOf(metadata, 'labels') ?? null;
  const restart = textAt(podSpec, 'restartPolicy');
  const path = leavesPodsUnchecked === true ? 'spec.template' : 'spec.template.metadata';
  return [
    ...(isChosen ? [] : [invalidValue('spec.template.metadata.labels', written, '`selector` does not match template `labels`')]),
    ...labelCauses(`${path}.labels`, labels),
    ...annotationCauses(`${path}.annotations`, objectAt(metadata, 'annotations')),
    ...(leavesPodsUnchecked === true ? [] : podSpecCauses(podSpec, { path: 'spec.template.spec', podName: '' })),
    ...(restart === 'Always' ? [] : [unsupported('spec.template.spec.restartPolicy', restart, ['Always'])]),
    ...(has(podSpec, 'activeDeadlineSeconds')
      ? [forbidden('spec.template.spec.activeDeadlineSeconds', `activeDeadlineSeconds in ${kind} is not Supported`)]
      : []),
  ];
}

/** A workload keeps the selector that it was made with. */
export function selectorChangeCauses(spec: JsonObject, old: JsonObject): readonly FieldCause[] {
  return immutableCauses('spec.selector', fieldOf(spec, 'selector'), fieldOf(old, 'selector'));
}
