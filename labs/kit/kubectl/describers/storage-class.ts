import { fieldAt, labelsText, objectAt, objectsAt, textAt, textsAt } from '../field-at.ts';
import { isDefaultClass } from '../volume-words.ts';
import { goBoolean, indented, type Describer } from './description.ts';
import { termLines } from './volume.ts';

/** Models kubectl pkg/describe describeStorageClass. */
export const describeStorageClass: Describer = (storageClass) => {
  const options = textsAt(storageClass, 'mountOptions');
  const expansion = fieldAt(storageClass, 'allowVolumeExpansion');
  const topologies = objectsAt(storageClass, 'allowedTopologies');
  return [
    `Name:\t${storageClass.metadata.name}`,
    `IsDefaultClass:\t${isDefaultClass(storageClass) ? 'Yes' : 'No'}`,
    `Annotations:\t${labelsText(objectAt(storageClass, 'metadata.annotations'))}`,
    `Provisioner:\t${textAt(storageClass, 'provisioner')}`,
    `Parameters:\t${labelsText(objectAt(storageClass, 'parameters'))}`,
    `AllowVolumeExpansion:\t${expansion === undefined ? '<unset>' : goBoolean(expansion)}`,
    ...(options.length === 0 ? ['MountOptions:\t<none>'] : ['MountOptions:', ...indented(options)]),
    ...(['reclaimPolicy', 'volumeBindingMode'] as const).flatMap((field) =>
      fieldAt(storageClass, field) === undefined ? [] : [`${field.charAt(0).toUpperCase()}${field.slice(1)}:\t${textAt(storageClass, field)}`],
    ),
    ...(topologies.length === 0
      ? []
      : ['AllowedTopologies:\t', ...topologies.flatMap((term, index) => termLines(`  Term ${index}`, objectsAt(term, 'matchLabelExpressions'), () => 'in'))]),
  ];
};
