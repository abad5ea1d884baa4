import { dnsSubdomain } from '../../../reading/name-rules.ts';
import { fieldOf, type JsonObject } from '../../patch/json.ts';
import type { FieldCause } from '../../store/status-error.ts';
import { duplicate, immutableCauses, invalidValue, unsupported } from '../field-causes.ts';
import type { KindRules } from '../kind-rules.ts';
import { numberAt, objectAt, objectsAt, textAt, textsAt, withDefaults, withStruct } from '../read-fields.ts';

const groupPolicies = ['File', 'None', 'ReadWriteOnceWithFSType'];
const lifecycleModes = ['Persistent', 'Ephemeral'];
/** How long a token of a pod may be asked for: ten minutes to 136 years. */
const [tokenSecondsMin, tokenSecondsMax] = [600, 2 ** 32];
/** How often a node may ask its driver how many volumes it takes. */
const updatePeriodSecondsMin = 10;

function withSpecDefaults(spec: JsonObject): JsonObject {
  // An empty list counts as none.
  const modes = textsAt(spec, 'volumeLifecycleModes').length > 0 ? {} : { volumeLifecycleModes: ['Persistent'] };
  return {
    ...withDefaults(spec, {
      attachRequired: true,
      podInfoOnMount: false,
      storageCapacity: false,
      fsGroupPolicy: 'ReadWriteOnceWithFSType',
      requiresRepublish: false,
      seLinuxMount: false,
    }),
    ...modes,
  };
}

function tokenCauses(requests: readonly JsonObject[]): readonly FieldCause[] {
  const audiences = requests.map((request) => textAt(request, 'audience'));
  return requests.flatMap((request, index) => {
    const path = `spec.tokenRequests[${index}]`;
    const audience = audiences[index] ?? '';
    if (audiences.indexOf(audience) < index) return [duplicate(`${path}.audience`, audience)];
    const seconds = numberAt(request, 'expirationSeconds') ?? tokenSecondsMin;
    if (seconds < tokenSecondsMin) return [invalidValue(`${path}.expirationSeconds`, seconds, 'may not specify a duration less than 10 minutes')];
    return seconds > tokenSecondsMax ? [invalidValue(`${path}.expirationSeconds`, seconds, 'may not specify a duration larger than 2^32 seconds')] : [];
  });
}

function specCauses(spec: JsonObject): readonly FieldCause[] {
  const policy = textAt(spec, 'fsGroupPolicy');
  const period = numberAt(spec, 'nodeAllocatableUpdatePeriodSeconds') ?? updatePeriodSecondsMin;
  const periodField = 'spec.nodeAllocatableUpdatePeriodSeconds';
  return [
    ...(groupPolicies.includes(policy) ? [] : [unsupported('spec.fsGroupPolicy', policy, groupPolicies)]),
    ...tokenCauses(objectsAt(spec, 'tokenRequests')),
    ...textsAt(spec, 'volumeLifecycleModes')
      .filter((mode) => !lifecycleModes.includes(mode))
      .map((mode) => unsupported('spec.volumeLifecycleModes', mode, lifecycleModes)),
    ...(period < updatePeriodSecondsMin ? [invalidValue(periodField, period, `must be greater than or equal to ${updatePeriodSecondsMin} seconds`)] : []),
  ];
}

/** CSIDrivers: what a driver needs. Models pkg/apis/storage/v1/defaults.go SetDefaults_CSIDriver and pkg/apis/storage/validation ValidateCSIDriver. */
export const csiDriverRules: KindRules = {
  group: 'storage.k8s.io',
  kind: 'CSIDriver',
  nameRule: dnsSubdomain,
  defaults: (object) => withStruct(object, 'spec', withSpecDefaults),
  validate: (object) => specCauses(objectAt(object, 'spec')),
  validateUpdate: (object, old) => {
    const [spec, before] = [objectAt(object, 'spec'), objectAt(old, 'spec')];
    return [
      ...specCauses(spec),
      // The API server misspells the field so.
      ...immutableCauses('spec.attachedRequired', fieldOf(spec, 'attachRequired'), fieldOf(before, 'attachRequired')),
      ...immutableCauses('spec.volumeLifecycleModes', fieldOf(spec, 'volumeLifecycleModes'), fieldOf(before, 'volumeLifecycleModes')),
    ];
  },
};
