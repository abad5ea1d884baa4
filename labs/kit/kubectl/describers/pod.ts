import { selectorText, type LabelSelector } from '../../../engine/api/selectors.ts';
import type { JsonObject } from '../../../engine/patch/json.ts';
import { qosClass } from '../../../engine/review/defaults/qos-class.ts';
import { goSorted } from '../go-sort.ts';
import { fieldAt, numberAt, objectAt, objectsAt, textAt } from '../field-at.ts';
import { dateAt } from '../moment.ts';
import { claimLines, statusLine } from './claim.ts';
import { containerLines, resourceLines, seccompLines } from './container.ts';
import { annotationLines, column, indented, labelLines, type Describer } from './description.ts';
import { sourceLines } from './volume-source.ts';

/** A line if there is something to say. */
const present = (title: string, text: string): readonly string[] => (text === '' ? [] : [`${title}:\t${text}`]);

function placeLines(pod: JsonObject): readonly string[] {
  const node = textAt(pod, 'spec.nodeName');
  return [
    ...(fieldAt(pod, 'spec.priority') === undefined ? [] : [`Priority:\t${textAt(pod, 'spec.priority')}`]),
    ...present('Priority Class Name', textAt(pod, 'spec.priorityClassName')),
    ...present('Runtime Class Name', textAt(pod, 'spec.runtimeClassName')),
    ...present('Service Account', textAt(pod, 'spec.serviceAccountName')),
    `Node:\t${node === '' ? '<none>' : `${node}/${textAt(pod, 'status.hostIP')}`}`,
    ...(fieldAt(pod, 'status.startTime') === undefined ? [] : [`Start Time:\t${dateAt(pod, 'status.startTime')}`]),
  ];
}

function statusLines(pod: JsonObject, nowMs: number): readonly string[] {
  const phase = textAt(pod, 'status.phase');
  const isEnding = fieldAt(pod, 'metadata.deletionTimestamp') !== undefined && phase !== 'Failed' && phase !== 'Succeeded';
  const grace = numberAt(pod, 'metadata.deletionGracePeriodSeconds');
  const addresses = objectsAt(pod, 'status.podIPs');
  const owner = objectsAt(pod, 'metadata.ownerReferences').find(({ controller }) => controller === true);
  return [
    ...(isEnding ? [statusLine(pod, nowMs), `Termination Grace Period:\t${grace}s`] : [`Status:\t${phase}`]),
    ...present('Reason', textAt(pod, 'status.reason')),
    ...present('Message', textAt(pod, 'status.message')),
    ...seccompLines(objectAt(pod, 'spec')),
    `IP:\t${textAt(pod, 'status.podIP')}`,
    ...(addresses.length === 0 ? ['IPs:\t<none>'] : ['IPs:', ...addresses.map((each) => `  IP:\t${textAt(each, 'ip')}`)]),
    ...(owner === undefined ? [] : [`Controlled By:\t${textAt(owner, 'kind')}/${textAt(owner, 'name')}`]),
    ...present('NominatedNodeName', textAt(pod, 'status.nominatedNodeName')),
  ];
}

function conditionLines(pod: JsonObject): readonly string[] {
  const conditions = objectsAt(pod, 'status.conditions');
  const gates = objectsAt(pod, 'spec.readinessGates');
  const statusOf = (wanted: string): string =>
    textAt(
      conditions.find(({ type }) => type === wanted),
      'status',
    ) || '<none>';
  return [
    ...(gates.length === 0
      ? []
      : ['Readiness Gates:', '  Type\tStatus', ...gates.map((gate) => `  ${textAt(gate, 'conditionType')} \t${statusOf(textAt(gate, 'conditionType'))} `)]),
    ...(conditions.length === 0
      ? []
      : ['Conditions:', '  Type\tStatus', ...conditions.map((each) => `  ${textAt(each, 'type')} \t${textAt(each, 'status')} `)]),
  ];
}

function volumeLines(pod: JsonObject): readonly string[] {
  const volumes = objectsAt(pod, 'spec.volumes');
  if (volumes.length === 0) return ['Volumes:\t<none>'];
  const lines = volumes.flatMap((volume) => {
    const source = sourceLines(volume, claimLines);
    return [`  ${textAt(volume, 'name')}:`, ...(source === undefined ? ['  <unknown>'] : indented(source, '    '))];
  });
  return ['Volumes:', ...lines];
}

/** `key=value:Effect op=Exists for 300s`. */
function tolerationText(toleration: JsonObject): string {
  const [key, value, effect] = [textAt(toleration, 'key'), textAt(toleration, 'value'), textAt(toleration, 'effect')];
  const what = `${key}${value === '' ? '' : `=${value}`}${effect === '' ? '' : `:${effect}`}`;
  const exists = toleration.operator === 'Exists' && value === '' ? 'op=Exists' : '';
  const seconds = fieldAt(toleration, 'tolerationSeconds');
  return `${what}${what !== '' && exists !== '' ? ' ' : ''}${exists}${seconds === undefined ? '' : ` for ${textAt(toleration, 'tolerationSeconds')}s`}`;
}

function spreadText(constraint: JsonObject): string {
  const selector = fieldAt(constraint, 'labelSelector') as LabelSelector | undefined;
  const rule = `${textAt(constraint, 'topologyKey')}:${textAt(constraint, 'whenUnsatisfiable')} when max skew ${numberAt(constraint, 'maxSkew')} is exceeded`;
  return `${rule}${selector === undefined ? '' : ` for selector ${selectorText(selector)}`}`;
}

const sortedByField = (objects: readonly JsonObject[], field: string): readonly JsonObject[] =>
  goSorted(objects, (one, other) => textAt(one, field) < textAt(other, field));

function schedulingLines(pod: JsonObject): readonly string[] {
  const tolerations = sortedByField(objectsAt(pod, 'spec.tolerations'), 'key').map((each) => tolerationText(each));
  const spread = sortedByField(objectsAt(pod, 'spec.topologySpreadConstraints'), 'topologyKey').map((each) => spreadText(each));
  return [
    `QoS Class:\t${textAt(pod, 'status.qosClass') || qosClass(objectAt(pod, 'spec'))}`,
    ...labelLines('Node-Selectors', objectAt(pod, 'spec.nodeSelector')),
    ...column('Tolerations', tolerations),
    ...(spread.length === 0 ? [] : column('Topology Spread Constraints', spread)),
  ];
}

/** Models kubectl pkg/describe describePod. */
export const describePod: Describer = (pod, { nowMs }) => {
  const containers = (title: string, field: string, statuses: string): readonly string[] =>
    containerLines(title, objectsAt(pod, `spec.${field}`), objectsAt(pod, `status.${statuses}`), pod);
  const hasAny = (field: string): boolean => objectsAt(pod, `spec.${field}`).length > 0;
  return [
    `Name:\t${pod.metadata.name}`,
    `Namespace:\t${textAt(pod, 'metadata.namespace')}`,
    ...placeLines(pod),
    ...labelLines('Labels', objectAt(pod, 'metadata.labels')),
    ...annotationLines(objectAt(pod, 'metadata.annotations')),
    ...statusLines(pod, nowMs),
    ...(fieldAt(pod, 'spec.resources') === undefined ? [] : ['Resources:', ...indented(resourceLines(objectAt(pod, 'spec.resources')))]),
    ...(hasAny('initContainers') ? containers('Init Containers', 'initContainers', 'initContainerStatuses') : []),
    ...containers('Containers', 'containers', 'containerStatuses'),
    ...(hasAny('ephemeralContainers') ? containers('Ephemeral Containers', 'ephemeralContainers', 'ephemeralContainerStatuses') : []),
    ...conditionLines(pod),
    ...volumeLines(pod),
    ...schedulingLines(pod),
  ];
};
