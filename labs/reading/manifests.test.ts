import { describe, expect, test } from 'vitest';
import { fieldTables } from './fields-tables.ts';
import { readManifests } from './manifests.ts';
import { usualBounds } from './read-yaml.ts';
import { configTypes } from './tables/config.ts';
import { metaTypes } from './tables/meta.ts';
import { podTypes } from './tables/pod.ts';
import { volumeTypes } from './tables/volume.ts';
import { claimText as claim } from './testing.ts';

const tables = fieldTables([metaTypes, podTypes, volumeTypes, configTypes]);
const read = (text: string) => readManifests(text, tables);
const pod = (spec: string, metadata = '{name: a}'): string => `apiVersion: v1\nkind: Pod\nmetadata: ${metadata}\nspec: ${spec}\n`;

describe('objects', () => {
  test('are read with version, kind, name, namespace and places', () => {
    const { objects, errors } = read(`${claim}---\napiVersion: storage.k8s.io/v1\nkind: StorageClass\nmetadata: {name: fast}\nprovisioner: x/y\n`);
    expect(errors).toEqual([]);
    expect(objects.map(({ apiVersion, kind, name, namespace }) => [apiVersion, kind, name, namespace])).toEqual([
      ['v1', 'PersistentVolumeClaim', 'data', 'default'],
      ['storage.k8s.io/v1', 'StorageClass', 'fast', ''],
    ]);
    expect(objects[0]?.positionOf(['spec', 'resources', 'requests', 'storage'])).toEqual({ line: 11, column: 16, columnEnd: 19 });
    expect(objects[1]?.keyPositionOf(['provisioner'])).toMatchObject({ line: 16, column: 1 });
  });
  test('of a List are its items', () => {
    const item = (name: string) => `- {apiVersion: v1, kind: ConfigMap, metadata: {name: ${name}, namespace: shop}, data: {a: b}}\n`;
    const { objects } = read(`apiVersion: v1\nkind: List\nitems:\n${item('a')}${item('b')}`);
    expect(objects.map(({ name, namespace }) => [name, namespace])).toEqual([
      ['a', 'shop'],
      ['b', 'shop'],
    ]);
    expect(objects[1]?.positionOf(['data', 'a']).line).toBe(5);
  });
  test('of a list of one kind need not say it', () => {
    const { objects } = read('apiVersion: v1\nkind: ConfigMapList\nitems:\n- {metadata: {name: a}}\n- {apiVersion: v1, kind: Secret, metadata: {name: b}}\n');
    expect(objects.map(({ kind, name }) => [kind, name])).toEqual([
      ['ConfigMap', 'a'],
      ['Secret', 'b'],
    ]);
  });
  test('of a List have their labels read by the API server, not by kubectl', () => {
    const { errors } = read(
      'apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: Pod, metadata: {name: a, labels: {v: 1}}}\n- {metadata: {name: b}}\n',
    );
    expect(errors.map(({ line, kubectl }) => [line, kubectl?.slice(0, 12)])).toEqual([
      [4, 'Error from s'],
      [5, undefined],
    ]);
  });
  test('hold no empty fields, and the zero of their type for empty values of lists and maps', () => {
    const { objects } = read(pod('{hostname: null, nodeSelector: {a: null}, containers: [{name: c, args: [x, null]}, null]}'));
    expect(objects[0]?.value.spec).toEqual({ nodeSelector: { a: '' }, containers: [{ name: 'c', args: ['x', ''] }, {}] });
  });
  test('with a generated name have none', () => {
    expect(read(pod('{containers: []}', '{generateName: a-}')).objects[0]?.name).toBe('');
  });
  test('without errors are read beside those with', () => {
    const { objects, errors } = read(`${pod('{container: []}')}---\n${pod('{containers: []}', '{name: b}')}`);
    expect(objects.map(({ name }) => name)).toEqual(['b']);
    expect(errors).toHaveLength(1);
  });
  test('of nothing are none', () => {
    for (const text of ['', '---\n', '# only this\n---\n---\n', 'null\n']) expect(read(text)).toEqual({ objects: [], errors: [] });
  });
});

const badRequest = (sentence: string) =>
  `Error from server (BadRequest): error when creating "STDIN": Pod in version "v1" cannot be handled as a Pod: ${sentence}`;

describe('mistakes', () => {
  test.each([
    [
      'a misspelt field',
      '{containers: [{name: c, imagee: x}]}',
      'Did you mean image?',
      badRequest('strict decoding error: unknown field "spec.containers[0].imagee"'),
    ],
    [
      'another case',
      '{Containers: []}',
      'Did you mean containers? Small and capital letters differ.',
      badRequest('strict decoding error: unknown field "spec.Containers"'),
    ],
    [
      'a field too deep',
      '{containers: [{name: c, restartPolicy: Never, volumes: []}]}',
      'volumes is a field of spec: indent it less.',
      badRequest('strict decoding error: unknown field "spec.containers[0].volumes"'),
    ],
    [
      'a field not deep enough',
      '{containers: [{name: c}], image: x}',
      'image is a field of spec.containers[]: indent it deeper.',
      badRequest('strict decoding error: unknown field "spec.image"'),
    ],
    [
      'a number for a text',
      '{containers: [{name: c, env: [{name: P, value: 80}]}]}',
      'Put it in quotes',
      badRequest('json: cannot unmarshal number into Go struct field EnvVar.spec.containers.env.value of type string'),
    ],
    [
      'quotes around a number',
      '{terminationGracePeriodSeconds: "30"}',
      'Remove the quotes',
      badRequest('json: cannot unmarshal string into Go struct field PodSpec.spec.terminationGracePeriodSeconds of type int64'),
    ],
    [
      'an object for a list',
      '{containers: {name: c}}',
      'Start each item with "- ".',
      badRequest('json: cannot unmarshal object into Go struct field PodSpec.spec.containers of type []v1.Container'),
    ],
    [
      'a unit of its own',
      '{containers: [{resources: {limits: {memory: 100MB}}}]}',
      'Units are Ki',
      badRequest("quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'"),
    ],
    [
      'a port that is a boolean',
      '{containers: [{livenessProbe: {httpGet: {port: true}}}]}',
      '',
      badRequest('json: cannot unmarshal bool into Go struct field HTTPGetAction.spec.containers.livenessProbe.httpGet.port of type int32'),
    ],
    [
      'a number that is too large',
      '{priority: 3000000000}',
      '',
      badRequest('json: cannot unmarshal number 3000000000 into Go struct field PodSpec.spec.priority of type int32'),
    ],
  ])('%s', (_, spec, hint, kubectl) => {
    const { objects, errors } = read(pod(spec));
    expect(objects).toEqual([]);
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatchObject({ line: 4, kubectl });
    expect(errors[0]?.hint ?? '').toContain(hint);
  });
  test('what stops the reading is what kubectl speaks of; all are named, in the order of the text', () => {
    const { errors } = read('apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  zzz: 1\n  priority: x\n  overhead: {cpu: y}\n  hostname: 1\n');
    expect(errors.map(({ line, kubectl }) => [line, kubectl === undefined])).toEqual([
      [5, true],
      [6, true],
      [7, false],
      [8, true],
    ]);
  });
  test('of metadata are found by kubectl itself, but not those of templates', () => {
    expect(read(pod('{priority: x}', '{name: a, labels: {v: 1}}')).errors[0]?.kubectl).toBe(
      'error: unable to decode "STDIN": json: cannot unmarshal number into Go struct field ObjectMeta.metadata.labels of type string',
    );
    const template = 'apiVersion: v1\nkind: PodTemplate\nmetadata: {name: a}\ntemplate: {metadata: {labels: {v: 1}}}\n';
    expect(read(template).errors[0]?.kubectl).toContain(
      'cannot be handled as a PodTemplate: json: cannot unmarshal number into Go struct field ObjectMeta.template.metadata.labels',
    );
  });
  test.each([
    [
      'no kind',
      'apiVersion: v1\n',
      'kind',
      'error: error validating "f.yaml": error validating data: kind not set; if you choose to ignore these errors, turn validation off with --validate=false',
    ],
    [
      'neither version nor kind',
      'a: b\n',
      'apiVersion',
      'error: error validating "f.yaml": error validating data: [apiVersion not set, kind not set]; if you choose',
    ],
    ['a version that is a number', 'apiVersion: 1\nkind: Pod\n', 'apiVersion', "apiVersion isn't string type"],
    ['a text', 'hello\n', 'no Kubernetes object', 'invalid object to validate'],
    [
      'an unknown kind',
      'apiVersion: v1\nkind: Pot\nmetadata: {name: a}\n',
      'no matches for kind "Pot"',
      'error: resource mapping not found for name: "a" namespace: "" from "f.yaml": no matches for kind "Pot" in version "v1"\nensure CRDs are installed first',
    ],
    [
      'an old version',
      'apiVersion: extensions/v1beta1\nkind: Ingress\nmetadata: {name: a}\n',
      'no matches for kind "Ingress"',
      'no matches for kind "Ingress" in version "extensions/v1beta1"',
    ],
    [
      'no name',
      'apiVersion: storage.k8s.io/v1\nkind: StorageClass\nprovisioner: x/y\n',
      'no name',
      'Resource: "storage.k8s.io/v1, Resource=storageclasses", GroupVersionKind: "storage.k8s.io/v1, Kind=StorageClass"\nName: "", Namespace: ""\nfrom server for: "f.yaml": resource name may not be empty',
    ],
    ['text behind ---', '--- a\nb: c\n', 'behind "---"', 'error: error parsing f.yaml: invalid Yaml document separator: a'],
    [
      'no YAML',
      'a: b\n c: d\n',
      'indented',
      'error: error parsing f.yaml: error converting YAML to JSON: yaml: line 2: mapping values are not allowed in this context',
    ],
  ])('%s', (_, text, message, kubectl) => {
    const [error] = readManifests(text, tables, usualBounds, 'f.yaml').errors;
    expect(error?.message).toContain(message);
    expect(error?.kubectl).toContain(kubectl);
  });
  test('a kind of Kubernetes that is not loaded is not called unknown', () => {
    const [error] = read('apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\n').errors;
    expect(error).toMatchObject({ line: 2, column: 7, message: 'a Deployment has no part in this lab' });
    expect(error?.kubectl).toBeUndefined();
  });
  test('hints name the near kind and the served version', () => {
    expect(read('apiVersion: v1\nkind: Pot\nmetadata: {name: a}\n').errors[0]?.hint).toBe('Did you mean Pod?');
    expect(read('apiVersion: v1\nkind: StorageClass\nmetadata: {name: a}\n').errors[0]).toMatchObject({ line: 1, expected: 'apiVersion: storage.k8s.io/v1' });
  });
  test('a field set twice is one, though kubectl takes the last without a word', () => {
    const { errors } = read(pod('{hostname: a, hostname: b}'));
    expect(errors).toEqual([expect.objectContaining({ line: 4, message: 'the field "hostname" is set twice in this object' })]);
    expect(errors[0]?.kubectl).toBeUndefined();
  });
  test('in a later document stand at their lines in the text, while kubectl counts from the separator', () => {
    const [error] = read(`${pod('{}')}---\na: b\n c: d\n`).errors;
    expect(error?.line).toBe(7);
    expect(error?.kubectl).toContain('yaml: line 2: ');
  });
});
