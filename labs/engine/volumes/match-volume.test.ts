import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../patch/json.ts';
import { claimNamed, classNamed, exampleStorage, nodeNamed, volumeNamed } from './example-storage.ts';
import { volumeVerdicts, type VolumeChoice } from './match-volume.ts';
import { createPersistentVolumeController } from './persistent-volume-controller.ts';

/** What the claim `c` would get of these volumes, once they are Available. */
function choiceOf(
  volumes: readonly JsonObject[],
  claim: JsonObject,
  { others = [], seed = 'example', node }: { others?: JsonObject[]; seed?: string; node?: string } = {},
): VolumeChoice {
  const storage = exampleStorage([createPersistentVolumeController()], seed);
  storage.create(...others, ...volumes);
  storage.pass(100);
  storage.create(claim);
  const { store } = storage.now();
  const found = node === undefined ? undefined : storage.node(node);
  return volumeVerdicts(store, storage.claim('c')!, found === undefined ? {} : { node: found });
}

const [rwo, rox, rwx] = ['ReadWriteOnce', 'ReadOnlyMany', 'ReadWriteMany'] as const;
const reserved = { claimRef: { namespace: 'default', name: 'c' } };

describe('the volume that a claim gets', () => {
  test.each<[string, JsonObject[], JsonObject, string | undefined, string]>([
    [
      'is the smallest that is large enough',
      [volumeNamed('a', { size: '100Gi' }), volumeNamed('b', { size: '6Gi' }), volumeNamed('d', { size: '4Gi' })],
      claimNamed('c'),
      'b',
      'it is the smallest volume that fits',
    ],
    [
      'has the fewest access modes, before its size counts',
      [volumeNamed('a', { size: '5Gi', modes: [rwo, rwx] }), volumeNamed('b')],
      claimNamed('c'),
      'b',
      'of the volumes that fit, it has the fewest access modes',
    ],
    [
      'is the reserved one, though a smaller one fits',
      [volumeNamed('a', { size: '5Gi' }), volumeNamed('b', { size: '50Gi', spec: reserved })],
      claimNamed('c'),
      'b',
      'it is reserved for this claim',
    ],
    [
      'is a free one with fewer modes, though another is reserved',
      [volumeNamed('a'), volumeNamed('b', { modes: [rwo, rox], spec: reserved })],
      claimNamed('c'),
      'a',
      'of the volumes that fit, it has the fewest access modes',
    ],
    [
      'may be of another class if it is reserved',
      [volumeNamed('a', { spec: { ...reserved, storageClassName: 'fast' } })],
      claimNamed('c'),
      'a',
      'it is reserved for this claim',
    ],
    ['is none if there is none', [], claimNamed('c'), undefined, 'there is no volume'],
    [
      'compares sizes as amounts, not as texts',
      [volumeNamed('a', { size: '1000Mi' }), volumeNamed('b', { size: '2Gi' })],
      claimNamed('c', { size: '1Gi' }),
      'b',
      'it is the only volume that fits',
    ],
  ])('%s', (_, volumes, claim, chosen, because) => {
    expect(choiceOf(volumes, claim)).toMatchObject({ ...(chosen !== undefined && { chosen }), because });
  });

  test('of equal ones follows from the seed, and different seeds take different ones', () => {
    const equal = ['a', 'b', 'd', 'e'].map((name) => volumeNamed(name));
    const chosen = Array.from({ length: 20 }, (_, index) => choiceOf(equal, claimNamed('c'), { seed: String(index) }).chosen);
    expect(new Set(chosen).size).toBeGreaterThan(2);
    expect(choiceOf(equal.toReversed(), claimNamed('c'), { seed: '3' }).chosen).toBe(chosen[3]);
  });
});

describe('the question that rules a volume out', () => {
  const fast = { storageClassName: 'fast' };
  test.each<[string, JsonObject, JsonObject, string, string]>([
    ['too small', volumeNamed('a', { size: '4Gi' }), claimNamed('c'), 'size', '4Gi is less than 5Gi'],
    ['a mode is missing', volumeNamed('a'), claimNamed('c', { modes: [rwx] }), 'access-modes', 'ReadWriteOnce does not cover ReadWriteMany'],
    ['another class', volumeNamed('a', { spec: fast }), claimNamed('c'), 'class', 'the volume has class fast, the claim no class'],
    ['the claim wants a class', volumeNamed('a'), claimNamed('c', { spec: fast }), 'class', 'the volume has no class, the claim class fast'],
    ['raw blocks', volumeNamed('a', { spec: { volumeMode: 'Block' } }), claimNamed('c'), 'volume-mode', 'the volume is Block, the claim wants Filesystem'],
    [
      'labels',
      volumeNamed('a'),
      claimNamed('c', { spec: { selector: { matchLabels: { tier: 'gold' } } } }),
      'selector',
      "its labels do not match the claim's selector",
    ],
    [
      'another claim',
      volumeNamed('a', { spec: { claimRef: { namespace: 'default', name: 'd' } } }),
      claimNamed('c'),
      'reserved-for-another-claim',
      'it belongs to claim default/d',
    ],
    [
      'the same name elsewhere',
      volumeNamed('a', { spec: { claimRef: { namespace: 'prod', name: 'c' } } }),
      claimNamed('c'),
      'reserved-for-another-claim',
      'it belongs to claim prod/c',
    ],
    [
      'an earlier claim',
      volumeNamed('a', { spec: { claimRef: { namespace: 'default', name: 'c', uid: 'old' } } }),
      claimNamed('c'),
      'reserved-for-another-claim',
      'it belongs to an earlier claim of the same name (another uid)',
    ],
  ])('%s', (_, volume, claim, rule, because) => {
    const { verdicts, chosen } = choiceOf([volume], claim);
    expect(chosen).toBeUndefined();
    expect(verdicts[0]!.checks.at(-1)).toEqual({ rule, met: false, because });
    expect(verdicts[0]!.checks.slice(0, -1).every(({ met }) => met)).toBe(true);
  });

  test('a class that waits for a pod leaves only reserved volumes to the controller', () => {
    const others = [classNamed('slow', 'kubernetes.io/no-provisioner', { volumeBindingMode: 'WaitForFirstConsumer' })];
    const spec = { storageClassName: 'slow' };
    const { verdicts, chosen } = choiceOf([volumeNamed('a', { spec }), volumeNamed('b', { spec: { ...spec, ...reserved } })], claimNamed('c', { spec }), {
      others,
    });
    expect(chosen).toBe('b');
    expect(verdicts[0]!.checks.at(-1)).toMatchObject({ rule: 'waits-for-pod', met: false });
  });
});

describe('for a node', () => {
  const on = (node: string): JsonObject => ({
    nodeAffinity: { required: { nodeSelectorTerms: [{ matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'In', values: [node] }] }] } },
  });
  const others = [nodeNamed('n1'), nodeNamed('n2')];

  test('only volumes that the node reaches fit, and access modes do not sort', () => {
    const volumes = [
      volumeNamed('a', { size: '5Gi', spec: on('n2') }),
      volumeNamed('b', { size: '6Gi', modes: [rwo, rwx], spec: on('n1') }),
      volumeNamed('d', { spec: on('n1') }),
    ];
    const { chosen, verdicts } = choiceOf(volumes, claimNamed('c'), { others, node: 'n1' });
    expect(chosen).toBe('b');
    expect(verdicts[0]!.checks.at(-1)).toEqual({ rule: 'node-affinity', met: false, because: 'its node affinity does not match node n1' });
  });

  test('a reserved volume elsewhere leaves the node without any', () => {
    const volumes = [volumeNamed('a'), volumeNamed('b', { spec: { ...on('n2'), ...reserved } })];
    expect(choiceOf(volumes, claimNamed('c'), { others, node: 'n1' }).chosen).toBeUndefined();
    expect(choiceOf(volumes, claimNamed('c'), { others, node: 'n2' }).chosen).toBe('b');
  });
});
