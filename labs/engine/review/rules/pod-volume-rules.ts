import { dnsLabel, dnsSubdomain } from '../../../reading/name-rules.ts';
import { isObject, type JsonObject } from '../../patch/json.ts';
import type { FieldCause } from '../../store/status-error.ts';
import { duplicate, forbidden, invalidValue, required } from '../field-causes.ts';
import { has, numberAt, objectAt, objectsAt, optionalAt, textAt } from '../read-fields.ts';
import { claimSpecCauses } from './claim-spec-rules.ts';
import { downwardFieldCauses, downwardResourceCauses } from './downward-rules.ts';
import { nameCauses, requiredName } from './name-causes.ts';
import { fileModeCauses, unreservedPathCauses } from './path-rules.ts';
import { comparedAmounts } from './quantity-rules.ts';
import { driverNameCauses, requiring, sharedSourceRules, volumeSourceCauses, type SourceRule, type VolumeSources } from './volume-source-rules.ts';

const keyToPath: SourceRule = (item, path) => [
  ...requiring('key', 'path')(item, path),
  ...unreservedPathCauses(`${path}.path`, textAt(item, 'path')),
  ...fileModeCauses(`${path}.mode`, numberAt(item, 'mode')),
];

const items: SourceRule = (source, path) => objectsAt(source, 'items').flatMap((item, index) => keyToPath(item, `${path}.items[${index}]`));
const defaultMode: SourceRule = (source, path) => fileModeCauses(`${path}.defaultMode`, numberAt(source, 'defaultMode'));

const keyed =
  (nameField: string): SourceRule =>
  (source, path) => [...requiring(nameField)(source, path), ...defaultMode(source, path), ...items(source, path)];

const downwardFile: SourceRule = (file, path) => {
  const [field, resource] = [optionalAt(file, 'fieldRef'), optionalAt(file, 'resourceFieldRef')];
  return [
    ...requiring('path')(file, path),
    ...unreservedPathCauses(`${path}.path`, textAt(file, 'path')),
    ...(field === undefined ? [] : downwardFieldCauses(field, `${path}.fieldRef`, 'volume')),
    ...(field === undefined && resource !== undefined ? downwardResourceCauses(resource, `${path}.resourceFieldRef`, true) : []),
    ...(field !== undefined && resource !== undefined
      ? [invalidValue(path, 'resource', 'fieldRef and resourceFieldRef can not be specified simultaneously')]
      : []),
    ...(field === undefined && resource === undefined ? [required(path, 'one of fieldRef and resourceFieldRef is required')] : []),
    ...fileModeCauses(`${path}.mode`, numberAt(file, 'mode')),
  ];
};

const tokenSecondsMin = 600;

function projectionCauses(source: JsonObject, path: string, volumePath: string): readonly FieldCause[] {
  const token = optionalAt(source, 'serviceAccountToken');
  const seconds = token === undefined ? tokenSecondsMin : (numberAt(token, 'expirationSeconds') ?? tokenSecondsMin);
  const tokenPath = token === undefined ? '' : textAt(token, 'path');
  const named = ['secret', 'configMap'].flatMap((kind) => {
    const projection = optionalAt(source, kind);
    return projection === undefined ? [] : [...requiring('name')(projection, `${path}.${kind}`), ...items(projection, `${path}.${kind}`)];
  });
  return [
    ...named,
    ...objectsAt(objectAt(source, 'downwardAPI'), 'items').flatMap((file) => downwardFile(file, `${path}.downwardAPI`)),
    ...(seconds < tokenSecondsMin
      ? [invalidValue(`${path}.serviceAccountToken.expirationSeconds`, seconds, 'may not specify a duration less than 10 minutes')]
      : []),
    ...(token === undefined ? [] : tokenPath === '' ? [required(`${volumePath}.path`)] : unreservedPathCauses(`${volumePath}.path`, tokenPath)),
    ...(Object.values(source).filter(isObject).length > 1 ? [forbidden(path, 'may not specify more than 1 volume type per source')] : []),
  ];
}

const projected: SourceRule = (source, path) => [
  ...defaultMode(source, path),
  ...objectsAt(source, 'sources').flatMap((each, index) => projectionCauses(each, `${path}.sources[${index}]`, path)),
];

const ephemeral: SourceRule = (source, path) => {
  const template = optionalAt(source, 'volumeClaimTemplate');
  if (template === undefined) return [required(`${path}.volumeClaimTemplate`)];
  return claimSpecCauses(objectAt(template, 'spec'), `${path}.volumeClaimTemplate.spec`);
};

const podVolumeSources: VolumeSources = {
  order: [
    ...['emptyDir', 'hostPath', 'gitRepo', 'gcePersistentDisk', 'awsElasticBlockStore', 'secret', 'nfs', 'iscsi', 'glusterfs', 'flocker'],
    ...['persistentVolumeClaim', 'rbd', 'cinder', 'cephfs', 'quobyte', 'downwardAPI', 'fc', 'flexVolume', 'configMap', 'azureFile', 'vsphereVolume'],
    ...['photonPersistentDisk', 'portworxVolume', 'azureDisk', 'storageos', 'projected', 'scaleIO', 'csi', 'ephemeral', 'image'],
  ],
  rules: {
    ...sharedSourceRules,
    emptyDir: (source, path) =>
      has(source, 'sizeLimit') && comparedAmounts(source.sizeLimit, undefined) < 0
        ? [forbidden(`${path}.sizeLimit`, 'SizeLimit field must be a valid resource quantity')]
        : [],
    secret: keyed('secretName'),
    configMap: keyed('name'),
    persistentVolumeClaim: requiring('claimName'),
    downwardAPI: (source, path) => [...defaultMode(source, path), ...objectsAt(source, 'items').flatMap((file) => downwardFile(file, path))],
    projected,
    csi: (source, path) => driverNameCauses(`${path}.driver`, textAt(source, 'driver')),
    ephemeral,
  },
  // The API server's own spelling.
  pathNames: { cephfs: 'cephFS', downwardAPI: 'downwarAPI' },
};

/** The volumes of a pod: those that are right, by name, and what is wrong with the others. */
export interface CheckedVolumes {
  readonly byName: ReadonlyMap<string, JsonObject>;
  readonly causes: readonly FieldCause[];
}

/** Looks at the volumes of a pod. `podName` is empty for templates. Models pkg/apis/core/validation ValidateVolumes. */
export function checkedVolumes(volumes: readonly JsonObject[], path: string, podName: string): CheckedVolumes {
  const byName = new Map<string, JsonObject>();
  const created = new Set(podName === '' ? [] : volumes.filter((volume) => has(volume, 'ephemeral')).map((volume) => `${podName}-${textAt(volume, 'name')}`));
  const causes = volumes.flatMap((volume, index) => {
    const at = `${path}[${index}]`;
    const name = textAt(volume, 'name');
    const claimName = textAt(objectAt(volume, 'persistentVolumeClaim'), 'claimName');
    const wrong = [
      ...volumeSourceCauses(volume, at, podVolumeSources),
      ...(has(volume, 'ephemeral') && podName !== '' && name !== '' ? createdNameCauses(`${podName}-${name}`, name, at) : []),
      ...requiredName(dnsLabel, `${at}.name`, name),
      ...(byName.has(name) ? [duplicate(`${at}.name`, name)] : []),
    ];
    if (wrong.length === 0) byName.set(name, volume);
    const isCreated = claimName !== '' && created.has(claimName);
    const mixed = isCreated
      ? [invalidValue(`${at}.persistentVolumeClaim.claimName`, claimName, 'must not reference a PVC that gets created for an ephemeral volume')]
      : [];
    return [...wrong, ...mixed];
  });
  return { byName, causes };
}

function createdNameCauses(claimName: string, name: string, path: string): readonly FieldCause[] {
  return nameCauses(dnsSubdomain, `${path}.name`, claimName).map(({ field, message }) => {
    const detail = message.slice(message.indexOf(': ', 'Invalid value: '.length) + 2);
    return invalidValue(field, name, `PVC name ${JSON.stringify(claimName)}: ${detail}`);
  });
}
