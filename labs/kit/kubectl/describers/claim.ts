import type { JsonObject } from '../../../engine/patch/json.ts';
import { listKind } from '../../../engine/api/kinds.ts';
import { accessModesText } from '../access-modes.ts';
import { fieldAt, objectAt, objectsAt, textAt, textsAt } from '../field-at.ts';
import { ageAt, dateAt } from '../moment.ts';
import { classText, quantityAt } from '../volume-words.ts';
import { annotationLines, column, goList, labelLines, type Describer } from './description.ts';

/** The phase; for an object that is being deleted, since when. */
export const statusLine = (object: JsonObject, nowMs: number): string =>
  fieldAt(object, 'metadata.deletionTimestamp') === undefined
    ? `Status:\t${textAt(object, 'status.phase')}`
    : `Status:\tTerminating (lasts ${ageAt(object, 'metadata.deletionTimestamp', nowMs)})`;

/** `title:` with what stands at a path, and nothing if nothing does. */
const present = (title: string, object: JsonObject, path: string): readonly string[] =>
  fieldAt(object, path) === undefined ? [] : [`${title}:\t${textAt(object, path)}`];

/** What a claim, or a template for one (`nowMs` absent), asks for. Models kubectl pkg/describe printPersistentVolumeClaim. */
export function claimLines(claim: JsonObject, nowMs?: number): readonly string[] {
  const volume = textAt(claim, 'spec.volumeName');
  return [
    ...(nowMs === undefined ? [] : [`Name:\t${textAt(claim, 'metadata.name')}`, `Namespace:\t${textAt(claim, 'metadata.namespace')}`]),
    `StorageClass:\t${classText(claim)}`,
    ...(nowMs === undefined ? [] : [statusLine(claim, nowMs)]),
    `Volume:\t${volume}`,
    // In a pod's volume the real thing indents these values like the lines themselves.
    ...[...labelLines('Labels', objectAt(claim, 'metadata.labels')), ...annotationLines(objectAt(claim, 'metadata.annotations'))].map((line) =>
      nowMs === undefined ? line.replace('\t', '\t    ') : line,
    ),
    ...(nowMs === undefined ? [] : [`Finalizers:\t${goList(textsAt(claim, 'metadata.finalizers'))}`]),
    `Capacity:\t${volume === '' ? '' : quantityAt(claim, 'status.capacity.storage')}`,
    `Access Modes:\t${volume === '' ? '' : accessModesText(textsAt(claim, 'status.accessModes'))}`,
    ...present('VolumeMode', claim, 'spec.volumeMode'),
    ...(fieldAt(claim, 'spec.dataSource') === undefined
      ? []
      : [
          'DataSource:',
          ...present('  APIGroup', claim, 'spec.dataSource.apiGroup'),
          `  Kind:\t${textAt(claim, 'spec.dataSource.kind')}`,
          `  Name:\t${textAt(claim, 'spec.dataSource.name')}`,
        ]),
  ];
}

function conditionLines(claim: JsonObject): readonly string[] {
  const conditions = objectsAt(claim, 'status.conditions');
  if (conditions.length === 0) return [];
  return [
    'Conditions:',
    '  Type\tStatus\tLastProbeTime\tLastTransitionTime\tReason\tMessage',
    '  ----\t------\t-----------------\t------------------\t------\t-------',
    ...conditions.map((each) => {
      const times = `${dateAt(each, 'lastProbeTime')} \t${dateAt(each, 'lastTransitionTime')}`;
      return `  ${textAt(each, 'type')} \t${textAt(each, 'status')} \t${times} \t${textAt(each, 'reason')} \t${textAt(each, 'message')}`;
    }),
  ];
}

/** Models kubectl pkg/describe describePersistentVolumeClaim. */
export const describeClaim: Describer = (claim, { store, nowMs }) => {
  const { name, namespace, ownerReferences = [] } = claim.metadata;
  const users = listKind(store, 'Pod', namespace).filter(
    (pod) =>
      pod.spec.volumes?.some(({ persistentVolumeClaim: source }) => source?.claimName === name) === true ||
      ownerReferences.some(({ kind, uid }) => kind === 'Pod' && uid === pod.metadata.uid),
  );
  return [
    ...claimLines(claim, nowMs),
    ...column(
      'Used By',
      users.map(({ metadata }) => metadata.name),
    ),
    ...conditionLines(claim),
  ];
};
