import type { JsonObject } from '../../../engine/patch/json.ts';
import { fieldAt, objectAt, objectsAt, sortedEntries, textAt } from '../field-at.ts';

/** A line of a source: its title, and the field it shows with what stands there without a value. */
type Row = readonly [title: string, field: string, missing?: string];

/** Sources that are shown field by field: what they are, and their lines. Models the print…VolumeSource functions of kubectl pkg/describe. */
const sources: Readonly<Record<string, readonly [about: string, ...rows: readonly Row[]]>> = {
  hostPath: ['HostPath (bare host directory volume)', ['Path', 'path'], ['HostPathType', 'type', '<none>']],
  emptyDir: ["EmptyDir (a temporary directory that shares a pod's lifetime)", ['Medium', 'medium'], ['SizeLimit', 'sizeLimit', '<unset>']],
  secret: ['Secret (a volume populated by a Secret)', ['SecretName', 'secretName'], ['Optional', 'optional', 'false']],
  configMap: ['ConfigMap (a volume populated by a ConfigMap)', ['Name', 'name'], ['Optional', 'optional', 'false']],
  nfs: ['NFS (an NFS mount that lasts the lifetime of a pod)', ['Server', 'server'], ['Path', 'path'], ['ReadOnly', 'readOnly', 'false']],
  persistentVolumeClaim: [
    'PersistentVolumeClaim (a reference to a PersistentVolumeClaim in the same namespace)',
    ['ClaimName', 'claimName'],
    ['ReadOnly', 'readOnly', 'false'],
  ],
  local: ['LocalVolume (a persistent volume backed by local storage on a node)', ['Path', 'path']],
  image: ['Image (a container image or OCI artifact)', ['Reference', 'reference'], ['PullPolicy', 'pullPolicy']],
};
const csi = 'CSI (a Container Storage Interface (CSI) volume source)';

const rowLines = (source: JsonObject, about: string, rows: readonly Row[]): readonly string[] => [
  `Type:\t${about}`,
  ...rows.map(([title, field, missing = '']) => `${title}:\t${fieldAt(source, field) === undefined ? missing : textAt(source, field)}`),
];

function projectedLines(source: JsonObject): readonly string[] {
  const optional = (part: JsonObject): string => `Optional:\t${String(part.optional === true)}`;
  return objectsAt(source, 'sources').flatMap((each) => {
    const [secret, configMap] = [objectAt(each, 'secret'), objectAt(each, 'configMap')];
    if ('secret' in each) return [`SecretName:\t${textAt(secret, 'name')}`, optional(secret)];
    if ('downwardAPI' in each) return ['DownwardAPI:\ttrue'];
    if ('configMap' in each) return [`ConfigMapName:\t${textAt(configMap, 'name')}`, optional(configMap)];
    return 'serviceAccountToken' in each ? [`TokenExpirationSeconds:\t${textAt(each, 'serviceAccountToken.expirationSeconds')}`] : [];
  });
}

/** The claim that is made for a pod from its template. */
function templateLines(template: JsonObject, claimLines: (claim: JsonObject) => readonly string[]): readonly string[] {
  return claimLines({ metadata: objectAt(template, 'metadata'), spec: objectAt(template, 'spec') });
}

/**
 * Lines about the source in a volume (of a pod, or the spec of a PersistentVolume), without an indent; undefined for a source that is not covered.
 * `claimLines` describes the claim of an ephemeral volume.
 */
export function sourceLines(volume: JsonObject, claimLines: (claim: JsonObject) => readonly string[]): readonly string[] | undefined {
  const name = Object.keys(sources).find((each) => fieldAt(volume, each) !== undefined);
  const known = name === undefined ? undefined : sources[name];
  if (name !== undefined && known !== undefined) {
    const [about, ...rows] = known;
    // A limit of nothing is none.
    const source = objectAt(volume, name);
    return rowLines(name === 'emptyDir' && source.sizeLimit === '0' ? { medium: source.medium ?? '' } : source, about, rows);
  }
  if ('csi' in volume) {
    const source = objectAt(volume, 'csi');
    const handle: readonly Row[] = 'volumeHandle' in source ? [['VolumeHandle', 'volumeHandle']] : [];
    const rows: readonly Row[] = [['Driver', 'driver'], ['FSType', 'fsType'], ...handle, ['ReadOnly', 'readOnly', 'false']];
    const attributes = sortedEntries(objectAt(source, 'volumeAttributes')).map(([field, text]) => `${field}=${text}`);
    const cut = attributes.map((line) => (line.length > 140 ? `${line.slice(0, 140)}...` : line));
    // The real thing writes its indent before each cell here.
    const [first = '<none>', ...rest] = cut.map((line) => `    ${line}`);
    return [...rowLines(source, csi, rows), `VolumeAttributes:\t${first}`, ...rest.map((line) => `    \t${line}`)];
  }
  if ('downwardAPI' in volume) {
    const items = objectsAt(volume, 'downwardAPI.items').map(
      (item) => `  ${textAt(item, 'fieldRef.fieldPath') || textAt(item, 'resourceFieldRef.resource')} -> ${textAt(item, 'path')}`,
    );
    return ['Type:\tDownwardAPI (a volume populated by information about the pod)', 'Items:', ...items];
  }
  if ('projected' in volume)
    return ['Type:\tProjected (a volume that contains injected data from multiple sources)', ...projectedLines(objectAt(volume, 'projected'))];
  if ('ephemeral' in volume) {
    const template = fieldAt(volume, 'ephemeral.volumeClaimTemplate');
    const about = 'Type:\tEphemeralVolume (an inline specification for a volume that gets created and deleted with the pod)';
    return [about, ...(template === undefined ? [] : templateLines(objectAt(volume, 'ephemeral.volumeClaimTemplate'), claimLines))];
  }
  return undefined;
}
