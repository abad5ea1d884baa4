import { describe, expect, test } from 'vitest';
import { tolerates, untolerated, type Taint, type Toleration } from './taints.ts';

const dedicated: Taint = { key: 'dedicated', value: '5', effect: 'NoSchedule' };

describe('a toleration', () => {
  test.each<[string, Toleration, boolean]>([
    ['without anything tolerates only a taint without value', {}, false],
    ['of all keys', { operator: 'Exists' }, true],
    ['of another effect', { operator: 'Exists', effect: 'NoExecute' }, false],
    ['without operator compares values', { key: 'dedicated', value: '5' }, true],
    ['of a limited time tolerates as well', { key: 'dedicated', operator: 'Exists', tolerationSeconds: 0 }, true],
    ['of larger values', { key: 'dedicated', operator: 'Gt', value: '4' }, true],
    ['of larger values: the limit itself is not larger', { key: 'dedicated', operator: 'Gt', value: '5' }, false],
    ['of smaller values', { key: 'dedicated', operator: 'Lt', value: '10' }, true],
    ['with a limit that is no number', { key: 'dedicated', operator: 'Lt', value: '010' }, false],
    ['with an unknown operator', { key: 'dedicated', operator: 'In' as never, value: '5' }, false],
  ])('%s', (_, toleration, expected) => {
    expect(tolerates(toleration, dedicated)).toBe(expected);
  });
});

describe('untolerated taints', () => {
  const taints: readonly Taint[] = [
    { key: 'soft', effect: 'PreferNoSchedule' },
    { key: 'gone', effect: 'NoExecute' },
    { key: 'full', effect: 'NoSchedule' },
  ];

  test('stand in the order of the node', () => {
    expect(untolerated(taints, []).map(({ key }) => key)).toEqual(['gone', 'full']);
  });

  test('are those with the effects asked for', () => {
    expect(untolerated(taints, [], ['PreferNoSchedule']).map(({ key }) => key)).toEqual(['soft']);
  });

  test('are gone if any toleration fits', () => {
    expect(untolerated(taints, [{ key: 'full', operator: 'Exists' }, { key: 'gone' }])).toEqual([]);
  });
});
