import { dnsSubdomain } from '../../../reading/name-rules.ts';
import { sameJson, without, type JsonObject } from '../../patch/json.ts';
import type { FieldCause } from '../../store/status-error.ts';
import { claimSpecDefaults } from '../defaults/claim-spec-defaults.ts';
import { podTemplateDefaults } from '../defaults/pod-spec-defaults.ts';
import { forbidden, invalidValue, unsupported } from '../field-causes.ts';
import { goStruct } from '../go-struct.ts';
import type { KindRules } from '../kind-rules.ts';
import { objectAt, optionalAt, textAt, withChanged, withDefaults, withEach, withStruct } from '../read-fields.ts';
import { nonNegativeCauses } from '../rules/number-causes.ts';
import { selectorAndTemplateCauses } from '../rules/pod-template-rules.ts';

const policies = ['OrderedReady', 'Parallel'];
const retentions = ['Delete', 'Retain'];

function claimTemplate(claim: JsonObject): JsonObject {
  const typed = withDefaults(claim, { apiVersion: 'v1', kind: 'PersistentVolumeClaim' });
  return withStruct(withStruct(typed, 'spec', claimSpecDefaults), 'status', (status) => withDefaults(status, { phase: 'Pending' }));
}

function withStrategy(strategy: JsonObject): JsonObject {
  const typed = withDefaults(strategy, { type: 'RollingUpdate' });
  if (textAt(typed, 'type') !== 'RollingUpdate') return typed;
  return withChanged(withDefaults(typed, { rollingUpdate: {} }), 'rollingUpdate', (parameters) => withDefaults(parameters, { partition: 0 }));
}

function withSpecDefaults(spec: JsonObject): JsonObject {
  const filled = withDefaults(spec, {
    podManagementPolicy: 'OrderedReady',
    replicas: 1,
    revisionHistoryLimit: 10,
    persistentVolumeClaimRetentionPolicy: {},
  });
  const retained = withChanged(filled, 'persistentVolumeClaimRetentionPolicy', (policy) =>
    withDefaults(policy, { whenDeleted: 'Retain', whenScaled: 'Retain' }),
  );
  const complete = withEach(withStruct(retained, 'updateStrategy', withStrategy), 'volumeClaimTemplates', claimTemplate);
  return withStruct(complete, 'template', podTemplateDefaults);
}

function strategyCauses(strategy: JsonObject): readonly FieldCause[] {
  const field = 'spec.updateStrategy';
  const parameters = optionalAt(strategy, 'rollingUpdate');
  switch (textAt(strategy, 'type')) {
    case 'OnDelete':
      return parameters === undefined
        ? []
        : [invalidValue(`${field}.rollingUpdate`, goStruct('RollingUpdateStatefulSetStrategy', parameters), "only allowed for updateStrategy 'RollingUpdate'")];
    case 'RollingUpdate':
      return parameters === undefined ? [] : nonNegativeCauses(parameters, `${field}.rollingUpdate`, ['partition']);
    default:
      return [invalidValue(field, goStruct('StatefulSetUpdateStrategy', strategy), "must be 'RollingUpdate' or 'OnDelete'")];
  }
}

function specCauses(spec: JsonObject): readonly FieldCause[] {
  const policy = textAt(spec, 'podManagementPolicy');
  const retention = objectAt(spec, 'persistentVolumeClaimRetentionPolicy');
  return [
    ...(policies.includes(policy) ? [] : [invalidValue('spec.podManagementPolicy', policy, "must be 'OrderedReady' or 'Parallel'")]),
    ...strategyCauses(objectAt(spec, 'updateStrategy')),
    ...['whenDeleted', 'whenScaled'].flatMap((field) => {
      const value = textAt(retention, field);
      return retentions.includes(value) ? [] : [unsupported(`spec.persistentVolumeClaimRetentionPolicy.${field}`, value, retentions)];
    }),
    ...nonNegativeCauses(spec, 'spec', ['replicas', 'minReadySeconds']),
    ...nonNegativeCauses(objectAt(spec, 'ordinals'), 'spec.ordinals', ['start']),
    ...selectorAndTemplateCauses(spec, { emptySelectorFor: 'statefulset', kind: 'StatefulSet', leavesPodsUnchecked: true }),
  ];
}

const free = ['replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy', 'minReadySeconds'];
const frozen =
  "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden";

/** StatefulSets. Models pkg/apis/apps/v1/defaults.go and pkg/apis/apps/validation ValidateStatefulSet. */
export const statefulSetRules: KindRules = {
  group: 'apps',
  kind: 'StatefulSet',
  nameRule: dnsSubdomain,
  defaults: (object) => withStruct(object, 'spec', withSpecDefaults),
  prepare: (object) => ({ ...object, status: { replicas: 0, availableReplicas: 0 } }),
  validate: (object) => specCauses(objectAt(object, 'spec')),
  validateUpdate: (object, old) => {
    const [spec, before] = [objectAt(object, 'spec'), objectAt(old, 'spec')];
    return [...specCauses(spec), ...(sameJson(without(spec, ...free), without(before, ...free)) ? [] : [forbidden('spec', frozen)])];
  },
};
