import { expect, test } from 'vitest';
import { scoreCommandLine } from './command-line.ts';
import { prepareLookup, readQuery } from './lookup.ts';

const names = [
  'kubectl create',
  'kubectl create namespace',
  'kubectl get',
  'kubectl top pod',
  'kubectl delete',
  'kubectl delete pod force',
  'kubectl get jsonpath',
  'dig',
];
const entries = [
  ...names.map((title) => ({ id: title, kind: 'Command', title, also: [] })),
  { id: 'Pod', kind: 'Term', title: 'pod', also: ['po', 'pods'] },
  { id: 'Namespace', kind: 'Term', title: 'namespace', also: ['ns'] },
  { id: 'get error', kind: 'Error', title: 'kubectl get {name} was refused by the server', also: [] },
];
const lookup = prepareLookup(entries);

test.each([
  ['kubectl get pods', 'kubectl get'],
  ['kubectl get po', 'kubectl get'],
  ['kubectl get pods -n shop', 'kubectl get'],
  ['kubectl get pods -o jsonpath={.items}', 'kubectl get jsonpath'],
  ['kubectl top pods', 'kubectl top pod'],
  // A kind by its short name.
  ['kubectl create ns shop', 'kubectl create namespace'],
  ['kubectl delete pod web', 'kubectl delete'],
  ['kubectl delete pod web --force', 'kubectl delete pod force'],
  // A message that is pasted with the line before it is asked about, not the line.
  ['kubectl get pods was refused by the server', 'get error'],
  ['pods get', 'Pod'],
])('%s is a line of %s', (query, name) => {
  expect(readQuery(query, lookup).named[0]?.entry.id).toBe(name);
});

test('a line is known without its tool, if more than one word of the name is left', () => {
  const named = (query: string) => entries.filter((_, at) => (scoreCommandLine(query, entries)[at] ?? 0) > 0).map(({ title }) => title);
  expect(named('create namespace shop')).toEqual(['kubectl create namespace']);
  expect(named('get pods shop')).toEqual([]);
});

test('a name alone, words in another order and commands of one word are no line', () => {
  const isLine = (query: string) => scoreCommandLine(query, entries).some((score) => score > 0);
  expect(['kubectl get', 'get kubectl pods', 'dig web now', 'how does kubectl get pods'].filter(isLine)).toEqual([]);
  expect(isLine('kubectl get pods')).toBe(true);
});
