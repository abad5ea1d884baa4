import { configMapKey, dnsLabel, dnsSubdomain, portName, relaxedEnvironmentVariableName } from '../../../reading/name-rules.ts';
import type { JsonObject } from '../../patch/json.ts';
import type { FieldCause } from '../../store/status-error.ts';
import { duplicate, forbidden, invalidValue, required, unsupported } from '../field-causes.ts';
import { has, numberAt, objectAt, objectsAt, optionalAt, textAt } from '../read-fields.ts';
import { downwardFieldCauses, downwardResourceCauses } from './downward-rules.ts';
import { mountCauses } from './mount-rules.ts';
import { nameCauses, requiredName } from './name-causes.ts';
import { portNumberCauses } from './number-causes.ts';
import { lifecycleCauses, probesCauses } from './probe-rules.ts';
import { resourceCauses } from './resource-rules.ts';

/** What the containers of a pod are looked at with. */
export interface ContainerContext {
  readonly volumes: ReadonlyMap<string, JsonObject>;
  readonly graceSeconds: number;
}

const protocols = ['SCTP', 'TCP', 'UDP'];
const pullPolicies = ['Always', 'IfNotPresent', 'Never'];
const messagePolicies = ['File', 'FallbackToLogsOnError'];

function portsCauses(ports: readonly JsonObject[], path: string): readonly FieldCause[] {
  const names = new Set<string>();
  return ports.flatMap((port, index) => {
    const at = `${path}[${index}]`;
    const [name, protocol] = [textAt(port, 'name'), textAt(port, 'protocol')];
    const [inside, host] = [numberAt(port, 'containerPort') ?? 0, numberAt(port, 'hostPort') ?? 0];
    const wrongName = name === '' ? [] : nameCauses(portName, `${at}.name`, name);
    const isRepeated = wrongName.length === 0 && names.has(name);
    if (wrongName.length === 0 && name !== '') names.add(name);
    return [
      ...wrongName,
      ...(isRepeated ? [duplicate(`${at}.name`, name)] : []),
      ...(inside === 0 ? [required(`${at}.containerPort`)] : portNumberCauses(`${at}.containerPort`, inside)),
      ...(host === 0 ? [] : portNumberCauses(`${at}.hostPort`, host)),
      ...(protocols.includes(protocol) ? [] : [unsupported(`${at}.protocol`, protocol, protocols)]),
    ];
  });
}

function envCauses(variables: readonly JsonObject[], path: string): readonly FieldCause[] {
  return variables.flatMap((variable, index) => {
    const at = `${path}[${index}]`;
    const name = textAt(variable, 'name');
    const source = optionalAt(variable, 'valueFrom');
    return [
      ...requiredName(relaxedEnvironmentVariableName, `${at}.name`, name),
      ...(source === undefined ? [] : envSourceCauses(source, `${at}.valueFrom`, textAt(variable, 'value') !== '')),
    ];
  });
}

function keyReferenceCauses(reference: JsonObject, path: string): readonly FieldCause[] {
  const key = textAt(reference, 'key');
  return [...nameCauses(dnsSubdomain, `${path}.name`, textAt(reference, 'name')), ...requiredName(configMapKey, `${path}.key`, key)];
}

function envSourceCauses(source: JsonObject, path: string, hasValue: boolean): readonly FieldCause[] {
  const field = optionalAt(source, 'fieldRef');
  const resource = optionalAt(source, 'resourceFieldRef');
  const keyed = ['configMapKeyRef', 'secretKeyRef'].filter((name) => has(source, name));
  const count = keyed.length + Number(field !== undefined) + Number(resource !== undefined) + Number(has(source, 'fileKeyRef'));
  const summary = (): readonly FieldCause[] => {
    if (count === 0) return [invalidValue(path, '', 'must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or `fileKeyRef`')];
    if (hasValue) return [invalidValue(path, '', 'may not be specified when `value` is not empty')];
    return count > 1 ? [invalidValue(path, '', 'may not have more than one field specified at a time')] : [];
  };
  return [
    ...(field === undefined ? [] : downwardFieldCauses(field, `${path}.fieldRef`, 'env')),
    ...(resource === undefined ? [] : downwardResourceCauses(resource, `${path}.resourceFieldRef`, false)),
    ...keyed.flatMap((name) => keyReferenceCauses(objectAt(source, name), `${path}.${name}`)),
    ...summary(),
  ];
}

function envFromCauses(sources: readonly JsonObject[], path: string): readonly FieldCause[] {
  return sources.flatMap((source, index) => {
    const prefix = textAt(source, 'prefix');
    const named = ['configMapRef', 'secretRef'].filter((name) => has(source, name));
    return [
      ...(prefix === '' ? [] : nameCauses(relaxedEnvironmentVariableName, `${path}[${index}].prefix`, prefix)),
      ...named.flatMap((name) => requiredName(dnsSubdomain, `${path}[${index}].${name}.name`, textAt(objectAt(source, name), 'name'))),
      ...(named.length === 0 ? [invalidValue(path, '', 'must specify one of: `configMapRef` or `secretRef`')] : []),
      ...(named.length > 1 ? [invalidValue(path, '', 'may not have more than one field specified at a time')] : []),
    ];
  });
}

/** What any container must be like. Models pkg/apis/core/validation validateContainerCommon. */
function commonCauses(container: JsonObject, path: string, { volumes }: ContainerContext): readonly FieldCause[] {
  const [messages, pull] = [textAt(container, 'terminationMessagePolicy'), textAt(container, 'imagePullPolicy')];
  return [
    ...requiredName(dnsLabel, `${path}.name`, textAt(container, 'name')),
    ...(textAt(container, 'image') === '' ? [required(`${path}.image`)] : []),
    ...(messagePolicies.includes(messages) ? [] : [unsupported(`${path}.terminationMessagePolicy`, messages, messagePolicies)]),
    ...portsCauses(objectsAt(container, 'ports'), `${path}.ports`),
    ...envCauses(objectsAt(container, 'env'), `${path}.env`),
    ...envFromCauses(objectsAt(container, 'envFrom'), `${path}.envFrom`),
    ...mountCauses(container, path, volumes),
    ...(pullPolicies.includes(pull) ? [] : [unsupported(`${path}.imagePullPolicy`, pull, pullPolicies)]),
    ...resourceCauses(objectAt(container, 'resources'), `${path}.resources`),
  ];
}

/** What is wrong with the containers of a pod. Models validateContainers. */
export function containersCauses(containers: readonly JsonObject[], path: string, context: ContainerContext): readonly FieldCause[] {
  if (containers.length === 0) return [required(path)];
  const names = new Set<string>();
  const each = containers.flatMap((container, index) => {
    const at = `${path}[${index}]`;
    const name = textAt(container, 'name');
    const isRepeated = names.has(name);
    names.add(name);
    return [
      ...commonCauses(container, at, context),
      ...(isRepeated ? [duplicate(`${at}.name`, name)] : []),
      ...lifecycleCauses(container, at, context.graceSeconds),
      ...probesCauses(container, at, context.graceSeconds),
      ...(has(container, 'restartPolicy')
        ? restartPolicyCauses(textAt(container, 'restartPolicy'), `${at}.restartPolicy`, ['Always', 'Never', 'OnFailure'])
        : []),
    ];
  });
  return [...each, ...hostPortCauses(containers, path)];
}

function restartPolicyCauses(policy: string, field: string, supported: readonly string[]): readonly FieldCause[] {
  return supported.includes(policy) ? [] : [unsupported(field, policy, supported)];
}

/** What is wrong with the init containers of a pod; one with restartPolicy Always is a sidecar and may have probes. Models validateInitContainers. */
export function initContainersCauses(spec: JsonObject, path: string, context: ContainerContext): readonly FieldCause[] {
  const names = new Set(objectsAt(spec, 'containers').map((container) => textAt(container, 'name')));
  return objectsAt(spec, 'initContainers').flatMap((container, index) => {
    const at = `${path}[${index}]`;
    const name = textAt(container, 'name');
    const policy = textAt(container, 'restartPolicy');
    const isRepeated = names.has(name);
    if (name !== '') names.add(name);
    const alone = ['lifecycle', 'livenessProbe', 'readinessProbe', 'startupProbe']
      .filter((field) => has(container, field))
      .map((field) => forbidden(`${at}.${field}`, 'may not be set for init containers without restartPolicy=Always'));
    return [
      ...commonCauses(container, at, context),
      ...(has(container, 'restartPolicy') ? restartPolicyCauses(policy, `${at}.restartPolicy`, ['Always', 'Never', 'OnFailure']) : []),
      ...(isRepeated ? [duplicate(`${at}.name`, name)] : []),
      ...hostPortCauses([container], path),
      ...(policy === 'Always' ? [...lifecycleCauses(container, at, context.graceSeconds), ...probesCauses(container, at, context.graceSeconds)] : alone),
    ];
  });
}

/** Two containers must not want the same port of the node. */
function hostPortCauses(containers: readonly JsonObject[], path: string): readonly FieldCause[] {
  const taken = new Set<string>();
  return containers.flatMap((container, index) =>
    objectsAt(container, 'ports').flatMap((port, place) => {
      const host = numberAt(port, 'hostPort') ?? 0;
      const key = `${textAt(port, 'protocol')}/${textAt(port, 'hostIP')}/${host}`;
      if (host === 0) return [];
      if (taken.has(key)) return [duplicate(`${path}[${index}].ports[${place}].hostPort`, key)];
      taken.add(key);
      return [];
    }),
  );
}
