import type { JsonObject } from '../../../engine/patch/json.ts';
import { accessModesText } from '../access-modes.ts';
import { fieldAt, objectAt, objectsAt, textAt, textsAt } from '../field-at.ts';
import { claimText, classText, quantityAt } from '../volume-words.ts';
import { claimLines, statusLine } from './claim.ts';
import { annotationLines, column, goList, indented, labelLines, type Describer } from './description.ts';
import { sourceLines } from './volume-source.ts';

/** Conditions of one term, below each other. */
export function termLines(title: string, expressions: readonly JsonObject[], operatorOf: (expression: JsonObject) => string): readonly string[] {
  return column(
    title,
    expressions.map((each) => {
      const values = textsAt(each, 'values');
      return `${textAt(each, 'key')} ${operatorOf(each)}${values.length === 0 ? '' : ` [${values.join(', ')}]`}`;
    }),
  );
}

function affinityLines(volume: JsonObject): readonly string[] {
  if (fieldAt(volume, 'spec.nodeAffinity.required') === undefined) return ['Node Affinity:\t<none>'];
  const terms = objectsAt(volume, 'spec.nodeAffinity.required.nodeSelectorTerms');
  return [
    'Node Affinity:\t',
    `  Required Terms:\t${terms.length === 0 ? '<none>' : ''}`,
    ...terms.flatMap((term, index) => termLines(`    Term ${index}`, objectsAt(term, 'matchExpressions'), (each) => textAt(each, 'operator').toLowerCase())),
  ];
}

/** Models kubectl pkg/describe describePersistentVolume. */
export const describeVolume: Describer = (volume, { nowMs }) => {
  const source = sourceLines(objectAt(volume, 'spec'), claimLines);
  return [
    `Name:\t${volume.metadata.name}`,
    ...labelLines('Labels', objectAt(volume, 'metadata.labels')),
    ...annotationLines(objectAt(volume, 'metadata.annotations')),
    `Finalizers:\t${goList(textsAt(volume, 'metadata.finalizers'))}`,
    `StorageClass:\t${classText(volume)}`,
    statusLine(volume, nowMs),
    `Claim:\t${claimText(volume)}`,
    `Reclaim Policy:\t${textAt(volume, 'spec.persistentVolumeReclaimPolicy')}`,
    `Access Modes:\t${accessModesText(textsAt(volume, 'spec.accessModes'))}`,
    ...(fieldAt(volume, 'spec.volumeMode') === undefined ? [] : [`VolumeMode:\t${textAt(volume, 'spec.volumeMode')}`]),
    `Capacity:\t${quantityAt(volume, 'spec.capacity.storage')}`,
    ...affinityLines(volume),
    `Message:\t${textAt(volume, 'status.message')}`,
    'Source:',
    ...(source === undefined ? ['  <unknown>'] : indented(source, '    ')),
  ];
};
