import type { JsonObject } from '../../patch/json.ts';
import type { FieldCause } from '../../store/status-error.ts';
import { invalidValue, missing, required, unsupported } from '../field-causes.ts';
import { has, objectsAt, textAt } from '../read-fields.ts';
import { descendingPathCauses } from './path-rules.ts';

const propagations = ['Bidirectional', 'HostToContainer', 'None'];

interface Mounting {
  readonly volumes: ReadonlyMap<string, JsonObject>;
  /** The paths of the other kind by volume: a volume is mounted or a device, not both. */
  readonly others: ReadonlyMap<string, string>;
  readonly path: string;
}

/** What is wrong with a container's mounts and devices. Models pkg/apis/core/validation ValidateVolumeMounts and ValidateVolumeDevices. */
export function mountCauses(container: JsonObject, path: string, volumes: ReadonlyMap<string, JsonObject>): readonly FieldCause[] {
  const [mounts, devices] = [objectsAt(container, 'volumeMounts'), objectsAt(container, 'volumeDevices')];
  const pathsOf = (list: readonly JsonObject[], field: string): ReadonlyMap<string, string> =>
    new Map(list.map((each) => [textAt(each, 'name'), textAt(each, field)]));
  return [
    ...volumeMountCauses(mounts, { volumes, others: pathsOf(devices, 'devicePath'), path: `${path}.volumeMounts` }),
    ...volumeDeviceCauses(devices, { volumes, others: pathsOf(mounts, 'mountPath'), path: `${path}.volumeDevices` }),
  ];
}

function volumeMountCauses(mounts: readonly JsonObject[], { volumes, others, path }: Mounting): readonly FieldCause[] {
  const paths = new Set<string>();
  return mounts.flatMap((mount, index) => {
    const at = `${path}[${index}]`;
    const [name, where] = [textAt(mount, 'name'), textAt(mount, 'mountPath')];
    const [subPath, expression, propagation] = [textAt(mount, 'subPath'), textAt(mount, 'subPathExpr'), textAt(mount, 'mountPropagation')];
    const isRepeated = paths.has(where);
    paths.add(where);
    return [
      ...(name === '' ? [required(`${at}.name`)] : []),
      ...(volumes.has(name) ? [] : [missing(`${at}.name`, name)]),
      ...(where === '' ? [required(`${at}.mountPath`)] : []),
      ...(isRepeated ? [invalidValue(`${at}.mountPath`, where, 'must be unique')] : []),
      ...(others.has(name) ? [invalidValue(`${at}.name`, name, 'must not already exist in volumeDevices')] : []),
      ...([...others.values()].includes(where) ? [invalidValue(`${at}.mountPath`, where, 'must not already exist as a path in volumeDevices')] : []),
      ...(subPath === '' ? [] : descendingPathCauses(`${path}.subPath`, subPath)),
      ...(expression !== '' && subPath !== '' ? [invalidValue(`${at}.subPathExpr`, expression, 'subPathExpr and subPath are mutually exclusive')] : []),
      ...(expression === '' ? [] : descendingPathCauses(`${path}.subPathExpr`, expression)),
      ...(!has(mount, 'mountPropagation') || propagations.includes(propagation) ? [] : [unsupported(`${path}.mountPropagation`, propagation, propagations)]),
    ];
  });
}

function volumeDeviceCauses(devices: readonly JsonObject[], { volumes, others, path }: Mounting): readonly FieldCause[] {
  const names = new Set<string>();
  const paths = new Set<string>();
  return devices.flatMap((device, index) => {
    const at = `${path}[${index}]`;
    const [name, where] = [textAt(device, 'name'), textAt(device, 'devicePath')];
    const volume = volumes.get(name);
    const isBlock = volume !== undefined && (has(volume, 'persistentVolumeClaim') || has(volume, 'ephemeral'));
    const [isKnownName, isKnownPath] = [names.has(name), paths.has(where)];
    const goesBack = where.split('/').includes('..');
    if (name !== '') names.add(name);
    if (!goesBack) paths.add(where);
    return [
      ...(name === '' ? [required(`${at}.name`)] : []),
      ...(isKnownName ? [invalidValue(`${at}.name`, name, 'must be unique')] : []),
      ...(volume !== undefined && !isBlock
        ? [invalidValue(`${at}.name`, name, 'can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode')]
        : []),
      ...(volume === undefined ? [missing(`${at}.name`, name)] : []),
      ...(where === '' ? [required(`${at}.devicePath`)] : []),
      ...(isKnownPath ? [invalidValue(`${at}.devicePath`, where, 'must be unique')] : []),
      ...(goesBack ? [invalidValue(`${at}.devicePath`, where, "can not contain backsteps ('..')")] : []),
      ...(others.has(name) ? [invalidValue(`${at}.name`, name, 'must not already exist in volumeMounts')] : []),
      ...([...others.values()].includes(where) ? [invalidValue(`${at}.devicePath`, where, 'must not already exist as a path in volumeMounts')] : []),
    ];
  });
}
