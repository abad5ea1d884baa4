import { describe, expect, test } from 'vitest';
import type { LexiconEntry } from './lexicon.ts';
import { prepareLookup, readQuery } from './lookup.ts';

const entry = (kind: string, title: string, ...also: readonly string[]): LexiconEntry => ({ id: title, kind, title, also });
const lookup = prepareLookup([
  entry('Term', 'Pod', 'po', 'pods'),
  entry('Term', 'PersistentVolume', 'pv', 'persistentvolumes'),
  entry('Term', 'PersistentVolumeClaim', 'pvc', 'claim'),
  entry('Term', 'Service', 'svc'),
  entry('Term', 'NodePort', '30000-32767'),
  entry('Term', 'Ingress', 'ing'),
  entry('Term', 'ingress-NGINX', 'nginx ingress'),
  entry('Term', 'StatefulSet', 'sts'),
  entry('Term', 'Deployment', 'deploy'),
  entry('Term', 'Pending pod', 'failedscheduling'),
  entry('Lab', 'PV/PVC matchmaker', 'pv-binding'),
  entry('Chapter', 'PersistentVolumes and claims', 'pv-pvc'),
  entry('Part', 'Networking'),
  entry('Term', 'Network model', 'networking rules'),
  entry('Page', 'Keys', 'keyboard shortcuts', 'hotkeys'),
  entry('Page', 'Error messages', 'list of errors'),
  entry('Command', 'kubectl logs previous'),
  entry('Term', 'AppArmor'),
  entry('Command', 'kubectl expose', 'expose an app'),
  entry('Error', 'CrashLoopBackOff', 'pod keeps restarting'),
  entry('Command', 'kubectl rollout restart', 'restart pods'),
  entry('Error', 'node was not found, as it does not exist'),
  entry('Error', 'pod has unbound immediate PersistentVolumeClaims'),
  entry('Error', '0/{n} nodes are available: {n} Insufficient memory.'),
]);
const firstOf = (query: string) => readQuery(query, lookup).named[0]?.entry.title;

describe('a query names', () => {
  test.each([
    ['a term by its title', 'Pod', 'Pod'],
    ['a term by its short name', 'svc', 'Service'],
    ['a short name before the words that begin so', 'po', 'Pod'],
    ['two words typed for one', 'node port', 'NodePort'],
    ['one word typed for two', 'persistentvolumeclaim', 'PersistentVolumeClaim'],
    ['the plain thing before a compound', 'ingress', 'Ingress'],
    ['the last letter is yet to come', 'ingres', 'Ingress'],
    ['several words in any order', 'why is my pod pending', 'Pending pod'],
    ['a misspelt name', 'statfulset', 'StatefulSet'],
    ['a pasted error', 'Warning: pod has unbound immediate PersistentVolumeClaims, retrying', 'pod has unbound immediate PersistentVolumeClaims'],
    ['a part by the name of its chapters', 'chapter about networking', 'Networking'],
    ['a page of the site', 'hotkeys of this website', 'Keys'],
    ['a name between small words', 'show all error messages please', 'Error messages'],
    ['the kind that is asked for', 'pv pvc lab', 'PV/PVC matchmaker'],
    ['a complaint whose small words are all there', 'pod keeps restarting', 'CrashLoopBackOff'],
    ['nothing where no word is known', 'photosynthesis', undefined],
    ['nothing by a misspelt part', 'green ingrss farm', undefined],
  ])('%s', (_name, query, expected) => {
    expect(firstOf(query)).toBe(expected);
  });
});

test('a pasted text is named more surely than any name, whatever else stands in it', () => {
  const [first] = readQuery(
    '0/9 nodes are available: 2 node(s) had an odd label of ours, 7 Insufficient memory. preemption: 0/9 nodes are available.',
    lookup,
  ).named;
  expect(first?.entry.title).toBe('0/{n} nodes are available: {n} Insufficient memory.');
  expect(first?.score).toBeGreaterThan(1);
});

describe('what stands in a name by chance comes late', () => {
  const scoreOf = (query: string, title: string): number => readQuery(query, lookup).named.find(({ entry: named }) => named.title === title)?.score ?? 0;
  test('the beginning of another word, where the word itself is known', () => {
    expect(scoreOf('how do I expose my app', 'AppArmor')).toBe(0);
  });
  test('a small word for a strange one', () => {
    expect(readQuery('a thing doex', lookup).corrected).toBeUndefined();
  });
});

test('both sides of a comparison are named', () => {
  const titles = readQuery('deployment vs statefulset', lookup).named.map(({ entry: { title } }) => title);
  expect(titles.slice(0, 2).sort()).toEqual(['Deployment', 'StatefulSet']);
});

describe('what is searched for', () => {
  test.each([
    ['the letter of an option is left out', 'kubectl logs -f', ['kubectl', 'logs']],
    ['a digit stays', 'layer 4', ['layer', '4']],
  ])('%s', (_name, query, expected) => {
    expect(readQuery(query, lookup).words).toEqual(expected);
  });

  test('a word that no name has is corrected; words that stand there are not', () => {
    expect(readQuery('statfulset', lookup).corrected).toEqual(['statefulset']);
    expect(readQuery('statefulset', lookup).corrected).toBeUndefined();
  });
});
