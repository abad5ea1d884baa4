import { dnsSubdomain } from '../../../reading/name-rules.ts';
import type { JsonObject } from '../../patch/json.ts';
import type { FieldCause } from '../../store/status-error.ts';
import { podTemplateDefaults } from '../defaults/pod-spec-defaults.ts';
import type { KindRules } from '../kind-rules.ts';
import { objectAt, withDefaults, withStruct } from '../read-fields.ts';
import { nonNegativeCauses } from '../rules/number-causes.ts';
import { selectorAndTemplateCauses, selectorChangeCauses } from '../rules/pod-template-rules.ts';

function specCauses(spec: JsonObject): readonly FieldCause[] {
  const owner = { emptySelectorFor: 'deployment', kind: 'ReplicaSet' };
  return [...nonNegativeCauses(spec, 'spec', ['replicas', 'minReadySeconds']), ...selectorAndTemplateCauses(spec, owner)];
}

/** ReplicaSets. Models pkg/apis/apps/v1/defaults.go and pkg/apis/apps/validation ValidateReplicaSet, whose message about empty selectors names deployments. */
export const replicaSetRules: KindRules = {
  group: 'apps',
  kind: 'ReplicaSet',
  nameRule: dnsSubdomain,
  defaults: (object) => withStruct(object, 'spec', (spec) => withStruct(withDefaults(spec, { replicas: 1 }), 'template', podTemplateDefaults)),
  prepare: (object) => ({ ...object, status: { replicas: 0 } }),
  validate: (object) => specCauses(objectAt(object, 'spec')),
  validateUpdate: (object, old) => {
    const spec = objectAt(object, 'spec');
    return [...specCauses(spec), ...selectorChangeCauses(spec, objectAt(old, 'spec'))];
  },
};
