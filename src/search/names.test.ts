import { describe, expect, test } from 'vitest';
import { fit as fitStemmed, fitMisspelt as fitMisspeltStemmed, readName, stemmed, telling } from './names.ts';

const fit = (asked: string, found: string) => fitStemmed(stemmed(asked), stemmed(found));
const fitMisspelt = (asked: string, found: string) => fitMisspeltStemmed(stemmed(asked), stemmed(found));

describe('a name is cut', () => {
  test.each([
    ['a name in small letters stays whole', 'conntrack', ['conntrack']],
    ['capitals inside part it', 'PersistentVolumeClaim', ['persistent', 'volume', 'claim']],
    ['a row of capitals is one piece', 'ClusterIP', ['cluster', 'ip']],
    ['the row may come first', 'DNSPolicy', ['dns', 'policy']],
    ['marks part it', 'kube-proxy', ['kube', 'proxy']],
  ])('%s', (_name, text, expected) => {
    expect(readName(text).pieces).toEqual(expected);
  });

  test.each([
    ['as one word', 'ClusterIP', 'clusterip'],
    ['two words as one', 'load balancer', 'loadbalancer'],
    ['with a hyphen left out', 'kube-proxy', 'kubeproxy'],
    ['in part', 'StorageClass', 'class'],
  ])('it may be typed %s', (_name, name, typed) => {
    expect(readName(name).units.map(({ text }) => text)).toContain(typed);
  });
});

describe('a word fits', () => {
  test('itself best, another form nearly, a beginning less, a stranger not at all', () => {
    const fits = [fit('claim', 'claim'), fit('claims', 'claim'), fit('cla', 'claim'), fit('pod', 'node')];
    expect(fits).toEqual([...fits].sort((a, b) => b - a));
    expect(new Set(fits).size).toBe(4);
    expect(fits[3]).toBe(0);
  });
  test('two letters are no beginning: po is the short name of pod, not of port', () => {
    expect(fit('po', 'port')).toBe(0);
  });
  test.each([
    ['one wrong letter', 'ndost', 'ndots', true],
    ['two in a long word', 'kuberntse', 'kubernetes', true],
    ['none in a short one', 'pdo', 'pod', false],
    ['not another word', 'banana', 'canary', false],
  ])('misspelt: %s', (_name, asked, found, expected) => {
    expect(fitMisspelt(asked, found) > 0).toBe(expected);
  });
});

test('a rare word tells more than a common one, a small word next to nothing', () => {
  expect(telling('quorum', 1, 700)).toBeGreaterThan(telling('pod', 90, 700));
  expect(telling('pod', 90, 700)).toBeGreaterThan(telling('the', 1, 700));
});

test('a part of one word is known as such', () => {
  const isPart = (name: string): boolean | undefined => readName(name).units.find(({ text }) => text === 'pod')?.isPart;
  expect(isPart('ReadWriteOncePod')).toBe(true);
  expect(isPart('Pending pod')).toBe(false);
});
