import type { JsonObject } from '../../../engine/patch/json.ts';
import { fieldAt, numberAt, objectAt, objectsAt, orNone, sortedEntries, textAt, textsAt } from '../field-at.ts';
import { dateAt } from '../moment.ts';
import { goBoolean, indented } from './description.ts';
import { quantityWord } from '../volume-words.ts';
import { environmentLines } from './environment.ts';
import { probeText } from './probe.ts';

function portLine(title: string, container: JsonObject, field: 'containerPort' | 'hostPort'): string {
  const ports = objectsAt(container, 'ports').map((port) => {
    const name = textAt(port, 'name');
    return `${numberAt(port, field)}/${textAt(port, 'protocol')}${name === '' ? '' : ` (${name})`}`;
  });
  return ports.length > 1 ? `${title}s:\t${ports.join(', ')}` : `${title}:\t${orNone(ports.join(', '))}`;
}

/** The security profile that a pod or a container names. */
export function seccompLines(owner: JsonObject, indent = ''): readonly string[] {
  const profile = objectAt(owner, 'securityContext.seccompProfile');
  const type = textAt(profile, 'type');
  if (type === '') return [];
  return [`SeccompProfile:\t${type}`, ...(type === 'Localhost' ? [`${indent}LocalhostProfile:\t${textAt(profile, 'localhostProfile')}`] : [])];
}

function wordLines(title: string, words: readonly string[]): readonly string[] {
  return words.length === 0 ? [] : [`${title}:`, ...indented(words.flatMap((word) => word.split('\n')))];
}

function stateLines(title: string, state: JsonObject): readonly string[] {
  const [running, waiting, ended] = [fieldAt(state, 'running'), fieldAt(state, 'waiting'), fieldAt(state, 'terminated')];
  const present = (name: string, value: string): readonly string[] => (value === '' ? [] : [`  ${name}:\t${value}`]);
  if (running !== undefined) return [`${title}:\tRunning`, `  Started:\t${dateAt(running, 'startedAt')}`];
  if (waiting !== undefined || ended === undefined) return [`${title}:\tWaiting`, ...present('Reason', textAt(waiting, 'reason'))];
  const signal = numberAt(ended, 'signal');
  return [
    `${title}:\tTerminated`,
    ...present('Reason', textAt(ended, 'reason')),
    ...present('Message', textAt(ended, 'message')),
    `  Exit Code:\t${numberAt(ended, 'exitCode')}`,
    ...(signal > 0 ? [`  Signal:\t${signal}`] : []),
    `  Started:\t${dateAt(ended, 'startedAt')}`,
    `  Finished:\t${dateAt(ended, 'finishedAt')}`,
  ];
}

function statusLines(status: JsonObject): readonly string[] {
  return [
    ...stateLines('State', objectAt(status, 'state')),
    ...(fieldAt(status, 'lastState.terminated') === undefined ? [] : stateLines('Last State', objectAt(status, 'lastState'))),
    `Ready:\t${goBoolean(fieldAt(status, 'ready'))}`,
    `Restart Count:\t${numberAt(status, 'restartCount')}`,
  ];
}

/** Limits and requests. */
export function resourceLines(resources: JsonObject): readonly string[] {
  return (['limits', 'requests'] as const).flatMap((field) => {
    const entries = sortedEntries(objectAt(resources, field));
    if (entries.length === 0) return [];
    return [field === 'limits' ? 'Limits:' : 'Requests:', ...entries.map(([name, text]) => `  ${name}:\t${quantityWord(text)}`)];
  });
}

const byText = (field: string) => (one: JsonObject, other: JsonObject) => (textAt(one, field) < textAt(other, field) ? -1 : 1);

function mountLines(container: JsonObject): readonly string[] {
  const mounts = objectsAt(container, 'volumeMounts').toSorted(byText('mountPath'));
  const devices = objectsAt(container, 'volumeDevices').toSorted(byText('devicePath'));
  const none = mounts.length === 0 ? '\t<none>' : '';
  return [
    `Mounts:${none}`,
    ...mounts.map((mount) => {
      const subPath = textAt(mount, 'subPath');
      const flags = `${mount.readOnly === true ? 'ro' : 'rw'}${subPath === '' ? '' : `,path=${JSON.stringify(subPath)}`}`;
      return `  ${textAt(mount, 'mountPath')} from ${textAt(mount, 'name')} (${flags})`;
    }),
    // The real thing says <none> of the mounts here too.
    ...(devices.length === 0 ? [] : [`Devices:${none}`, ...devices.map((device) => `  ${textAt(device, 'devicePath')} from ${textAt(device, 'name')}`)]),
  ];
}

const probes = [
  ['Liveness', 'livenessProbe'],
  ['Readiness', 'readinessProbe'],
  ['Startup', 'startupProbe'],
] as const;

/** Containers with what became of them. Models kubectl pkg/describe describeContainers. */
export function containerLines(title: string, containers: readonly JsonObject[], statuses: readonly JsonObject[], pod: JsonObject): readonly string[] {
  const lines = containers.flatMap((container) => {
    const status = statuses.findLast(({ name }) => name === container.name);
    const own = [
      ...(status === undefined ? [] : [`Container ID:\t${textAt(status, 'containerID')}`]),
      `Image:\t${textAt(container, 'image')}`,
      ...(status === undefined ? [] : [`Image ID:\t${textAt(status, 'imageID')}`]),
      portLine('Port', container, 'containerPort'),
      portLine('Host Port', container, 'hostPort'),
      ...seccompLines(container, '  '),
      ...wordLines('Command', textsAt(container, 'command')),
      ...wordLines('Args', textsAt(container, 'args')),
      ...(status === undefined ? [] : statusLines(status)),
      ...resourceLines(objectAt(container, 'resources')),
      ...probes.flatMap(([name, field]) => (fieldAt(container, field) === undefined ? [] : [`${name}:\t${probeText(objectAt(container, field))}`])),
      ...environmentLines(container, pod),
      ...mountLines(container),
    ];
    return [`  ${textAt(container, 'name')}:`, ...indented(own, '    ')];
  });
  return [`${title}:${containers.length === 0 ? ' <none>' : ''}`, ...lines];
}
