import type { Entry } from '../store/sorted-chunks.ts';
import type { Store } from '../store/store.ts';
import type { StoredObject } from '../store/stored-object.ts';

/** An object that two stores do not share. `before` absent: it is new. `now` absent: it is gone. */
export interface ChangedObject {
  readonly before?: StoredObject;
  readonly now?: StoredObject;
}

const known = new WeakMap<Store, { readonly before: Store | undefined; readonly changes: readonly ChangedObject[] }>();

/** What differs between two stores; against none, all objects are new. Lists that both share are not read, so after one write this costs one short list. */
export function changedObjects(store: Store, before: Store | undefined): readonly ChangedObject[] {
  const held = known.get(store);
  if (held !== undefined && held.before === before) return held.changes;
  const resources = new Set([...Object.keys(store.objects), ...Object.keys(before?.objects ?? {})]);
  const changes = [...resources].flatMap((resource) => changedIn(store.objects[resource] ?? [], before?.objects[resource] ?? []));
  known.set(store, { before, changes });
  return changes;
}

type Chunks = readonly (readonly Entry<StoredObject>[])[];

function changedIn(chunks: Chunks, before: Chunks): readonly ChangedObject[] {
  if (chunks === before) return [];
  const [now, old] = [new Set(chunks), new Set(before)];
  const left = new Map(before.flatMap((chunk) => (now.has(chunk) ? [] : chunk)).map(({ key, value }) => [key, value]));
  const changes: ChangedObject[] = [];
  for (const { key, value } of chunks.flatMap((chunk) => (old.has(chunk) ? [] : chunk))) {
    const was = left.get(key);
    left.delete(key);
    if (was === value) continue;
    if (was?.metadata.uid === value.metadata.uid) changes.push({ before: was, now: value });
    else changes.push(...(was === undefined ? [] : [{ before: was }]), { now: value });
  }
  return [...changes, ...[...left.values()].map((was) => ({ before: was }))];
}
