import type { JsonObject } from '../../../engine/patch/json.ts';
import { milliValue, parseQuantity, quantityValue } from '../../../reading/quantity.ts';
import { fieldAt, objectAt, objectsAt, textAt } from '../field-at.ts';

const isOptional = (reference: JsonObject): string => `Optional: ${String(reference.optional === true)}`;

/** kubectl can read two fields of a pod only; the value of any other is left out. */
const readableFields = ['metadata.name', 'metadata.namespace'];

/** A container's request or limit, in the unit that the reference names, rounded up. Models kubectl pkg/util/resource ExtractContainerResourceValue. */
function resourceValue(container: JsonObject, reference: JsonObject): string {
  const resource = textAt(reference, 'resource');
  const [list = '', ...name] = resource.split('.');
  const held = textAt({ held: objectAt(container, `resources.${list}`)[name.join('.')] ?? null }, 'held');
  const divisor = textAt(reference, 'divisor');
  const [quantity, unit] = [parseQuantity(held || '0'), parseQuantity(divisor === '' || divisor === '0' ? '1' : divisor)];
  if (!quantity.ok || !unit.ok) return '';
  const read = name[0] === 'cpu' ? milliValue : quantityValue;
  const [value, by] = [read(quantity.quantity), read(unit.quantity)];
  const text = String((value + by - 1n) / by);
  return text === '0' && (resource === 'limits.cpu' || resource === 'limits.memory') ? 'node allocatable' : text;
}

function variableLines(variable: JsonObject, container: JsonObject, pod: JsonObject): readonly string[] {
  const name = textAt(variable, 'name');
  if (fieldAt(variable, 'valueFrom') === undefined) {
    const [first = '', ...rest] = textAt(variable, 'value').split('\n');
    return [`${name}:\t${first}`, ...rest.map((line) => `\t${line}`)];
  }
  const { fieldRef, resourceFieldRef, secretKeyRef, configMapKeyRef } = objectAt(variable, 'valueFrom');
  const from = { fieldRef: fieldRef ?? null, resourceFieldRef: resourceFieldRef ?? null };
  const [secret, configMap] = [objectAt({ held: secretKeyRef ?? null }, 'held'), objectAt({ held: configMapKeyRef ?? null }, 'held')];
  if (fieldRef !== undefined) {
    const path = textAt(from, 'fieldRef.fieldPath');
    return [`${name}:\t${readableFields.includes(path) ? textAt(pod, path) : ''} (${textAt(from, 'fieldRef.apiVersion')}:${path})`];
  }
  if (resourceFieldRef !== undefined) {
    const reference = objectAt(from, 'resourceFieldRef');
    return [`${name}:\t${resourceValue(container, reference)} (${textAt(reference, 'resource')})`];
  }
  if (secretKeyRef !== undefined) return [`${name}:\t<set to the key '${textAt(secret, 'key')}' in secret '${textAt(secret, 'name')}'>\t${isOptional(secret)}`];
  if (configMapKeyRef === undefined) return [];
  return [`${name}:\t<set to the key '${textAt(configMap, 'key')}' of config map '${textAt(configMap, 'name')}'>\t${isOptional(configMap)}`];
}

function sourceLine(source: JsonObject): string {
  const isConfigMap = fieldAt(source, 'configMapRef') !== undefined;
  const reference = objectAt(source, isConfigMap ? 'configMapRef' : 'secretRef');
  const prefix = textAt(source, 'prefix');
  const from = `${isConfigMap ? 'ConfigMap' : 'Secret'}${prefix === '' ? '' : ` with prefix '${prefix}'`}`;
  return `  ${textAt(reference, 'name')}\t${from}\t${isOptional(reference)}`;
}

/** Where a container's variables come from. Models kubectl pkg/describe describeContainerEnvFrom and describeContainerEnvVars. */
export function environmentLines(container: JsonObject, pod: JsonObject): readonly string[] {
  const sources = objectsAt(container, 'envFrom');
  const variables = objectsAt(container, 'env');
  return [
    ...(sources.length === 0 ? [] : ['Environment Variables from:', ...sources.map((source) => sourceLine(source))]),
    `Environment:${variables.length === 0 ? '\t<none>' : ''}`,
    ...variables.flatMap((variable) => variableLines(variable, container, pod)).map((line) => `  ${line}`),
  ];
}
