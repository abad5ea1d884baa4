import type { PatchError } from '../patch/patch-problem.ts';
import { type ResourceKind, qualifiedKind, qualifiedResource } from './resource-kinds.ts';

/** One thing that is wrong with a field. */
export interface FieldCause {
  /** Path, as `metadata.finalizers`. */
  readonly field: string;
  /** As `Forbidden: not allowed on this type`. */
  readonly message: string;
}

/** The API server's answer to a request that failed. Models apimachinery pkg/api/errors/errors.go. */
export interface StatusError {
  readonly code: number;
  /** Empty where the API server gives none. */
  readonly reason:
    'AlreadyExists' | 'BadRequest' | 'Conflict' | 'Expired' | 'Forbidden' | 'Invalid' | 'NotFound' | 'RequestEntityTooLarge' | 'UnsupportedMediaType' | '';
  readonly message: string;
  readonly causes?: readonly FieldCause[];
  /** What went wrong inside, where the API server keeps it to itself. For explanations, never for a terminal. */
  readonly hidden?: string;
}

/** `pods "web" not found`. */
export function notFound(kind: ResourceKind, name: string): StatusError {
  return { code: 404, reason: 'NotFound', message: `${qualifiedResource(kind)} ${quoted(name)} not found` };
}

/** A path that the API server does not serve, as `/status` of a ConfigMap. */
export function noSuchResource(): StatusError {
  return { code: 404, reason: 'NotFound', message: 'the server could not find the requested resource' };
}

/** `pods "web" already exists`, with a word ahead while the old one is being deleted. */
export function alreadyExists(kind: ResourceKind, name: string, isBeingDeleted: boolean): StatusError {
  const prefix = isBeingDeleted ? 'object is being deleted: ' : '';
  return { code: 409, reason: 'AlreadyExists', message: `${prefix}${qualifiedResource(kind)} ${quoted(name)} already exists` };
}

/** Eight generated names in a row were taken. */
export function noUniqueName(kind: ResourceKind, name: string): StatusError {
  const message = `${qualifiedResource(kind)} ${quoted(name)} already exists, the server was not able to generate a unique name for the object`;
  return { code: 409, reason: 'AlreadyExists', message };
}

/** `Operation cannot be fulfilled on pods "web": …`. `subject` is `pods` or, for preconditions of a deletion, `Pod`. */
export function conflict(subject: string, name: string, because: string): StatusError {
  return { code: 409, reason: 'Conflict', message: `Operation cannot be fulfilled on ${subject} ${quoted(name)}: ${because}` };
}

/** The stale resourceVersion that every writer meets sooner or later. */
export function staleVersion(kind: ResourceKind, name: string): StatusError {
  return conflict(qualifiedResource(kind), name, 'the object has been modified; please apply your changes to the latest version and try again');
}

/** `Pod "web" is invalid: metadata.name: Required value: …`; several causes stand in brackets. */
export function invalid(kind: ResourceKind, name: string, causes: readonly FieldCause[]): StatusError {
  return invalidAs(qualifiedKind(kind), name, causes);
}

/** Like `invalid`, where the API server names the resource in place of the kind. */
export function invalidAs(subject: string, name: string, causes: readonly FieldCause[]): StatusError {
  const lines = [...new Set(causes.map(({ field, message }) => `${field}: ${message}`))];
  const what = lines.length === 1 ? (lines[0] ?? '') : `[${lines.join(', ')}]`;
  return { code: 422, reason: 'Invalid', message: `${subject} ${quoted(name)} is invalid: ${what}`, causes };
}

export function badRequest(message: string): StatusError {
  return { code: 400, reason: 'BadRequest', message };
}

/** An error for which the API server has no words of its own. */
export function unknownError(message: string): StatusError {
  return { code: 500, reason: '', message };
}

/** A watch that asks for events that are no longer kept. */
export function expired(revision: number, oldestRevision: number): StatusError {
  return { code: 410, reason: 'Expired', message: `too old resource version: ${revision} (${oldestRevision})` };
}

/** What becomes of a patch that cannot be applied. Models apiserver pkg/endpoints/handlers/patch.go. */
export function patchFailed({ reason, message }: PatchError): StatusError {
  switch (reason) {
    case 'malformed':
      return badRequest(message);
    case 'unprocessable':
      return { code: 422, reason: 'Invalid', message: 'the server rejected our request due to an error in our request', hidden: message };
    case 'too-large':
      return { code: 413, reason: 'RequestEntityTooLarge', message: `Request entity too large: ${message}` };
    case 'internal':
      return unknownError(message);
  }
}

const quoted = (text: string): string => JSON.stringify(text);
