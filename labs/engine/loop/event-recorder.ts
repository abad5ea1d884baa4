import { isObject, type JsonObject } from '../patch/json.ts';
import { keyHash } from '../key-hash.ts';
import { getObject, type Store } from '../store/store.ts';
import { timestampOf } from '../store/timestamp.ts';
import { write } from '../store/write.ts';
import type { StoredObject } from '../store/stored-object.ts';
import type { PlannedEvent } from './controller.ts';

/**
 * The store with an Event: a new one, or the same one with its count raised. Models client-go tools/record/event.go and events_cache.go; not modelled: the
 * merging of similar messages and the limit of 25 Events for an object.
 */
export function recordEvent(store: Store, event: PlannedEvent & { readonly source: string }, atMs: number): { readonly store: Store; readonly isNew: boolean } {
  const { about, type, reason, message, fieldPath = '', source } = event;
  const { name, namespace = 'default', uid } = about.metadata;
  const identity = [source, about.kind, namespace, name, uid, fieldPath, type, reason, message].join('\n');
  const key = { apiVersion: 'v1', kind: 'Event', namespace, name: `${name}.${hex(keyHash(identity))}${hex(keyHash(`2${identity}`))}` };
  const at = timestampOf(store.startUnixMs + atMs);
  const old = getObject(store, key);
  const object = old === undefined ? newEvent(key, event, at) : { ...old, lastTimestamp: at, count: Number(old.count) + 1 };
  const result = write(store, { verb: old === undefined ? 'create' : 'update', object, atMs });
  return { store: result.ok ? result.store : store, isNew: old === undefined };
}

function newEvent(
  key: { readonly namespace: string; readonly name: string },
  { about, type, reason, message, fieldPath, source }: PlannedEvent & { readonly source: string },
  at: string,
): JsonObject {
  const { name, namespace, uid, resourceVersion } = about.metadata;
  return {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name: key.name, namespace: key.namespace },
    involvedObject: {
      apiVersion: about.apiVersion,
      kind: about.kind,
      name,
      ...(namespace !== undefined && { namespace }),
      uid,
      resourceVersion,
      ...(fieldPath !== undefined && { fieldPath }),
    },
    type,
    reason,
    message,
    source: { component: source },
    reportingComponent: source,
    firstTimestamp: at,
    lastTimestamp: at,
    count: 1,
  };
}

const hex = (value: number): string => value.toString(16).padStart(8, '0');

/** The Events about an object, oldest first; those of one second in the order of their names. */
export function eventsAbout(events: readonly StoredObject[], { metadata: { uid } }: StoredObject): readonly StoredObject[] {
  return events
    .filter(({ involvedObject }) => isObject(involvedObject) && involvedObject.uid === uid)
    .toSorted((one, other) => firstSeen(one).localeCompare(firstSeen(other)));
}

const firstSeen = ({ firstTimestamp }: StoredObject): string => (typeof firstTimestamp === 'string' ? firstTimestamp : '');
