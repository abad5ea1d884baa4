import { dnsLabel, dnsSubdomain, qualifiedName } from '../../../reading/name-rules.ts';
import { fieldOf, type JsonObject } from '../../patch/json.ts';
import type { FieldCause } from '../../store/status-error.ts';
import { duplicate, invalidValue, required, unsupported } from '../field-causes.ts';
import { has, numberAt, objectAt, objectsAt, textAt } from '../read-fields.ts';
import { containersCauses, initContainersCauses } from './container-rules.ts';
import { dnsConfigCauses, hostAliasCauses } from './pod-dns-rules.ts';
import { labelCauses, nameCauses, optionalName } from './name-causes.ts';
import { affinityCauses, spreadCauses } from './placement-rules.ts';
import { checkedVolumes } from './pod-volume-rules.ts';
import { resourceCauses } from './resource-rules.ts';
import { tolerationCauses } from './taint-rules.ts';

const restartPolicies = ['Always', 'OnFailure', 'Never'];
const dnsPolicies = ['ClusterFirstWithHostNet', 'ClusterFirst', 'Default', 'None'];
const preemptionPolicies = ['PreemptLowerPriority', 'Never'];
const secondsMax = 2 ** 31 - 1;

/** Where a pod's spec stands: in a pod, whose name is known, or in a template. */
export interface PodPlace {
  readonly path: string;
  /** Empty in a template. */
  readonly podName: string;
}

/** What is wrong with a pod's spec. Models pkg/apis/core/validation ValidatePodSpec; security contexts and what only vendors use are not looked at. */
export function podSpecCauses(spec: JsonObject, { path, podName }: PodPlace): readonly FieldCause[] {
  const { byName: volumes, causes: wrongVolumes } = checkedVolumes(objectsAt(spec, 'volumes'), `${path}.volumes`, podName);
  const context = { volumes, graceSeconds: numberAt(spec, 'terminationGracePeriodSeconds') ?? 0 };
  const [restart, dns] = [textAt(spec, 'restartPolicy'), textAt(spec, 'dnsPolicy')];
  return [
    ...wrongVolumes,
    ...containersCauses(objectsAt(spec, 'containers'), `${path}.containers`, context),
    ...initContainersCauses(spec, `${path}.initContainers`, context),
    ...hostNetworkCauses(spec, path, podName !== ''),
    ...(restartPolicies.includes(restart) ? [] : [unsupported(`${path}.restartPolicy`, restart, restartPolicies)]),
    ...(dnsPolicies.includes(dns) ? [] : [unsupported(`${path}.dnsPolicy`, dns, dnsPolicies)]),
    ...labelCauses(`${path}.nodeSelector`, objectAt(spec, 'nodeSelector')),
    ...affinityCauses(objectAt(spec, 'affinity'), `${path}.affinity`),
    ...dnsConfigCauses(spec, `${path}.dnsConfig`),
    ...objectsAt(spec, 'readinessGates').flatMap((gate, index) =>
      nameCauses(qualifiedName, `${path}.readinessGates[${index}].conditionType`, textAt(gate, 'conditionType')),
    ),
    ...schedulingGateCauses(objectsAt(spec, 'schedulingGates'), `${path}.schedulingGates`),
    ...spreadCauses(objectsAt(spec, 'topologySpreadConstraints'), `${path}.topologySpreadConstraints`),
    ...namesCauses(spec, path),
  ];
}

/** With the node's network a container's port is the node's port. */
function hostNetworkCauses(spec: JsonObject, path: string, isPod: boolean): readonly FieldCause[] {
  if (spec.hostNetwork !== true) return [];
  return objectsAt(spec, 'containers').flatMap((container, index) =>
    objectsAt(container, 'ports').flatMap((port, place) => {
      const [host, inside] = [numberAt(port, 'hostPort') ?? 0, numberAt(port, 'containerPort') ?? 0];
      const field = `${path}.containers[${index}].ports[${place}].hostPort`;
      return (isPod || host !== 0) && host !== inside ? [invalidValue(field, host, 'must match `containerPort` when `hostNetwork` is true')] : [];
    }),
  );
}

function schedulingGateCauses(gates: readonly JsonObject[], path: string): readonly FieldCause[] {
  const names = gates.map((gate) => textAt(gate, 'name'));
  return names.flatMap((name, index) => [
    ...nameCauses(qualifiedName, `${path}[${index}]`, name),
    ...(names.indexOf(name) < index ? [duplicate(`${path}[${index}]`, name)] : []),
  ]);
}

/** Names and numbers that stand alone, and the lists behind them. */
function namesCauses(spec: JsonObject, path: string): readonly FieldCause[] {
  const deadline = numberAt(spec, 'activeDeadlineSeconds');
  const preemption = textAt(spec, 'preemptionPolicy');
  const runtimeClass = fieldOf(spec, 'runtimeClassName');
  return [
    ...optionalName(spec, path, 'serviceAccountName'),
    ...optionalName(spec, path, 'nodeName'),
    ...(deadline === undefined || (deadline >= 1 && deadline <= secondsMax)
      ? []
      : [invalidValue(`${path}.activeDeadlineSeconds`, deadline, `must be between 1 and ${secondsMax}, inclusive`)]),
    ...optionalName(spec, path, 'hostname', dnsLabel),
    ...optionalName(spec, path, 'subdomain', dnsLabel),
    ...tolerationCauses(objectsAt(spec, 'tolerations'), `${path}.tolerations`),
    ...hostAliasCauses(spec, `${path}.hostAliases`),
    ...optionalName(spec, path, 'priorityClassName'),
    ...(typeof runtimeClass === 'string' ? nameCauses(dnsSubdomain, `${path}.runtimeClassName`, runtimeClass) : []),
    ...(!has(spec, 'preemptionPolicy') || preemptionPolicies.includes(preemption)
      ? []
      : [unsupported(`${path}.preemptionPolicy`, preemption, preemptionPolicies)]),
    ...(has(spec, 'overhead') ? resourceCauses({ limits: objectAt(spec, 'overhead') }, `${path}.overhead`) : []),
  ];
}

/** What is wrong with a pod that would be right as a template. Models validateContainersOnlyForPod and validatePodMetadataAndSpec. */
export function podOnlyCauses(spec: JsonObject): readonly FieldCause[] {
  const padded = ['containers', 'initContainers'].flatMap((list) =>
    objectsAt(spec, list).flatMap((container, index) => {
      const image = textAt(container, 'image');
      return image === image.trim() ? [] : [invalidValue(`spec.${list}[${index}].image`, image, 'must not have leading or trailing whitespace')];
    }),
  );
  return has(spec, 'terminationGracePeriodSeconds') ? padded : [required('spec.terminationGracePeriodSeconds'), ...padded];
}
