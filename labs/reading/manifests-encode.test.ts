import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Plain } from '../lab.ts';
import { allTables } from './all-tables.ts';
import { decodeFields } from './manifests-decode.ts';
import { encodeFields } from './manifests-encode.ts';
import { knownKinds } from './fields-tables.ts';
import { readManifests } from './manifests.ts';

const written = (type: string, value: Plain): Plain => encodeFields(allTables, type, decodeFields(allTables, type, value).value);

describe('an object is written again', () => {
  test.each<[string, string, Plain, Plain]>([
    ['a fraction as thousandths', 'ResourceRequirements', { requests: { cpu: '0.5' } }, { requests: { cpu: '500m' } }],
    ['a number as a text', 'ResourceRequirements', { limits: { cpu: 2, memory: 1024 } }, { limits: { cpu: '2', memory: '1024' } }],
    ['with the largest unit that fits', 'ResourceRequirements', { limits: { memory: '2048Mi' } }, { limits: { memory: '2Gi' } }],
    ['with nothing finer than a thousandth among resources', 'ResourceRequirements', { limits: { cpu: '1500u' } }, { limits: { cpu: '2m' } }],
    ['as fine as it was where no resources are listed', 'EmptyDirVolumeSource', { sizeLimit: '1500u' }, { sizeLimit: '1500u' }],
    ['with a missing amount as none', 'ResourceRequirements', { limits: { cpu: null } }, { limits: { cpu: '0' } }],
    ['without empty texts, numbers and flags', 'PodSpec', { nodeName: '', hostNetwork: false, containers: [] }, { containers: [] }],
    ['with those behind pointers', 'PodSpec', { hostUsers: false, runtimeClassName: '', priority: 0 }, { hostUsers: false, runtimeClassName: '', priority: 0 }],
    ['with those that are always there', 'ContainerPort', { containerPort: 0, hostPort: 0 }, { containerPort: 0 }],
    ['without empty lists and maps', 'PodSpec', { volumes: [], nodeSelector: {}, overhead: {} }, {}],
    ['with empty structures', 'Volume', { name: 'v', emptyDir: {} }, { name: 'v', emptyDir: {} }],
    ['with empty texts in lists and maps', 'Container', { name: 'c', command: ['', null] }, { name: 'c', command: ['', ''] }],
    ['with a port 0, which is a structure', 'TCPSocketAction', { port: 0, host: '' }, { port: 0 }],
    ['in the order of its fields', 'Toleration', { value: 'b', key: 'a' }, { value: 'b', key: 'a' }],
    ['at any depth', 'Pod', { spec: { containers: [{ name: 'c', tty: false }] } }, { spec: { containers: [{ name: 'c' }] } }],
    ['with what is unknown', 'Toleration', { zone: '' }, { zone: '' }],
  ])('%s', (_, type, value, expected) => {
    expect(JSON.stringify(written(type, value))).toBe(JSON.stringify(expected));
  });

  test('and once is enough, whatever it holds', () => {
    const types = knownKinds().map(({ type }) => type);
    const amounts = fc.constantFrom<Plain>('0.5', '1500u', '1e3', 2, '', 0, false, null);
    const fields = fc.constantFrom('spec', 'containers', 'resources', 'requests', 'capacity', 'cpu', 'storage', 'hard', 'data', 'metadata', 'labels');
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof({ maxDepth: 6 }, amounts, fc.array(tie('value'), { maxLength: 3 }), fc.dictionary(fields, tie('value'), { maxKeys: 4 })),
    }));
    fc.assert(
      fc.property(fc.constantFrom(...types), fc.dictionary(fields, value), (type, object) => {
        const once = written(type, object as Plain);
        expect(written(type, once)).toEqual(once);
      }),
    );
  });
});

test('a manifest has both forms', () => {
  const [manifest] = readManifests(
    'apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {nodeName: "", containers: [{name: c, image: , resources: {limits: {cpu: 0.5}}}]}\n',
    allTables,
  ).objects;
  const containers = (cpu: Plain, rest: Plain) => [{ name: 'c', ...(rest as object), resources: { limits: { cpu } } }];
  expect(manifest?.value.spec).toEqual({ containers: containers('500m', {}) });
  expect(manifest?.written.spec).toEqual({ nodeName: '', containers: containers(0.5, { image: null }) });
});
