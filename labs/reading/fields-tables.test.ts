import { describe, expect, test } from 'vitest';
import { fieldTables, knownKinds, type FieldType } from './fields-tables.ts';
import { metaTypes } from './tables/meta.ts';
import { podTypes } from './tables/pod.ts';
import { volumeTypes } from './tables/volume.ts';

const tables = fieldTables([metaTypes, podTypes, volumeTypes]);
const field = (type: string, name: string): FieldType | undefined => tables.fieldsOf(type)?.get(name);

describe('a line of a table', () => {
  const made = fieldTables(['=Color Blue Red\nT a:s=Color!^ b:[*U] c:{[s]} d:*i e:{q}=ResourceList f:U g:[s=Color] h:y i:v2.U j:l\nU x:b']);
  test.each([
    ['a', { form: 'text', go: 'v1.Color', isKept: true, isRequired: true, values: ['Blue', 'Red'] }],
    ['b', { form: 'list', go: '[]*v1.U', isKept: false, isRequired: false }],
    ['c', { form: 'map', go: 'map[string][]string' }],
    ['d', { form: 'integer', go: 'int32', isKept: true, max: 2_147_483_647 }],
    ['e', { form: 'map', go: 'v1.ResourceList' }],
    ['f', { form: 'struct', name: 'U', go: 'v1.U', isAlways: true }],
    ['g', { form: 'list', go: '[]v1.Color' }],
    ['h', { form: 'bytes', go: '[]uint8' }],
    ['i', { form: 'struct', go: 'v2.U' }],
    ['j', { form: 'integer', go: 'int64' }],
  ])('says what field %s holds', (name, expected) => {
    expect(made.fieldsOf('T')?.get(name)).toMatchObject(expected);
  });
  test('that is not there is no type', () => {
    expect(made.fieldsOf('V')).toBeUndefined();
    expect(made.fieldsOf('constructor')).toBeUndefined();
  });
});

describe('the tables of v1.37', () => {
  test.each([
    ['PodSpec', 'containers', { form: 'list', go: '[]v1.Container', isKept: true, isRequired: true }],
    ['PodSpec', 'evictionResponders', { form: 'list' }],
    ['ContainerPort', 'protocol', { form: 'text', values: ['SCTP', 'TCP', 'UDP'], go: 'v1.Protocol' }],
    ['ContainerPort', 'containerPort', { form: 'integer', isRequired: true }],
    ['Container', 'resources', { form: 'struct', name: 'ResourceRequirements', isAlways: true }],
    ['ResourceRequirements', 'requests', { form: 'map', go: 'v1.ResourceList' }],
    ['HTTPGetAction', 'port', { form: 'integer-or-text' }],
    ['Volume', 'emptyDir', { form: 'struct', isAlways: false }],
    ['PersistentVolumeSpec', 'csi', { form: 'struct', name: 'CSIPersistentVolumeSource' }],
    ['PersistentVolumeClaimSpec', 'storageClassName', { form: 'text', isKept: true, isRequired: false }],
    ['StorageClass', 'provisioner', { form: 'text', isRequired: true }],
    ['ObjectMeta', 'creationTimestamp', { form: 'time' }],
  ])('%s.%s', (type, name, expected) => {
    expect(field(type, name)).toMatchObject(expected);
  });
  test('old fields are gone, and a module that is not loaded is not read', () => {
    expect(field('PodSpec', 'workloadRef')).toBeUndefined();
    expect(tables.fieldsOf('DeploymentSpec')).toBeUndefined();
    const kindsRead = knownKinds().filter(tables.reads);
    expect(kindsRead.map(({ kind }) => kind)).toContain('StorageClass');
    expect(kindsRead.map(({ kind }) => kind)).not.toContain('Deployment');
  });
});

describe('kinds', () => {
  test.each([
    ['v1', 'Endpoints', 'endpoints', true],
    ['v1', 'PersistentVolume', 'persistentvolumes', false],
    ['networking.k8s.io/v1', 'NetworkPolicy', 'networkpolicies', true],
    ['networking.k8s.io/v1', 'Ingress', 'ingresses', true],
    ['storage.k8s.io/v1', 'StorageClass', 'storageclasses', false],
    ['autoscaling/v2', 'HorizontalPodAutoscaler', 'horizontalpodautoscalers', true],
    ['certificates.k8s.io/v1', 'ClusterTrustBundle', 'clustertrustbundles', false],
  ])('%s %s', (apiVersion, kind, resource, isNamespaced) => {
    expect(knownKinds()).toContainEqual(expect.objectContaining({ apiVersion, kind, resource, isNamespaced }));
  });
  test('each has its own fields', () => {
    const types = knownKinds().map(({ type }) => type);
    expect(new Set(types).size).toBe(types.length);
  });
});
