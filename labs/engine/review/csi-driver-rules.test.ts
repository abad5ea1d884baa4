import { expect, test } from 'vitest';
import type { Json, JsonObject } from '../patch/json.ts';
import { act, clusterOf, create, empty, messageOf } from './testing.ts';

const driver = (spec: JsonObject, name = 'disk.csi.example.com'): JsonObject => ({
  apiVersion: 'storage.k8s.io/v1',
  kind: 'CSIDriver',
  metadata: { name },
  spec,
});
const defaults = {
  attachRequired: true,
  podInfoOnMount: false,
  storageCapacity: false,
  fsGroupPolicy: 'ReadWriteOnceWithFSType',
  requiresRepublish: false,
  seLinuxMount: false,
  volumeLifecycleModes: ['Persistent'],
};

test.each<[string, JsonObject, JsonObject]>([
  ['nothing', {}, defaults],
  ['an empty list of modes', { volumeLifecycleModes: [] }, defaults],
  ['that it attaches nothing', { attachRequired: false }, { ...defaults, attachRequired: false }],
  [
    'both modes and a policy',
    { volumeLifecycleModes: ['Persistent', 'Ephemeral'], fsGroupPolicy: 'File' },
    { ...defaults, volumeLifecycleModes: ['Persistent', 'Ephemeral'], fsGroupPolicy: 'File' },
  ],
])('a CSIDriver that says %s gets the rest', (_, spec, expected) => {
  const { answer } = create(empty, driver(spec));
  expect(answer.ok && answer.object.spec).toEqual(expected);
});

test('a CSIDriver without a spec gets all of it', () => {
  const { answer } = create(empty, { apiVersion: 'storage.k8s.io/v1', kind: 'CSIDriver', metadata: { name: 'disk.csi.example.com' } });
  expect(answer.ok && answer.object.spec).toEqual(defaults);
});

const invalid = (text: string): string => `CSIDriver.storage.k8s.io "disk.csi.example.com" is invalid: spec.${text}`;
const soon = 'may not specify a duration less than 10 minutes';
const late = 'may not specify a duration larger than 2^32 seconds';

test.each<[string, Json, string]>([
  [
    'a policy that there is not',
    { fsGroupPolicy: 'Sometimes' },
    'fsGroupPolicy: Unsupported value: "Sometimes": supported values: "File", "None", "ReadWriteOnceWithFSType"',
  ],
  [
    'a mode that there is not',
    { volumeLifecycleModes: ['Once'] },
    'volumeLifecycleModes: Unsupported value: "Once": supported values: "Persistent", "Ephemeral"',
  ],
  ['two tokens for one audience', { tokenRequests: [{ audience: 'a' }, { audience: 'a' }] }, 'tokenRequests[1].audience: Duplicate value: "a"'],
  [
    'a token for too short a time',
    { tokenRequests: [{ audience: 'a', expirationSeconds: 599 }] },
    `tokenRequests[0].expirationSeconds: Invalid value: 599: ${soon}`,
  ],
  [
    'a token for too long',
    { tokenRequests: [{ audience: '', expirationSeconds: 4_294_967_297 }] },
    `tokenRequests[0].expirationSeconds: Invalid value: 4294967297: ${late}`,
  ],
  [
    'a look every nine seconds',
    { nodeAllocatableUpdatePeriodSeconds: 9 },
    'nodeAllocatableUpdatePeriodSeconds: Invalid value: 9: must be greater than or equal to 10 seconds',
  ],
])('a CSIDriver may not have %s', (_, spec, message) => {
  expect(messageOf(create(empty, driver(spec as JsonObject)).answer)).toBe(invalid(message));
});

test('the name of a CSIDriver is a subdomain', () => {
  expect(messageOf(create(empty, driver({}, 'Disk_Driver')).answer)).toContain(
    '"Disk_Driver" is invalid: metadata.name: Invalid value: "Disk_Driver": a lowercase RFC 1123 subdomain',
  );
  expect(messageOf(create(empty, driver({}, 'disk')).answer)).toBe('accepted');
});

test.each<[string, JsonObject, string]>([
  ['whether it attaches', { attachRequired: false }, invalid('attachedRequired: Invalid value: false: field is immutable')],
  ['its modes', { volumeLifecycleModes: ['Ephemeral'] }, invalid('volumeLifecycleModes: Invalid value: ["Ephemeral"]: field is immutable')],
  ['its policy', { fsGroupPolicy: 'None' }, 'accepted'],
  ['whether it tells of pods', { podInfoOnMount: true }, 'accepted'],
])('an update of a CSIDriver: %s', (_, spec, message) => {
  const key = { apiVersion: 'storage.k8s.io/v1', kind: 'CSIDriver', name: 'disk.csi.example.com' };
  expect(messageOf(act(clusterOf(driver({})), { verb: 'patch', key, patchType: 'merge', patch: { spec } }).answer)).toBe(message);
});
