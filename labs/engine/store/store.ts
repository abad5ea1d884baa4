import { qualifiedResource } from './resource-kinds.ts';
import { valueOf, valuesFrom, withoutKey, withValue, type SortedChunks } from './sorted-chunks.ts';
import { expired, type StatusError } from './status-error.ts';
import { kindOf, namespaceFor, type ObjectKey, type StoredObject } from './stored-object.ts';

/** Something that happened to an object. The object is as it is afterwards; a deleted one as it was before, with the revision of the deletion. */
export interface WatchEvent {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly object: StoredObject;
}

/** All objects of a cluster: one immutable, plain value. Only `write` makes another. Models etcd and apiserver pkg/storage/etcd3. */
export interface Store {
  /** Number of the last write. */
  readonly revision: number;
  /** By resource (`deployments.apps`), then by namespace and name. */
  readonly objects: Readonly<Record<string, SortedChunks<StoredObject>>>;
  /** What generated names and uids follow from. */
  readonly seed: string;
  /** Milliseconds since 1970 at which the virtual clock stood at 0. */
  readonly startUnixMs: number;
  /** The last events, oldest first, in lists of `eventsPerChunk`. */
  readonly recentEvents: readonly (readonly WatchEvent[])[];
  /** How many names were generated for a prefix. */
  readonly generatedNames: Readonly<Record<string, number>>;
}

const eventsPerChunk = 64;
const eventChunksMax = 16;
/** At least so many of the last events can be asked for. */
export const eventsKept = eventsPerChunk * (eventChunksMax - 1);

/** A store without objects. The clock starts on 1 January 2026, 00:00 UTC, unless said otherwise. */
export function emptyStore({ seed = '', startUnixMs = 1_767_225_600_000 }: { readonly seed?: string; readonly startUnixMs?: number } = {}): Store {
  return { revision: 1, objects: {}, seed, startUnixMs, recentEvents: [], generatedNames: {} };
}

/** The object of a key; undefined if there is none. */
export function getObject(store: Store, key: ObjectKey): StoredObject | undefined {
  return valueOf(store.objects[qualifiedResource(kindOf(key))] ?? [], pathOf(key));
}

/** Which objects to list. */
export interface Selection {
  readonly apiVersion: string;
  readonly kind: string;
  /** Absent: all namespaces. */
  readonly namespace?: string;
  /** A label or field selector, or both. */
  readonly matches?: (object: StoredObject) => boolean;
}

/** The objects of a kind by namespace and name, as etcd keeps them: the result never depends on the order of writes. */
export function listObjects(store: Store, { namespace, matches, ...type }: Selection): readonly StoredObject[] {
  const chunks = store.objects[qualifiedResource(kindOf(type))] ?? [];
  const objects = valuesFrom(chunks, namespace === undefined ? '' : `${namespace}/`);
  return matches === undefined ? objects : objects.filter((object) => matches(object));
}

/** The events after a revision, or an `Expired` error if that is longer ago than events are kept: then list again. Models apiserver pkg/storage/cacher. */
export function eventsSince(
  store: Store,
  revision: number,
): { readonly ok: true; readonly events: readonly WatchEvent[] } | { readonly ok: false; readonly error: StatusError } {
  const [first] = store.recentEvents[0] ?? [];
  const oldest = first === undefined ? store.revision : revisionOf(first.object) - 1;
  if (revision < oldest) return { ok: false, error: expired(revision, oldest) };
  return { ok: true, events: store.recentEvents.flat().filter(({ object }) => revisionOf(object) > revision) };
}

/** An object's resourceVersion as a number. */
export function revisionOf({ metadata: { resourceVersion } }: StoredObject): number {
  return Number(resourceVersion);
}

/** The store after one more write. For `write` only. */
export function withEvent(store: Store, key: ObjectKey, event: WatchEvent): Store {
  const resource = qualifiedResource(kindOf(key));
  const chunks = store.objects[resource] ?? [];
  const changed = event.type === 'DELETED' ? withoutKey(chunks, pathOf(key)) : withValue(chunks, pathOf(key), event.object);
  return {
    ...store,
    revision: store.revision + 1,
    objects: { ...store.objects, [resource]: changed },
    recentEvents: withRecent(store.recentEvents, event),
  };
}

function withRecent(chunks: Store['recentEvents'], event: WatchEvent): Store['recentEvents'] {
  const last = chunks.at(-1);
  if (last !== undefined && last.length < eventsPerChunk) return chunks.with(-1, [...last, event]);
  return [...chunks, [event]].slice(-eventChunksMax);
}

function pathOf(key: ObjectKey): string {
  const namespace = namespaceFor(kindOf(key), key.namespace);
  return namespace === undefined ? key.name : `${namespace}/${key.name}`;
}
