import { dnsSubdomain } from '../../../reading/name-rules.ts';
import { fieldOf, type JsonObject } from '../../patch/json.ts';
import type { FieldCause } from '../../store/status-error.ts';
import { forbidden, invalidValue } from '../field-causes.ts';
import type { KindRules } from '../kind-rules.ts';
import { has, objectAt, objectsAt, textAt, withChanged, withDefaults, withStruct } from '../read-fields.ts';
import { taintCauses } from '../rules/taint-rules.ts';
import { comparedAmounts } from '../rules/quantity-rules.ts';

const noInfo = Object.fromEntries(
  [
    ...['machineID', 'systemUUID', 'bootID', 'kernelVersion', 'osImage', 'containerRuntimeVersion', 'kubeletVersion', 'kubeProxyVersion'],
    ...['operatingSystem', 'architecture'],
  ].map((field) => [field, '']),
);

/** What can be given away is all there is, unless the kubelet says less. */
function withAllocatable(status: JsonObject): JsonObject {
  const capacity = fieldOf(status, 'capacity');
  return capacity === undefined ? status : withDefaults(status, { allocatable: capacity });
}

/** The old field for one range of pod addresses and the new one for all of them go together. */
function withPodRanges(spec: JsonObject): JsonObject {
  const range = textAt(spec, 'podCIDR');
  return range === '' ? spec : withDefaults(spec, { podCIDRs: [range] });
}

function amountCauses(object: JsonObject): readonly FieldCause[] {
  return ['capacity', 'allocatable'].flatMap((list) => {
    const amounts = objectAt(objectAt(object, 'status'), list);
    return Object.keys(amounts).flatMap((name) => {
      const value = fieldOf(amounts, name) ?? '0';
      return comparedAmounts(value, undefined) < 0 ? [invalidValue(`status.${list}[${name}]`, value, 'must be greater than or equal to 0')] : [];
    });
  });
}

function specCauses(object: JsonObject): readonly FieldCause[] {
  return [...taintCauses(objectsAt(objectAt(object, 'spec'), 'taints'), 'spec.taints'), ...amountCauses(object)];
}

/** Nodes. Models pkg/apis/core/v1/defaults.go SetDefaults_NodeStatus and pkg/apis/core/validation ValidateNode. */
export const nodeRules: KindRules = {
  group: '',
  kind: 'Node',
  nameRule: dnsSubdomain,
  defaults: (object) => withChanged(withStruct(object, 'spec', withPodRanges), 'status', withAllocatable),
  prepare: (object) => ({
    ...object,
    status: withDefaults(objectAt(object, 'status'), { daemonEndpoints: { kubeletEndpoint: { Port: 0 } }, nodeInfo: noInfo }),
  }),
  prepareStatus: (object) => withChanged(object, 'status', withAllocatable),
  validate: specCauses,
  validateUpdate: (object, old) => {
    const [spec, before] = [objectAt(object, 'spec'), objectAt(old, 'spec')];
    const changes = (field: string): boolean => has(before, field) && textAt(before, field) !== textAt(spec, field);
    return [
      ...specCauses(object),
      ...['podCIDR', 'providerID'].filter(changes).map((field) => forbidden(`spec.${field}`, `node updates may not change ${field} except from "" to valid`)),
    ];
  },
};
