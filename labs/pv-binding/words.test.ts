import { describe, expect, test } from 'vitest';
import type { NodeSelector } from '../engine/api/cluster-kinds.ts';
import lab from './lab.ts';
import { claimsOf, volumesOf } from './matching.ts';
import { begun, settled } from './testing.ts';
import { reachInWords, wishInWords } from './words.ts';

const volume = (spec = '') =>
  `apiVersion: v1\nkind: PersistentVolume\nmetadata: { name: v }\nspec:\n  capacity: { storage: 5Gi }\n  accessModes: [ReadWriteOnce]\n  local: { path: /mnt }\n  nodeAffinity: { required: { nodeSelectorTerms: [{ matchExpressions: [{ key: kubernetes.io/hostname, operator: In, values: [n1] }] }] } }\n${spec}`;
const claim = (spec: string) =>
  `apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: { name: c }\nspec:\n  accessModes: [ReadWriteOnce]\n  resources: { requests: { storage: 5Gi } }\n${spec}`;

describe('what a claim asks for', () => {
  test.each([
    ['', '5Gi RWO, no class named'],
    ["  storageClassName: ''\n", '5Gi RWO, class ""'],
    ['  storageClassName: fast\n  volumeMode: Block\n', '5Gi RWO, Block, class fast'],
    [
      "  storageClassName: ''\n  selector: { matchLabels: { disk: ssd }, matchExpressions: [{ key: zone, operator: In, values: [a, b] }] }\n",
      '5Gi RWO, class "", labels disk=ssd zone In a or b',
    ],
  ])('%j is said as %s', (spec, words) => {
    expect(wishInWords(claimsOf(begun(claim(spec), volume()))[0]!)).toBe(words);
  });
});

describe('who reaches a volume', () => {
  const reach = (terms: NodeSelector['nodeSelectorTerms']) => {
    const [made] = volumesOf(begun('', volume()));
    return reachInWords({ ...made!, spec: { ...made!.spec, nodeAffinity: { required: { nodeSelectorTerms: terms } } } });
  };

  test('one label, by the last part of its key', () => {
    expect(reachInWords(volumesOf(begun('', volume()))[0]!)).toBe('only nodes with hostname n1');
  });

  test('several values, requirements and terms', () => {
    const zone = { key: 'topology.kubernetes.io/zone', operator: 'In', values: ['a', 'b'] };
    const size = { key: 'size', operator: 'NotIn', values: ['small'] };
    expect(reach([{ matchExpressions: [zone, size] }, { matchFields: [{ key: 'metadata.name', operator: 'In', values: ['n9'] }] }])).toBe(
      'only nodes with zone a or b and size not small, or metadata.name n9',
    );
  });

  test('without terms every node does', () => {
    expect(reach([])).toBeUndefined();
  });
});

test('an Event in the log names its author and its object', () => {
  const state = settled(begun(claim("  storageClassName: ''\n").replace('5Gi', '9Gi'), volume()));
  expect(lab.log(state, 0).at(-1)?.text).toBe(
    'The PV controller reports FailedBinding for claim c: no persistent volumes available for this claim and no storage class is set',
  );
});
