import { createObject } from './create-object.ts';
import { deleteObject } from './delete-object.ts';
import { patchObject } from './patch-object.ts';
import { getObject, withEvent, type Store } from './store.ts';
import { kindOf } from './stored-object.ts';
import { notFound } from './status-error.ts';
import { updateObject } from './update-object.ts';
import type { FinalizerRequest, Outcome, Review, WriteRequest, WriteResult } from './requests.ts';

const asIs: Review = (object) => ({ ok: true, object });

/**
 * The only function that changes objects. Never throws on any request, never changes a store that was given.
 * Models apiserver pkg/registry/generic/registry/store.go and pkg/registry/rest.
 */
export function write(store: Store, request: WriteRequest, review: Review = asIs): WriteResult {
  const outcome = outcomeOf(store, request, review);
  if (!outcome.ok) return outcome;
  if ('unchanged' in outcome) return { ok: true, store, object: outcome.unchanged, event: null };
  const { key, event, generatedNames = store.generatedNames } = outcome;
  if (request.dryRun === true) return { ok: true, store, object: event.object, event: null };
  return { ok: true, store: withEvent({ ...store, generatedNames }, key, event), object: event.object, event };
}

function outcomeOf(store: Store, request: WriteRequest, review: Review): Outcome {
  switch (request.verb) {
    case 'create':
      return createObject(store, request, review);
    case 'update':
      return updateObject(store, request, review);
    case 'patch':
      return patchObject(store, request, review);
    case 'delete':
      return deleteObject(store, request);
    case 'finalize':
    case 'unfinalize':
      return changeFinalizers(store, request, review);
  }
}

function changeFinalizers(store: Store, { verb, key, finalizer, atMs }: FinalizerRequest, review: Review): Outcome {
  const old = getObject(store, key);
  if (old === undefined) return { ok: false, error: notFound(kindOf(key), key.name) };
  const others = (old.metadata.finalizers ?? []).filter((each) => each !== finalizer);
  if ((verb === 'finalize') === others.length < (old.metadata.finalizers ?? []).length) return { ok: true, unchanged: old };
  const object = { ...old, metadata: { ...old.metadata, finalizers: verb === 'finalize' ? [...others, finalizer] : others } };
  return updateObject(store, { verb: 'update', object, atMs }, review);
}
