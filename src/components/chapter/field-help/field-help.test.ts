import { globSync, readFileSync } from 'node:fs';
import { experimental_AstroContainer as AstroContainer } from 'astro/container';
import { describe, expect, test } from 'vitest';
import { readYaml } from '../../../../labs/reading/read-yaml.ts';
import { glossary } from '../../../reference/glossary.ts';
import Manifest from '../Manifest.astro';
import { fieldHelp } from './field-help.ts';
import { fieldsOf, refusals, type Manifest as Content } from './facts.ts';
import { fieldTexts, readFieldTexts, textOf } from './texts.ts';

const files = globSync('content/*/*/manifests/*.yaml');
const textOfFile = (file: string): string => readFileSync(file, 'utf8');
const texts = fieldTexts();
const documentsOf = (file: string): readonly Content[] => readYaml(textOfFile(file)).documents.map(({ value }) => value as Content);
/** Help for a field of one of these files. */
const help = (name: string, path: string, nth = 0) =>
  fieldHelp(textOfFile(files.find((file) => file.endsWith(`/${name}.yaml`)) ?? ''), texts).filter((each) => each.path === path)[nth];

describe('fields of the manifests of all chapters', () => {
  test.each(files)('%s: every field has a text and a place in the reference, and the API takes the object', (file) => {
    const found = fieldHelp(textOfFile(file), texts);
    expect(found.length).toBeGreaterThan(5);
    for (const { is, reference, facts } of found) {
      expect(is).toMatch(/[.]$/);
      expect(reference).toMatch(/^https:\/\/kubernetes\.io\/docs\/reference\/kubernetes-api\/[a-z]+\/[a-z0-9-]+\/#[A-Z]\w+$/);
      expect(facts).not.toContain('undefined');
    }
    for (const object of documentsOf(file)) expect(refusals(object)).toEqual([]);
  });

  test.each(files)('%s: the nth key of the listing is the nth field', async (file) => {
    const [, folder = '', name = ''] = /^content\/(.*)\/manifests\/(.*)$/.exec(file) ?? [];
    const container = await AstroContainer.create();
    const callouts = [...textOfFile(file).matchAll(/# \(\d+\)$/gm)].map(() => 'x');
    const html = await container.renderToString(Manifest as Parameters<typeof container.renderToString>[0], { props: { file: name, folder, callouts } });
    const keys = [...html.matchAll(/<b>([^<]*)<\/b>/g)].map(([, key]) => key);
    expect(keys).toEqual(documentsOf(file).flatMap((object) => fieldsOf(object).map((path) => path.at(-1))));
  });

  test('no text is left over, and every term is in the glossary', () => {
    const used = files.flatMap((file) => documentsOf(file).flatMap((object) => fieldsOf(object).map((path) => textOf(texts, object.kind, path))));
    const terms = glossary().map(({ id }) => id);
    for (const [kind, entries] of Object.entries(texts))
      for (const [path, entry] of Object.entries(entries)) {
        expect(used, `${kind} ${path}`).toContain(entry);
        expect(terms).toContain(entry.term);
      }
  });
});

describe('what is said of a field', () => {
  test.each([
    [
      'mongodb-pvc',
      'spec.accessModes',
      { facts: 'list of texts, required here', values: ['ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOnce', 'ReadWriteOncePod'] },
    ],
    ['mongodb-pv', 'spec.persistentVolumeReclaimPolicy', { facts: 'text, optional', without: 'Retain' }],
    ['mongodb-pv', 'spec.capacity.storage', { facts: 'quantity' }],
    ['local', 'spec.nodeAffinity', { facts: 'object, required here' }],
    ['local', 'volumeBindingMode', { without: 'Immediate' }],
    ['checkout', 'spec.dnsPolicy', { without: 'ClusterFirst', values: ['ClusterFirst', 'ClusterFirstWithHostNet', 'Default', 'None'] }],
    ['cart', 'spec.ports[].targetPort', { facts: 'number or text, optional', without: '80' }],
    ['cart-sticky', 'spec.sessionAffinityConfig.clientIP.timeoutSeconds', { facts: 'whole number, optional', without: '10800' }],
    ['countit', 'spec.template.spec.containers[].image', { is: texts.Pod?.['spec.containers[].image']?.is }],
    ['countit', 'spec.strategy.type', { without: 'RollingUpdate', values: ['Recreate', 'RollingUpdate'] }],
    ['countit', 'spec.replicas', { facts: 'whole number, optional', without: '1' }],
    ['coredns', 'data.Corefile', { facts: 'text' }],
  ])('%s: %s', (name, path, expected) => {
    expect(help(name, path)).toMatchObject(expected);
  });

  test.each([
    ['mongodb-pv', 'metadata.name', 'definitions/object-meta-v1-meta/#ObjectMeta'],
    ['mongodb-pv', 'spec.nfs.server', 'core/persistent-volume-v1/#NFSVolumeSource'],
    ['mongodb-pv', 'spec.nfs', 'core/persistent-volume-v1/#PersistentVolumeSpec'],
    ['countit', 'spec.strategy.type', 'apps/deployment-v1/#DeploymentSpec'],
    ['local', 'provisioner', 'storage/storage-class-v1/#StorageClass'],
    ['mongodb-pod', 'spec.volumes[].persistentVolumeClaim.claimName', 'core/pod-v1/#PodSpec'],
  ])('%s: %s is found at %s', (name, path, place) => {
    expect(help(name, path)?.reference).toBe(`https://kubernetes.io/docs/reference/kubernetes-api/${place}`);
  });
});

describe('a slip stops the build', () => {
  test.each([
    ['a field without a text', 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\nspec:\n  nodeName: a\n', /Pod has no text for spec\.nodeName/],
    [
      'a field that the kind has not',
      'apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\nspec:\n  subdomain: a\n  containers:\n  - nam: a\n',
      /no text for spec\.containers\[\]\.nam/,
    ],
    ['a manifest that cannot be read', 'a: [', /./],
  ])('%s', (_, manifest, message) => {
    expect(() => fieldHelp(manifest, texts)).toThrow(message);
  });

  test('a field of no kind is refused even with a text', () => {
    expect(() => fieldHelp('apiVersion: v1\nkind: Pod\nnam: a\n', { ...texts, Pod: { nam: { is: 'x' } } })).toThrow(/Pod has no field nam/);
  });

  test('a list with an unknown word', () => {
    expect(() => readFieldTexts('Pod:\n  spec:\n    what: x\n')).toThrow(/content\/data\/fields\.yaml: Pod, spec/);
  });
});
