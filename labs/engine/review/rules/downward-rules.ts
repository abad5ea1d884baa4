import { qualifiedName } from '../../../reading/name-rules.ts';
import type { JsonObject } from '../../patch/json.ts';
import type { FieldCause } from '../../store/status-error.ts';
import { invalidValue, required, unsupported } from '../field-causes.ts';
import { has, textAt } from '../read-fields.ts';
import { nameCauses } from './name-causes.ts';
import { comparedAmounts } from './quantity-rules.ts';

const fieldPaths = {
  env: [
    ...['metadata.name', 'metadata.namespace', 'metadata.uid', 'spec.nodeName', 'spec.serviceAccountName', 'status.hostIP', 'status.hostIPs'],
    ...['status.podIP', 'status.podIPs'],
  ],
  volume: ['metadata.annotations', 'metadata.labels', 'metadata.name', 'metadata.namespace', 'metadata.uid'],
} as const;

/** Paths that the API server can read at all; what it cannot is refused with another sentence. */
const readable = new Set<string>([
  ...fieldPaths.env,
  ...fieldPaths.volume,
  'spec.restartPolicy',
  'spec.schedulerName',
  'status.phase',
  'status.nominatedNodeName',
]);
const resources = ['cpu', 'ephemeral-storage', 'memory'];
const resourcePaths = [...resources.map((name) => `limits.${name}`), ...resources.map((name) => `requests.${name}`)];

/** What is wrong with a reference to a field of the pod itself. Models pkg/apis/core/validation validateObjectFieldSelector. */
export function downwardFieldCauses(reference: JsonObject, path: string, where: 'env' | 'volume'): readonly FieldCause[] {
  const fieldPath = textAt(reference, 'fieldPath');
  if (fieldPath === '') return [required(`${path}.fieldPath`)];
  const subscripted = /^(.*)\['(.*)'\]$/u.exec(fieldPath);
  if (subscripted !== null) {
    const [, base = '', key = ''] = subscripted;
    if (base === 'metadata.annotations') return nameCauses(qualifiedName, path, key.toLowerCase());
    if (base === 'metadata.labels') return nameCauses(qualifiedName, path, key);
    return [invalidValue(`${path}.fieldPath`, fieldPath, `error converting fieldPath: field label does not support subscript`)];
  }
  if (!readable.has(fieldPath)) return [invalidValue(`${path}.fieldPath`, fieldPath, `error converting fieldPath: field label not supported: ${fieldPath}`)];
  const supported: readonly string[] = fieldPaths[where];
  return supported.includes(fieldPath) ? [] : [unsupported(`${path}.fieldPath`, fieldPath, supported)];
}

/** What is wrong with a reference to a container's requests or limits. Models validateContainerResourceFieldSelector. */
export function downwardResourceCauses(reference: JsonObject, path: string, needsContainer: boolean): readonly FieldCause[] {
  const resource = textAt(reference, 'resource');
  if (needsContainer && textAt(reference, 'containerName') === '') return [required(`${path}.containerName`)];
  if (resource === '') return [required(`${path}.resource`)];
  if (!resourcePaths.includes(resource) && !/^(?:limits|requests)\.hugepages-/u.test(resource))
    return [unsupported(`${path}.resource`, resource, resourcePaths)];
  return divisorCauses(reference, resource, path);
}

const sizes = ['1', '1k', '1M', '1G', '1T', '1P', '1E', '1Ki', '1Mi', '1Gi', '1Ti', '1Pi', '1Ei'];

function divisorCauses(reference: JsonObject, resource: string, path: string): readonly FieldCause[] {
  if (!has(reference, 'divisor') || comparedAmounts(reference.divisor, undefined) === 0) return [];
  const name = resource.slice(resource.indexOf('.') + 1);
  const divisor = textAt(reference, 'divisor');
  if (name === 'cpu') {
    const detail = "only divisor's values 1m and 1 are supported with the cpu resource";
    return divisor === '1m' || divisor === '1' ? [] : [invalidValue(`${path}.divisor`, resource, detail)];
  }
  const what = name === 'memory' ? 'memory' : name === 'ephemeral-storage' ? 'local ephemeral storage' : 'hugepages';
  const detail = `only divisor's values ${sizes.join(', ')} are supported with the ${what} resource`;
  return sizes.includes(divisor) ? [] : [invalidValue(`${path}.divisor`, resource, detail)];
}
