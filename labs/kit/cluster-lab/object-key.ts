import { versionOf, isKind } from '../../engine/api/kinds.ts';
import { podGracePeriodSeconds } from '../../engine/api/pod-deletion.ts';
import { subjectOf } from '../../engine/loop/cluster.ts';
import type { Planned } from '../../engine/loop/controller.ts';
import { getObject, type Store } from '../../engine/store/store.ts';
import { keyOf, type ObjectKey, type StoredObject } from '../../engine/store/stored-object.ts';

/** Words for kinds in sentences; other kinds stand as they are. */
const kindNames: Readonly<Record<string, string>> = {
  PersistentVolume: 'volume',
  PersistentVolumeClaim: 'claim',
  StorageClass: 'class',
  Pod: 'pod',
  Node: 'node',
};

/** The key of an object as the log names it: `Pod/default/web`, `PersistentVolume/pv-a`; undefined for other texts and kinds that labs do not know. */
export function keyOfSubject(subject: string): ObjectKey | undefined {
  const [kind = '', ...rest] = subject.split('/');
  const apiVersion = versionOf(kind);
  const [first = '', second] = rest;
  if (apiVersion === undefined || rest.length === 0 || rest.length > 2) return undefined;
  return second === undefined ? { apiVersion, kind, name: first } : { apiVersion, kind, namespace: first, name: second };
}

/** The object that a subject of the log names. */
export function objectOfSubject(store: Store, subject: string): StoredObject | undefined {
  const key = keyOfSubject(subject);
  const object = key === undefined ? undefined : getObject(store, key);
  return object !== undefined && subjectOf(object) === subject ? object : undefined;
}

/** `claim data`, `volume pv-a`; with the namespace where it is not `default`. */
export function nameInWords({
  kind,
  metadata: { namespace, name },
}: {
  readonly kind: string;
  readonly metadata: { readonly namespace?: string; readonly name: string };
}): string {
  return `${kindNames[kind] ?? kind} ${namespace === undefined || namespace === 'default' ? '' : `${namespace}/`}${name}`;
}

/** The request that kubectl delete sends. */
export function deletionOf(object: StoredObject): Planned {
  const graceful = isKind(object, 'Pod') ? { gracePeriodSeconds: podGracePeriodSeconds(object) } : {};
  return { verb: 'delete', key: keyOf(object), propagationPolicy: 'Background', ...graceful };
}
