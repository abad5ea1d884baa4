import type { ClusterParts } from '../loop/cluster.ts';
import { invalid, type FieldCause, type StatusError } from '../store/status-error.ts';
import { kindOf, type RequestedObject, type StoredObject } from '../store/stored-object.ts';
import type { Review } from '../store/requests.ts';
import { isRefusal, type AdmissionPlugin, type AdmissionRequest } from './admission-plugin.ts';
import type { KindRules, ReviewContext } from './kind-rules.ts';
import { metadataCauses } from './metadata-rules.ts';

/** Reads an object with the fields of its kind, and gives it as it is written again, or what does not fit. */
export type Decode = (object: RequestedObject) => Reviewed;

/** What a review is made of. Only what a lab needs is named, so only that is loaded. */
export interface ReviewParts {
  readonly kinds: readonly KindRules[];
  /** In the order in which the API server asks them. */
  readonly admission: readonly AdmissionPlugin[];
  /** For clusters that get raw JSON. Absent: objects fit their kinds already, as those of `readManifests` and of controllers do. */
  readonly decode?: Decode | undefined;
}

type Reviewer = Omit<ReviewParts, 'kinds'>;

/**
 * What stands between a request and the store: decoding and defaults, admission that changes, what the server sets itself, validation, admission that
 * refuses. Models apiserver pkg/endpoints/handlers/{create,update,patch}.go and pkg/registry/rest. Deletions are not reviewed.
 */
export function createReview({ kinds, ...reviewer }: ReviewParts): NonNullable<ClusterParts['review']> {
  const rules = new Map(kinds.map((each) => [`${each.group}/${each.kind}`, each]));
  return (store, nowMs) => (object, old, subresource) => {
    const context: ReviewContext = { store, nowMs };
    const { group, kind } = kindOf(object);
    const kindRules = rules.get(`${group}/${kind}`);
    if (subresource === 'status' && old !== undefined) return passed(kindRules?.prepareStatus?.(object, old, context) ?? object);
    if (subresource === 'binding' && old !== undefined) return passed(kindRules?.bind?.(object, old, context) ?? object);
    return reviewed(reviewer, { object, context, ...(old !== undefined && { old }), ...(kindRules !== undefined && { rules: kindRules }) });
  };
}

interface Reviewing {
  readonly object: RequestedObject;
  readonly context: ReviewContext;
  readonly old?: StoredObject;
  readonly rules?: KindRules;
}

type Reviewed = ReturnType<Review>;

function passed(result: RequestedObject | StatusError): Reviewed {
  return isRefusal(result) ? { ok: false, error: result } : { ok: true, object: result };
}

function reviewed({ admission, decode }: Reviewer, { object, context, old, rules }: Reviewing): Reviewed {
  // A write that leaves all but metadata and status as it was (finalizers, annotations) needs no second look at the rest.
  const isSame = old !== undefined && sameContent(object, old);
  const decoded: Reviewed = isSame || decode === undefined ? { ok: true, object } : decode(object);
  if (!decoded.ok) return decoded;
  let current = isSame ? decoded.object : (rules?.defaults?.(decoded.object) ?? decoded.object);
  const requestOf = (changed: RequestedObject): AdmissionRequest => ({ ...context, object: changed, ...(old !== undefined && { old }) });
  const asked = admission.filter(({ kinds }) => kinds?.includes(object.kind) ?? true);
  for (const { mutate } of asked) {
    const next = mutate?.(requestOf(current)) ?? current;
    if (isRefusal(next)) return { ok: false, error: next };
    current = next;
  }
  current = (old === undefined ? rules?.prepare?.(current, context) : rules?.prepareUpdate?.(current, old, context)) ?? current;
  const causes = rules === undefined ? [] : causesOf(rules, current, old);
  if (causes.length > 0) return { ok: false, error: invalid(kindOf(current), current.metadata.name ?? '', causes) };
  for (const { validate } of asked) {
    const error = validate?.(requestOf(current));
    if (error !== undefined) return { ok: false, error };
  }
  return { ok: true, object: current };
}

/** Whether all fields but metadata and status are the very same values. */
function sameContent(object: RequestedObject, old: StoredObject): boolean {
  const isContent = (field: string): boolean => field !== 'metadata' && field !== 'status';
  const fields = Object.keys(object).filter(isContent);
  return fields.length === Object.keys(old).filter(isContent).length && fields.every((field) => object[field] === old[field]);
}

function causesOf(rules: KindRules, object: RequestedObject, old: StoredObject | undefined): readonly FieldCause[] {
  const metadata = metadataCauses(rules, object, old);
  if (old === undefined) return [...metadata, ...(rules.validate?.(object) ?? [])];
  if (sameContent(object, old)) return metadata;
  return [...metadata, ...(rules.validateUpdate?.(object, old) ?? rules.validate?.(object) ?? [])];
}
