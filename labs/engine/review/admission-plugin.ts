import type { StatusError } from '../store/status-error.ts';
import type { RequestedObject, StoredObject } from '../store/stored-object.ts';
import type { ReviewContext } from './kind-rules.ts';

/** A request as admission sees it. Deletions and subresources do not pass here. */
export interface AdmissionRequest extends ReviewContext {
  readonly object: RequestedObject;
  /** Absent: a creation. */
  readonly old?: StoredObject;
}

/** One admission plugin: first all change the object, then, once it is valid, all may refuse it. Models apiserver pkg/admission. */
export interface AdmissionPlugin {
  /** As `--enable-admission-plugins` names it. */
  readonly name: string;
  /** Kinds that it looks at; absent: all. */
  readonly kinds?: readonly string[];
  readonly mutate?: (request: AdmissionRequest) => RequestedObject | StatusError;
  readonly validate?: (request: AdmissionRequest) => StatusError | undefined;
}

/** Whether a step of a review ended in an error. */
export function isRefusal(result: RequestedObject | StatusError): result is StatusError {
  return !('apiVersion' in result);
}
