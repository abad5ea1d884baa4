import type { JsonObject } from '../../engine/patch/json.ts';
import { betaStorageClass } from '../../engine/volumes/annotations.ts';
import { parseQuantity, quantityText } from '../../reading/quantity.ts';
import { fieldAt, objectAt, textAt } from './field-at.ts';

/** The class that a volume or a claim names; the old annotation wins. Models kubectl pkg/util/storage GetPersistentVolumeClaimClass. */
export function classText(object: JsonObject): string {
  const annotations = objectAt(object, 'metadata.annotations');
  return typeof annotations[betaStorageClass] === 'string' ? annotations[betaStorageClass] : textAt(object, 'spec.storageClassName');
}

/** `default/data`; '' for a volume without a claim. */
export function claimText(volume: JsonObject): string {
  const claim = fieldAt(volume, 'spec.claimRef');
  return claim === undefined ? '' : `${textAt(claim, 'namespace')}/${textAt(claim, 'name')}`;
}

/** Whether a storage class is marked as the default, with the old annotation or the new. */
export function isDefaultClass(storageClass: JsonObject): boolean {
  const annotations = objectAt(storageClass, 'metadata.annotations');
  return ['storageclass', 'storageclass.beta'].some((prefix) => annotations[`${prefix}.kubernetes.io/is-default-class`] === 'true');
}

/** A quantity in its shortest form. */
export function quantityWord(text: string): string {
  const parsed = parseQuantity(text);
  return parsed.ok ? quantityText(parsed.quantity) : text;
}

/** The quantity at a path; `0` where there is none, as Go prints its zero value. */
export const quantityAt = (object: JsonObject, path: string): string => quantityWord(textAt(object, path) || '0');

/** `<unset>` where there is nothing. */
export const orUnset = (text: string): string => (text === '' ? '<unset>' : text);

/** The phase, or that the object is being deleted. */
export const phaseText = (object: JsonObject): string =>
  fieldAt(object, 'metadata.deletionTimestamp') === undefined ? textAt(object, 'status.phase') : 'Terminating';
