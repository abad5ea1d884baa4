import { expect, test } from 'vitest';
import { lastAppliedAnnotation, lastAppliedOf, manifestPatch, manifestToCreate } from './apply-manifest.ts';
import { strategicMerge } from './strategic-merge.ts';

const manifest = { kind: 'Deployment', apiVersion: 'apps/v1', metadata: { name: 'web' }, spec: { replicas: 2, note: 'a<b&c' } };

test('the annotation holds the manifest as Go writes it', () => {
  expect(manifestToCreate(manifest)).toEqual({
    ...manifest,
    metadata: {
      name: 'web',
      annotations: {
        [lastAppliedAnnotation]:
          String.raw`{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"annotations":{},"name":"web"},"spec":{"note":"a\u003cb\u0026c","replicas":2}}` +
          '\n',
      },
    },
  });
  expect(lastAppliedOf(manifestToCreate(manifest))).toEqual({ ...manifest, metadata: { ...manifest.metadata, annotations: {} } });
});

test('the same manifest again is an empty patch', () => {
  expect(manifestPatch(manifestToCreate(manifest), manifest, false)).toEqual({ ok: true, value: { patchType: 'strategic', patch: {} } });
});

test('a field that was applied and is gone is deleted; the annotation follows', () => {
  const live = manifestToCreate(manifest);
  const next = { ...manifest, spec: { note: 'n' } };
  const result = manifestPatch(live, next, false);
  const merged = result.ok ? strategicMerge(live, result.value.patch, 'Deployment') : result;
  expect(merged).toEqual({ ok: true, value: manifestToCreate(next) });
});

test('a live object that was never applied loses nothing', () => {
  expect(manifestPatch({ ...manifest, spec: { replicas: 5 } }, { ...manifest, spec: { note: 'n' } }, true)).toMatchObject({
    value: { patchType: 'merge', patch: { spec: { note: 'n' } } },
  });
});

test('another name is refused', () => {
  const result = manifestPatch(manifest, { ...manifest, metadata: { name: 'other' } }, false);
  expect(result).toMatchObject({ ok: false, error: { message: 'At least one of apiVersion, kind and name was changed' } });
});
