import { describe, expect, test } from 'vitest';
import reader from './read.ts';

const claim = (spec: string, name = 'data') => `apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata:\n  name: ${name}\nspec:\n${spec}`;
const whole = '  accessModes: [ReadWriteOnce]\n  resources:\n    requests:\n      storage: 1Gi\n';
const errors = (objects: string, setup = '') => {
  const reading = reader.read({ setup, objects });
  return reading.ok ? [] : reading.errors.map(({ part, line, column, message }) => `${part} ${line}:${column} ${message}`);
};

describe('reading the texts', () => {
  test('a claim as people write it is read', () => {
    expect(errors(claim(whole))).toEqual([]);
  });

  test('empty texts are a cluster without objects', () => {
    expect(reader.read({ setup: '', objects: '' })).toEqual({ ok: true, input: { setup: [], objects: [] } });
  });

  test.each([
    ['an unknown field', claim(whole.replace('accessModes', 'accessMode')), /^objects 6:3 unknown field "spec\.accessMode"/u],
    ['a size that is no quantity', claim(whole.replace('1Gi', 'banana')), /^objects 9:16 spec\.resources\.requests\.storage is a text \("banana"\)/u],
    ['a size of 0', claim(whole.replace('1Gi', '0')), /^objects 7:3 spec\.resources\[storage\]: Invalid value: "0": must be greater than zero/u],
    ['no mode', claim(whole.replace('  accessModes: [ReadWriteOnce]\n', '')), /spec\.accessModes: Required value: at least 1 access mode is required/u],
    ['a mode that does not exist', claim(whole.replace('ReadWriteOnce', 'ReadWrite')), /Unsupported value: "ReadWrite"/u],
    ['an upper-case name', claim(whole, 'Data'), /^objects 4:9 .*RFC 1123 subdomain/u],
    ['a kind that nobody knows', 'apiVersion: v1\nkind: PersistentVolumeclaim\nmetadata: { name: a }\n', /^objects 2:7 /u],
    ['a tab', 'apiVersion: v1\nkind: Pod\nmetadata:\n\tname: a\n', /^objects 4:/u],
    ['the same object twice', `${claim(whole)}---\n${claim(whole)}`, /there is a PersistentVolumeClaim "data" above already/u],
  ])('%s is told with its place', (_, text, message) => {
    expect(errors(text)).toEqual([expect.stringMatching(message)]);
  });

  test('an object that stands in both texts is told in the second', () => {
    expect(errors(claim(whole), claim(whole))).toEqual([expect.stringMatching(/^objects 4:9 there is a PersistentVolumeClaim/u)]);
  });

  test('a local volume without node affinity is refused with the sentence of the API server', () => {
    const volume =
      'apiVersion: v1\nkind: PersistentVolume\nmetadata: { name: disk }\nspec:\n  capacity: { storage: 1Gi }\n  accessModes: [ReadWriteOnce]\n  local: { path: /mnt }\n';
    expect(errors('', volume)).toEqual([expect.stringMatching(/spec\.nodeAffinity: Required value: Local volume requires node affinity/u)]);
  });

  test('a node without a status has a machine and its own name as host name', () => {
    const reading = reader.read({ setup: 'apiVersion: v1\nkind: Node\nmetadata: { name: n1, labels: { zone: a } }\n', objects: '' });
    expect(reading.ok && reading.input.setup[0]).toMatchObject({
      metadata: { labels: { zone: 'a', 'kubernetes.io/hostname': 'n1' } },
      status: { capacity: { cpu: '4', memory: '8Gi', pods: '110' }, allocatable: { cpu: '4' } },
    });
  });
});
