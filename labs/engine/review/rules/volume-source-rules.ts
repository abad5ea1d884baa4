import { dnsSubdomain } from '../../../reading/name-rules.ts';
import { fieldOf, type JsonObject } from '../../patch/json.ts';
import type { FieldCause } from '../../store/status-error.ts';
import { forbidden, invalidValue, required, unsupported } from '../field-causes.ts';
import { objectAt, textAt } from '../read-fields.ts';
import { nameCauses } from './name-causes.ts';
import { noBackstepCauses } from './path-rules.ts';

/** What is wrong with one kind of source. */
export type SourceRule = (source: JsonObject, path: string) => readonly FieldCause[];

/** Names of the fields that hold a source, in the order in which the API server looks at them. */
export interface VolumeSources {
  readonly order: readonly string[];
  readonly rules: Readonly<Record<string, SourceRule>>;
  /** Paths in messages that differ from the field's name. */
  readonly pathNames?: Readonly<Record<string, string>>;
}

/** What is wrong with the sources of a volume: more than one, none, or what is in it. Models pkg/apis/core/validation validateVolumeSource. */
export function volumeSourceCauses(volume: JsonObject, path: string, { order, rules, pathNames = {} }: VolumeSources): readonly FieldCause[] {
  const [first, ...others] = order.filter((name) => (fieldOf(volume, name) ?? null) !== null);
  if (first === undefined) return [required(path, 'must specify a volume type')];
  return [
    ...(rules[first]?.(objectAt(volume, first), `${path}.${first}`) ?? []),
    ...others.map((name) => forbidden(`${path}.${pathNames[name] ?? name}`, 'may not specify more than 1 volume type')),
  ];
}

const hostPathTypes = ['', 'BlockDevice', 'CharDevice', 'Directory', 'DirectoryOrCreate', 'File', 'FileOrCreate', 'Socket'];

/** Fields that must not be empty. */
export const requiring =
  (...fields: readonly string[]): SourceRule =>
  (source, path) =>
    fields.filter((field) => textAt(source, field) === '').map((field) => required(`${path}.${field}`));

const hostPath: SourceRule = (source, path) => {
  const [where, type] = [textAt(source, 'path'), textAt(source, 'type')];
  if (where === '') return [required(`${path}.path`)];
  return [...noBackstepCauses(`${path}.path`, where), ...(hostPathTypes.includes(type) ? [] : [unsupported(`${path}.type`, type, hostPathTypes)])];
};

const nfs: SourceRule = (source, path) => {
  const where = textAt(source, 'path');
  return [...requiring('server', 'path')(source, path), ...(where.startsWith('/') ? [] : [invalidValue(`${path}.path`, where, 'must be an absolute path')])];
};

const local: SourceRule = (source, path) => {
  const where = textAt(source, 'path');
  return where === '' ? [required(`${path}.path`)] : noBackstepCauses(`${path}.path`, where);
};

/** The name of a CSI driver. */
export function driverNameCauses(field: string, name: string): readonly FieldCause[] {
  if (name === '') return [required(field)];
  const long = name.length > 63 ? [{ field, message: 'Too long: may not be more than 63 bytes' }] : [];
  return [...long, ...nameCauses(dnsSubdomain, field, name.toLowerCase())];
}

/** Sources that pods and PersistentVolumes share, and those of PersistentVolumes alone. Those of vendors are only counted. */
export const sharedSourceRules: Readonly<Record<string, SourceRule>> = { hostPath, nfs, local };

const persistentVolumeSources: VolumeSources = {
  order: [
    ...['hostPath', 'gcePersistentDisk', 'awsElasticBlockStore', 'glusterfs', 'flocker', 'nfs', 'rbd', 'quobyte', 'cephfs', 'iscsi', 'cinder', 'fc'],
    ...['flexVolume', 'azureFile', 'vsphereVolume', 'photonPersistentDisk', 'portworxVolume', 'azureDisk', 'scaleIO', 'local', 'storageos', 'csi'],
  ],
  rules: {
    ...sharedSourceRules,
    csi: (source, path) => [...driverNameCauses(`${path}.driver`, textAt(source, 'driver')), ...requiring('volumeHandle')(source, path)],
  },
  pathNames: { cephfs: 'cephFS' },
};

/** The fields of a PersistentVolume's spec that hold its source. */
export const persistentVolumeSourceFields = persistentVolumeSources.order;

/** What is wrong with the source of a PersistentVolume. */
export function persistentVolumeSourceCauses(spec: JsonObject, path: string): readonly FieldCause[] {
  const causes = volumeSourceCauses(spec, path, persistentVolumeSources);
  // The affinity is asked for together with the local path.
  const isLocal = causes.every(({ field }) => field !== `${path}.local`) && fieldOf(spec, 'local') !== undefined;
  const hasAffinity = fieldOf(objectAt(objectAt(spec, 'nodeAffinity'), 'required'), 'nodeSelectorTerms') !== undefined;
  return isLocal && !hasAffinity ? [...causes, required(`${path}.nodeAffinity`, 'Local volume requires node affinity')] : causes;
}
