import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../patch/json.ts';
import { emptyStore, getObject, listObjects, type Store } from './store.ts';
import { write } from './write.ts';
import type { WriteResult, Review, WriteRequest } from './requests.ts';

const deployment = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web', namespace: 'shop' }, spec: { replicas: 2 }, status: { replicas: 9 } };
const key = { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web' };
const configMap = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' }, data: { a: '1' } };
const settings = { apiVersion: 'v1', kind: 'ConfigMap', name: 'settings' };
const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p', finalizers: ['example.com/wait'] }, spec: {} };
const podKey = { apiVersion: 'v1', kind: 'Pod', name: 'p' };

function done(result: WriteResult): Extract<WriteResult, { ok: true }> {
  if (!result.ok) throw new Error(result.error.message);
  return result;
}
const errorOf = (result: WriteResult) => (result.ok ? undefined : { code: result.error.code, reason: result.error.reason, message: result.error.message });
/** Writes one request after the other, a second apart. */
const after = (...requests: readonly (WriteRequest extends infer Request ? (Request extends WriteRequest ? Omit<Request, 'atMs'> : never) : never)[]): Store =>
  requests.reduce<Store>((store, request, index) => done(write(store, { ...request, atMs: index * 1000 })).store, emptyStore({ seed: 's' }));
const created = after({ verb: 'create', object: deployment });
const live = getObject(created, key)!;

describe('creating', () => {
  test('sets what only the server sets, and drops the status', () => {
    expect(live).toEqual({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: {
        name: 'web',
        namespace: 'shop',
        uid: expect.stringMatching(/^.{36}$/u) as string,
        resourceVersion: '2',
        generation: 1,
        creationTimestamp: '2026-01-01T00:00:00Z',
      },
      spec: { replicas: 2 },
    });
  });

  test('a Node may bring its status and has neither namespace nor generation', () => {
    const node = { apiVersion: 'v1', kind: 'Node', metadata: { name: 'n', namespace: 'shop' }, status: { phase: 'x' } };
    const stored = getObject(after({ verb: 'create', object: node }), { apiVersion: 'v1', kind: 'Node', name: 'n' })!;
    expect(stored.status).toEqual({ phase: 'x' });
    expect(Object.keys(stored.metadata).toSorted()).toEqual(['creationTimestamp', 'name', 'resourceVersion', 'uid']);
  });

  test('generated names differ, and do not depend on what else is created', () => {
    const object = { apiVersion: 'v1', kind: 'Pod', metadata: { generateName: 'web-' } };
    const create = { verb: 'create', object } as const;
    const names = (store: Store) => listObjects(store, { apiVersion: 'v1', kind: 'Pod', namespace: 'default' }).map(({ metadata }) => metadata.name);
    expect(names(after(create, create, create))).toEqual(names(after(create, { verb: 'create', object: configMap }, create, create)));
    expect(new Set(names(after(create, create, create))).size).toBe(3);
  });

  test('an object of that name that is being deleted says so', () => {
    const store = after({ verb: 'create', object: pod }, { verb: 'delete', key: podKey });
    expect(errorOf(write(store, { verb: 'create', object: pod, atMs: 0 }))?.message).toBe('object is being deleted: pods "p" already exists');
  });

  test.each([
    [deployment, 409, 'AlreadyExists', 'deployments.apps "web" already exists'],
    [{ ...deployment, metadata: {} }, 422, 'Invalid', 'Deployment.apps "" is invalid: metadata.name: Required value: name or generateName is required'],
    [{ ...configMap, metadata: { name: 'x', resourceVersion: '7' } }, 500, '', 'resourceVersion should not be set on objects to be created'],
    [{ kind: 'Pod' }, 400, 'BadRequest', `Object 'apiVersion' is missing in '{"kind":"Pod"}'`],
    [
      { ...deployment, metadata: { name: 'x', labels: { a: 1 } } },
      400,
      'BadRequest',
      'Deployment in version "v1" cannot be handled as a Deployment: json: cannot unmarshal number into Go struct field ObjectMeta.metadata.labels of type string',
    ],
  ] as const)('%j: %i %s', (object, code, reason, message) => {
    expect(errorOf(write(created, { verb: 'create', object, atMs: 0 }))).toEqual({ code, reason, message });
  });
});

describe('updating', () => {
  const changed = { ...live, spec: { replicas: 3 }, status: { replicas: 7 } };
  const result = done(write(created, { verb: 'update', object: changed, atMs: 5000 }));

  test('raises resourceVersion and generation and leaves the status', () => {
    expect(result.object).toEqual({ ...live, spec: { replicas: 3 }, metadata: { ...live.metadata, resourceVersion: '3', generation: 2 } });
    expect(result.event).toEqual({ type: 'MODIFIED', object: result.object });
  });

  test('of the status leaves the rest', () => {
    const { object } = done(write(created, { verb: 'update', object: changed, subresource: 'status', atMs: 5000 }));
    expect(object).toEqual({ ...live, status: { replicas: 7 }, metadata: { ...live.metadata, resourceVersion: '3' } });
  });

  test('of the status may set annotations, and leaves the generation and a Deployment’s labels', () => {
    const metadata = { ...live.metadata, labels: { a: 'b' }, annotations: { 'deployment.kubernetes.io/revision': '1' } };
    const { object } = done(write(created, { verb: 'update', object: { ...live, metadata }, subresource: 'status', atMs: 0 }));
    expect(object.metadata).toEqual({ ...live.metadata, annotations: metadata.annotations, resourceVersion: '3' });
  });

  test('with an old resourceVersion is a conflict, without one it overwrites', () => {
    expect(errorOf(write(result.store, { verb: 'update', object: changed, atMs: 0 }))).toEqual({
      code: 409,
      reason: 'Conflict',
      message:
        'Operation cannot be fulfilled on deployments.apps "web": the object has been modified; please apply your changes to the latest version and try again',
    });
    expect(write(result.store, { verb: 'update', object: deployment, atMs: 0 })).toMatchObject({
      ok: true,
      object: { metadata: { resourceVersion: '4', generation: 3 } },
    });
  });

  test('with the same content is no write', () => {
    const again = done(write(created, { verb: 'update', object: live, atMs: 9000 }));
    expect(again).toEqual({ ok: true, store: created, object: live, event: null });
    expect(again.store).toBe(created);
  });

  test('annotations raise the generation of a Deployment, not of a StatefulSet; labels of none', () => {
    const generationAfter = (kind: string, metadata: JsonObject) => {
      const store = after(
        { verb: 'create', object: { ...deployment, kind } },
        { verb: 'update', object: { ...deployment, kind, metadata: { ...deployment.metadata, ...metadata } } },
      );
      return getObject(store, { ...key, kind })!.metadata.generation;
    };
    expect(generationAfter('Deployment', { annotations: { a: 'b' } })).toBe(2);
    expect(generationAfter('StatefulSet', { annotations: { a: 'b' } })).toBe(1);
    expect(generationAfter('Deployment', { labels: { a: 'b' } })).toBe(1);
  });

  test('what only the server sets cannot be taken away or changed', () => {
    const { object } = done(
      write(created, {
        verb: 'update',
        object: { ...live, metadata: { name: 'web', namespace: 'shop', creationTimestamp: 'never', generation: 77, labels: { a: 'b' } } },
        atMs: 0,
      }),
    );
    expect(object.metadata).toEqual({ ...live.metadata, labels: { a: 'b' }, resourceVersion: '3' });
  });

  test.each([
    [{ ...deployment, metadata: { name: 'no' } }, {}, 'deployments.apps "no" not found'],
    [
      { ...live, metadata: { ...live.metadata, deletionTimestamp: '2026-01-01T00:00:00Z' } },
      {},
      'Deployment.apps "web" is invalid: metadata.deletionTimestamp: Invalid value: "2026-01-01T00:00:00Z": field is immutable',
    ],
    [
      { ...live, metadata: { ...live.metadata, uid: 'other' } },
      {},
      `Operation cannot be fulfilled on deployments.apps "web": StorageError: invalid object, Code: 4, Key: /registry/deployments/shop/web, ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: UID in precondition: other, UID in object meta: ${live.metadata.uid}`,
    ],
    [configMap, { subresource: 'status' }, 'the server could not find the requested resource'],
    [{ ...deployment, metadata: { ...deployment.metadata, resourceVersion: 'x' } }, {}, 'strconv.ParseUint: parsing "x": invalid syntax'],
  ] as const)('%j with %j: %s', (object, more, message) => {
    expect(errorOf(write(created, { verb: 'update', object, atMs: 0, ...more }))?.message).toBe(message);
  });

  test('a kind that wants a resourceVersion says so', () => {
    const object = { apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', metadata: { name: 'b' } };
    expect(errorOf(write(after({ verb: 'create', object }), { verb: 'update', object, atMs: 0 }))?.message).toBe(
      'poddisruptionbudgets.policy "b" is invalid: metadata.resourceVersion: Invalid value: 0: must be specified for an update',
    );
  });
});

describe('patching', () => {
  const patch = (patchType: 'json' | 'merge' | 'strategic', value: JsonObject | readonly JsonObject[], store = created) =>
    write(store, { verb: 'patch', key, patchType, patch: value, atMs: 0 });

  test('nulls delete, and never a conflict unless the patch names a version', () => {
    expect(patch('merge', { spec: { replicas: null, paused: true } })).toMatchObject({
      ok: true,
      object: { spec: { paused: true }, metadata: { generation: 2 } },
    });
    expect(errorOf(patch('merge', { metadata: { resourceVersion: '1' } }))?.reason).toBe('Conflict');
    expect(patch('merge', { spec: { replicas: 2 } })).toMatchObject({ ok: true, event: null });
  });

  test('directives that had nothing to act on are not stored', () => {
    expect(patch('strategic', { spec: { strategy: { $retainKeys: ['type'], type: 'Recreate' } } })).toMatchObject({
      object: { spec: { replicas: 2, strategy: { type: 'Recreate' } } },
    });
    const result = patch('strategic', { spec: { strategy: { $retainKeys: ['type'], type: 'Recreate' } } });
    expect(JSON.stringify(result.ok && result.object)).not.toContain('$');
  });

  test.each([
    ['json', [{ op: 'remove', path: '/no' }], 422, 'the server rejected our request due to an error in our request'],
    ['merge', { metadata: { name: 'other' } }, 400, 'the name of the object (other) does not match the name on the URL (web)'],
    ['merge', { metadata: { namespace: 'other' } }, 400, 'the namespace of the object (other) does not match the namespace on the request (shop)'],
    ['merge', [], 400, 'error decoding patch: json: cannot unmarshal array into Go value of type map[string]interface {}'],
    ['strategic', { $patch: 'burn' }, 500, 'unknown patch type: burn in map: map[$patch:burn]'],
  ] as const)('%s %j: %i', (patchType, value, code, message) => {
    expect(errorOf(patch(patchType, value))).toMatchObject({ code, message });
  });

  test('what a JSON Patch really broke on is kept for explanations', () => {
    expect(patch('json', [{ op: 'remove', path: '/no' }])).toMatchObject({
      error: { hidden: "error in remove for path: '/no': Unable to remove nonexistent key: no: missing value" },
    });
  });

  test('custom resources have no strategic merge patch', () => {
    const object = { apiVersion: 'example.com/v1', kind: 'Widget', metadata: { name: 'w' } };
    const widget = { apiVersion: 'example.com/v1', kind: 'Widget', name: 'w' };
    expect(errorOf(write(after({ verb: 'create', object }), { verb: 'patch', key: widget, patchType: 'strategic', patch: {}, atMs: 0 }))).toMatchObject({
      code: 415,
    });
  });
});

describe('deleting', () => {
  test('takes the object at once; the event has the revision of the deletion', () => {
    const { store, event } = done(write(created, { verb: 'delete', key, atMs: 0 }));
    expect(getObject(store, key)).toBeUndefined();
    expect(event).toEqual({ type: 'DELETED', object: { ...live, metadata: { ...live.metadata, resourceVersion: '3' } } });
    expect(errorOf(write(store, { verb: 'delete', key, atMs: 0 }))).toEqual({ code: 404, reason: 'NotFound', message: 'deployments.apps "web" not found' });
  });

  test('waits for finalizers; removing the last one ends it', () => {
    const store = after({ verb: 'create', object: pod }, { verb: 'delete', key: podKey });
    expect(getObject(store, podKey)!.metadata).toMatchObject({ deletionTimestamp: '2026-01-01T00:00:01Z', deletionGracePeriodSeconds: 0, generation: 2 });
    expect(write(store, { verb: 'delete', key: podKey, atMs: 9000 })).toMatchObject({ ok: true, event: null });
    expect(errorOf(write(store, { verb: 'finalize', key: podKey, finalizer: 'new', atMs: 0 }))?.message).toBe(
      'Pod "p" is invalid: metadata.finalizers: Forbidden: no new finalizers can be added if the object is being deleted, found new finalizers []string{"new"}',
    );
    const end = done(write(store, { verb: 'unfinalize', key: podKey, finalizer: 'example.com/wait', atMs: 0 }));
    expect([end.event?.type, getObject(end.store, podKey)]).toEqual(['DELETED', undefined]);
  });

  test('a grace period can only be made shorter, and counts from the first deletion', () => {
    const bare = { ...pod, metadata: { name: 'p' } };
    const store = after({ verb: 'create', object: bare }, { verb: 'delete', key: podKey, gracePeriodSeconds: 30 });
    const metadataAfter = (gracePeriodSeconds?: number) => {
      const result = done(write(store, { verb: 'delete', key: podKey, atMs: 20_000, ...(gracePeriodSeconds !== undefined && { gracePeriodSeconds }) }));
      return [result.event?.type, result.object.metadata.deletionTimestamp];
    };
    expect(getObject(store, podKey)!.metadata.deletionTimestamp).toBe('2026-01-01T00:00:31Z');
    expect(metadataAfter()).toEqual([undefined, '2026-01-01T00:00:31Z']);
    expect(metadataAfter(60)).toEqual([undefined, '2026-01-01T00:00:31Z']);
    expect(metadataAfter(10)).toEqual(['MODIFIED', '2026-01-01T00:00:11Z']);
    expect(metadataAfter(-5)).toEqual(['MODIFIED', '2026-01-01T00:00:02Z']);
    expect(metadataAfter(0)[0]).toBe('DELETED');
  });

  test('the way of propagation leaves a finalizer for the garbage collector', () => {
    const foreground = done(write(created, { verb: 'delete', key, propagationPolicy: 'Foreground', atMs: 0 }));
    expect(foreground.object.metadata.finalizers).toEqual(['foregroundDeletion']);
    const orphan = done(write(foreground.store, { verb: 'delete', key, propagationPolicy: 'Orphan', atMs: 0 }));
    expect(orphan.object.metadata.finalizers).toEqual(['orphan']);
    expect(done(write(orphan.store, { verb: 'delete', key, propagationPolicy: 'Background', atMs: 0 })).event?.type).toBe('DELETED');
  });

  test.each([
    [
      { uid: 'x' },
      `the UID in the precondition (x) does not match the UID in record (${live.metadata.uid}). The object might have been deleted and then recreated`,
    ],
    [
      { resourceVersion: '9' },
      'the ResourceVersion in the precondition (9) does not match the ResourceVersion in record (2). The object might have been modified',
    ],
  ])('precondition %j', (preconditions, because) => {
    expect(errorOf(write(created, { verb: 'delete', key, preconditions, atMs: 0 }))?.message).toBe(
      `Operation cannot be fulfilled on Deployment.apps "web": ${because}`,
    );
  });
});

test('a review may change or refuse an object before it is stored', () => {
  const review: Review = (object, old) =>
    old === undefined
      ? { ok: true, object: { ...object, data: { a: 'defaulted' } } }
      : { ok: false, error: { code: 403, reason: 'Forbidden', message: 'configmaps "settings" is forbidden: no' } };
  const result = done(write(emptyStore(), { verb: 'create', object: configMap, atMs: 0 }, review));
  expect(getObject(result.store, settings)!.data).toEqual({ a: 'defaulted' });
  expect(errorOf(write(result.store, { verb: 'patch', key: settings, patchType: 'merge', patch: { data: null }, atMs: 0 }, review))?.reason).toBe('Forbidden');
});

test('a dry run tells what would be, and changes nothing', () => {
  const result = done(write(created, { verb: 'update', object: { ...live, spec: {} }, atMs: 0, dryRun: true }));
  expect(result).toMatchObject({ event: null, object: { spec: {}, metadata: { generation: 2 } } });
  expect(result.store).toBe(created);
});
