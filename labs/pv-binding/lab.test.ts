import { phaseOf } from '../kit/cluster-lab/object-words.ts';
import { describe, expect, test } from 'vitest';
import lab from './lab.ts';
import { claimsOf, matchingOf, volumesOf } from './matching.ts';
import reader from './read.ts';
import { after, begun, settled } from './testing.ts';

import type { State } from './state.ts';

const volume = (name: string, { size = '5Gi', modes = 'ReadWriteOnce', more = '' } = {}) =>
  `apiVersion: v1\nkind: PersistentVolume\nmetadata: { name: ${name} }\nspec:\n  capacity: { storage: ${size} }\n  accessModes: [${modes}]\n  nfs: { server: s.example.com, path: /${name} }\n${more}---\n`;
const claim = (name: string, { size = '5Gi', modes = 'ReadWriteOnce', more = "  storageClassName: ''\n" } = {}) =>
  `apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: { name: ${name} }\nspec:\n  accessModes: [${modes}]\n  resources: { requests: { storage: ${size} } }\n${more}---\n`;
const pod = (name: string, of: string) =>
  `apiVersion: v1\nkind: Pod\nmetadata: { name: ${name} }\nspec:\n  containers: [{ name: c, image: nginx:1.29 }]\n  volumes: [{ name: v, persistentVolumeClaim: { claimName: ${of} } }]\n---\n`;
const node = 'apiVersion: v1\nkind: Node\nmetadata: { name: n1 }\n---\n';
const bonds = (state: State) => Object.fromEntries(claimsOf(state).map(({ metadata, spec }) => [metadata.name, spec.volumeName ?? null]));
const phases = (state: State) => Object.fromEntries(volumesOf(state).map((each) => [each.metadata.name, phaseOf(each)]));

describe('what the picture says of each volume', () => {
  test('every question is answered, also after the first no', () => {
    const state = settled(begun(claim('c', { size: '10Gi', modes: 'ReadWriteMany' }), volume('v')));
    const [match] = matchingOf(state, claimsOf(state)[0]!).matches;
    expect([...match!.checks.values()].filter(({ met }) => !met).map(({ rule }) => rule)).toEqual(['access-modes', 'size']);
    expect(match!.so).toBe('Two reasons; the first: ReadWriteOnce does not cover ReadWriteMany');
  });

  test('before the controller has looked nothing is judged; afterwards the one that was taken says why, the other what came first', () => {
    const state = begun(claim('c'), volume('large', { size: '9Gi' }) + volume('small', { size: '6Gi' }));
    const words = (reached: State) => matchingOf(reached, claimsOf(reached)[0]!).matches.map(({ so }) => so);
    expect(words(state)).toEqual(['Not compared yet', 'Not compared yet']);
    expect(words(settled(state))).toEqual([
      'It fits too, but small came first: it is the smallest volume that fits',
      'Bound: it is the smallest volume that fits',
    ]);
  });
});

describe('acts', () => {
  const kept = begun(claim('c'), volume('v'));

  test('deleting a claim under Retain releases its volume, and only without claimRef another claim gets it', () => {
    const released = after(kept, { type: 'delete', object: 'PersistentVolumeClaim/default/c' });
    expect(phases(released)).toEqual({ v: 'Released' });
    const cleared = after(released, { type: 'act', name: 'clear-claim-ref', object: 'PersistentVolume/v' });
    expect(phases(cleared)).toEqual({ v: 'Available' });
  });

  test('a claim in use is only marked; the pod’s end lets it go', () => {
    const used = after(begun(claim('c') + pod('p', 'c'), node + volume('v')));
    const marked = after(used, { type: 'delete', object: 'PersistentVolumeClaim/default/c' });
    expect(phaseOf(claimsOf(marked)[0]!)).toBe('Terminating');
    expect(after(marked, { type: 'delete', object: 'Pod/default/p' })).toMatchObject({ cluster: { store: { objects: { persistentvolumeclaims: [] } } } });
  });

  test('what is marked already is not marked again, and finalizers are stripped only then', () => {
    const used = after(begun(claim('c') + pod('p', 'c'), node + volume('v')));
    const strip = { type: 'act', name: 'drop-finalizers', object: 'PersistentVolumeClaim/default/c' } as const;
    expect(lab.reduce(used, strip)).toBe(used);
    const marked = after(used, { type: 'delete', object: 'PersistentVolumeClaim/default/c' });
    expect(lab.reduce(marked, { type: 'delete', object: 'PersistentVolumeClaim/default/c' })).toBe(marked);
    expect(claimsOf(after(marked, strip))).toEqual([]);
  });

  test.each(['power/nowhere', 'provisioner/none.example.com'])('a fact about what is not there (%s) changes nothing', (fact) => {
    expect(lab.reduce(kept, { type: 'world', fact, value: 'off' })).toBe(kept);
  });
});

describe('an edit during the run', () => {
  const amended = (state: State, objects: string, setup = '') => {
    const reading = reader.read({ setup, objects });
    if (!reading.ok) throw new Error(JSON.stringify(reading.errors));
    return settled(lab.reduce(state, lab.amend(state, reading.input)));
  };

  test('creates what is new, changes what differs, and deletes nothing', () => {
    const first = settled(begun(claim('c', { size: '8Gi' }), volume('v')));
    expect(bonds(first)).toEqual({ c: null });
    const grown = amended(first, claim('d'), volume('v', { more: '  mountOptions: [nolock]\n' }));
    expect(bonds(grown)).toEqual({ c: null, d: 'v' });
    expect(volumesOf(grown)[0]!.spec.mountOptions).toEqual(['nolock']);
  });

  test('the same texts again are no act', () => {
    const first = settled(begun(claim('c'), volume('v')));
    expect(lab.log(amended(first, claim('c'), volume('v')), 0)).toEqual(lab.log(first, 0));
  });

  test('what the API server refuses stands in the log with its sentence, and changes nothing', () => {
    const first = settled(begun(claim('c'), volume('v')));
    const refused = amended(first, claim('c', { more: '  storageClassName: fast\n' }), volume('v'));
    expect(lab.log(refused, 0).at(-1)).toMatchObject({
      text: 'You change claim c: refused',
      tone: 'bad',
      because: expect.stringMatching(/is immutable|spec: Forbidden/u) as string,
    });
    expect(bonds(refused)).toEqual({ c: 'v' });
  });
});

test('a run is plain data that goes on from JSON', () => {
  const state = begun(claim('c') + pod('p', 'c'), node + volume('v'));
  expect(settled(JSON.parse(JSON.stringify(state)) as State)).toEqual(settled(state));
});
