import { dnsSubdomain, qualifiedName } from '../../../reading/name-rules.ts';
import { sameJson, without, type JsonObject } from '../../patch/json.ts';
import type { FieldCause } from '../../store/status-error.ts';
import { duplicate, invalidValue, required } from '../field-causes.ts';
import { goStruct } from '../go-struct.ts';
import type { KindRules } from '../kind-rules.ts';
import { numberAt, objectAt, objectsAt, textAt, textsAt } from '../read-fields.ts';
import { requiredName } from '../rules/name-causes.ts';
import { driverNameCauses } from '../rules/volume-source-rules.ts';

/** Bytes of a node's name in the driver's own words. */
const nodeIdBytesMax = 256;

function driverCauses(drivers: readonly JsonObject[]): readonly FieldCause[] {
  const names = drivers.map((driver) => textAt(driver, 'name'));
  return drivers.flatMap((driver, index) => {
    const path = `spec.drivers[${index}]`;
    const [name, nodeId, keys] = [names[index] ?? '', textAt(driver, 'nodeID'), textsAt(driver, 'topologyKeys')];
    const count = numberAt(objectAt(driver, 'allocatable'), 'count') ?? 0;
    return [
      ...driverNameCauses(`${path}.name`, name),
      ...(nodeId === '' ? [required(`${path}.nodeID`)] : []),
      ...(nodeId.length > nodeIdBytesMax ? [invalidValue(`${path}.nodeID`, nodeId, `must be ${nodeIdBytesMax} characters or less`)] : []),
      ...(count < 0 ? [invalidValue(`${path}.allocatable.count`, count, 'must be greater than or equal to 0')] : []),
      ...(names.indexOf(name) < index ? [duplicate(`${path}.name`, name)] : []),
      ...keys.flatMap((key) => requiredName(qualifiedName, `${path}.topologyKeys`, key)),
      ...keys.flatMap((key, place) => (keys.indexOf(key) < place ? [duplicate(`${path}.topologyKeys`, key)] : [])),
    ];
  });
}

/** CSINodes: which drivers a node has. Models pkg/apis/storage/validation ValidateCSINode. */
export const csiNodeRules: KindRules = {
  group: 'storage.k8s.io',
  kind: 'CSINode',
  nameRule: dnsSubdomain,
  validate: (object) => driverCauses(objectsAt(objectAt(object, 'spec'), 'drivers')),
  validateUpdate: (object, old) => {
    const drivers = objectsAt(objectAt(object, 'spec'), 'drivers');
    const before = objectsAt(objectAt(old, 'spec'), 'drivers');
    const changed = drivers.some((driver) => {
      const same = before.find((each) => textAt(each, 'name') === textAt(driver, 'name'));
      // How much fits may change; who the driver is on this node may not.
      return same !== undefined && !sameJson(without(driver, 'allocatable'), without(same, 'allocatable'));
    });
    return [...driverCauses(drivers), ...(changed ? [invalidValue('CSINodeDriver', goStruct('CSINodeDriver', drivers[0]), 'field is immutable')] : [])];
  },
};
