import { qualifiedResource } from '../../store/resource-kinds.ts';
import type { StatusError } from '../../store/status-error.ts';
import { kindOf, type RequestedObject } from '../../store/stored-object.ts';

/** `pods "web" is forbidden: …`. Models apiserver pkg/admission/errors.go NewForbidden. */
export function refusal(object: RequestedObject, because: string): StatusError {
  return forbiddenAs(object, object.metadata.name ?? '', because);
}

/** A refusal by a plugin that changes objects: at that time a generated name still is its prefix. */
export function earlyRefusal(object: RequestedObject, because: string): StatusError {
  const { name = '', generateName = '' } = object.metadata;
  const isGenerated = generateName !== '' && name.startsWith(generateName) && name.length === generateName.length + 5;
  return forbiddenAs(object, isGenerated ? generateName : name, because);
}

function forbiddenAs(object: RequestedObject, name: string, because: string): StatusError {
  return { code: 403, reason: 'Forbidden', message: `${qualifiedResource(kindOf(object))} ${JSON.stringify(name)} is forbidden: ${because}` };
}
