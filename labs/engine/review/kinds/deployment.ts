import { dnsSubdomain } from '../../../reading/name-rules.ts';
import type { Json, JsonObject } from '../../patch/json.ts';
import { fieldOf } from '../../patch/json.ts';
import type { FieldCause } from '../../store/status-error.ts';
import { podTemplateDefaults } from '../defaults/pod-spec-defaults.ts';
import { forbidden, invalidValue, required, unsupported } from '../field-causes.ts';
import type { KindRules } from '../kind-rules.ts';
import { has, numberAt, objectAt, textAt, withChanged, withDefaults, withStruct } from '../read-fields.ts';
import { nonNegativeCauses } from '../rules/number-causes.ts';
import { selectorAndTemplateCauses, selectorChangeCauses } from '../rules/pod-template-rules.ts';

const owner = { emptySelectorFor: 'deployment', kind: 'ReplicaSet' };
const rolling = { maxUnavailable: '25%', maxSurge: '25%' };

function withStrategy(strategy: JsonObject): JsonObject {
  const typed = withDefaults(strategy, { type: 'RollingUpdate' });
  if (textAt(typed, 'type') !== 'RollingUpdate') return typed;
  return withChanged(withDefaults(typed, { rollingUpdate: {} }), 'rollingUpdate', (parameters) => withDefaults(parameters, rolling));
}

function withSpecDefaults(spec: JsonObject): JsonObject {
  const filled = withDefaults(spec, { replicas: 1, revisionHistoryLimit: 10, progressDeadlineSeconds: 600 });
  return withStruct(withStruct(filled, 'strategy', withStrategy), 'template', podTemplateDefaults);
}

const percent = /^\d+%$/u;
const percentSentence =
  "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')";

/** A number of pods, or a share of them. */
function shareCauses(field: string, value: Json): readonly FieldCause[] {
  if (typeof value === 'string') return percent.test(value) ? [] : [invalidValue(field, value, percentSentence)];
  return Number(value) < 0 ? [invalidValue(field, value, 'must be greater than or equal to 0')] : [];
}

const isNone = (value: Json): boolean => value === 0 || value === '' || (typeof value === 'string' && percent.test(value) && Number.parseInt(value, 10) === 0);
const isMoreThanAll = (value: Json): boolean => typeof value === 'string' && percent.test(value) && Number.parseInt(value, 10) > 100;

/** What is wrong with how old pods are replaced. Models pkg/apis/apps/validation ValidateDeploymentStrategy. */
function strategyCauses(strategy: JsonObject): readonly FieldCause[] {
  const type = textAt(strategy, 'type');
  const field = 'spec.strategy.rollingUpdate';
  if (type === 'Recreate') return has(strategy, 'rollingUpdate') ? [forbidden(field, "may not be specified when strategy `type` is 'Recreate'")] : [];
  if (type !== 'RollingUpdate') return [unsupported('spec.strategy.type', type, ['Recreate', 'RollingUpdate'])];
  if (!has(strategy, 'rollingUpdate')) return [required(field, 'this should be defaulted and never be nil')];
  const parameters = objectAt(strategy, 'rollingUpdate');
  const [unavailable, surge] = [fieldOf(parameters, 'maxUnavailable') ?? 0, fieldOf(parameters, 'maxSurge') ?? 0];
  return [
    ...shareCauses(`${field}.maxUnavailable`, unavailable),
    ...shareCauses(`${field}.maxSurge`, surge),
    ...(isNone(unavailable) && isNone(surge) ? [invalidValue(`${field}.maxUnavailable`, unavailable, 'may not be 0 when `maxSurge` is 0')] : []),
    ...(isMoreThanAll(unavailable) ? [invalidValue(`${field}.maxUnavailable`, unavailable, 'must not be greater than 100%')] : []),
  ];
}

function specCauses(spec: JsonObject): readonly FieldCause[] {
  const deadline = numberAt(spec, 'progressDeadlineSeconds');
  const minimum = numberAt(spec, 'minReadySeconds') ?? 0;
  const deadlineField = 'spec.progressDeadlineSeconds';
  return [
    ...nonNegativeCauses(spec, 'spec', ['replicas']),
    ...selectorAndTemplateCauses(spec, owner),
    ...strategyCauses(objectAt(spec, 'strategy')),
    ...nonNegativeCauses(spec, 'spec', ['minReadySeconds', 'revisionHistoryLimit', 'progressDeadlineSeconds']),
    ...(deadline !== undefined && deadline <= minimum ? [invalidValue(deadlineField, deadline, 'must be greater than minReadySeconds')] : []),
  ];
}

/** Deployments. Models pkg/apis/apps/v1/defaults.go and pkg/apis/apps/validation ValidateDeployment. */
export const deploymentRules: KindRules = {
  group: 'apps',
  kind: 'Deployment',
  nameRule: dnsSubdomain,
  defaults: (object) => withStruct(object, 'spec', withSpecDefaults),
  prepare: (object) => ({ ...object, status: {} }),
  validate: (object) => specCauses(objectAt(object, 'spec')),
  validateUpdate: (object, old) => {
    const spec = objectAt(object, 'spec');
    return [...specCauses(spec), ...selectorChangeCauses(spec, objectAt(old, 'spec'))];
  },
};
