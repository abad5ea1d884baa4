import type { FieldCause } from '../../store/status-error.ts';
import { invalidValue } from '../field-causes.ts';

/** A path without `..` in it. */
export function noBackstepCauses(field: string, path: string): readonly FieldCause[] {
  return path.split('/').includes('..') ? [invalidValue(field, path, "must not contain '..'")] : [];
}

/** A path that leads downwards from where it stands. */
export function descendingPathCauses(field: string, path: string): readonly FieldCause[] {
  return [...(path.startsWith('/') ? [invalidValue(field, path, 'must be a relative path')] : []), ...noBackstepCauses(field, path)];
}

/** A path that leads downwards and whose first part does not look like the kubelet's own files. */
export function unreservedPathCauses(field: string, path: string): readonly FieldCause[] {
  const isReserved = path.startsWith('..') && !path.startsWith('../');
  return [...descendingPathCauses(field, path), ...(isReserved ? [invalidValue(field, path, "must not start with '..'")] : [])];
}

/** Permission bits. */
export function fileModeCauses(field: string, mode: number | undefined): readonly FieldCause[] {
  return mode === undefined || (mode >= 0 && mode <= 0o777) ? [] : [invalidValue(field, mode, 'must be a number between 0 and 0777 (octal), both inclusive')];
}
