import { expect, test } from 'vitest';
import { scoreCommandLine } from './command-line.ts';
import { prepareLookup, readQuery } from './lookup.ts';

const names = ['kubectl get', 'kubectl top pod', 'kubectl delete', 'kubectl delete pod force', 'kubectl get jsonpath', 'dig'];
const entries = [
  ...names.map((title) => ({ id: title, kind: 'Command', title, also: [] })),
  { id: 'Pod', kind: 'Term', title: 'pod', also: ['po', 'pods'] },
  { id: 'get error', kind: 'Error', title: 'kubectl get {name} was refused by the server', also: [] },
];
const lookup = prepareLookup(entries);

test.each([
  ['kubectl get pods', 'kubectl get'],
  ['kubectl get po', 'kubectl get'],
  ['kubectl get pods -n shop', 'kubectl get'],
  ['kubectl get pods -o jsonpath={.items}', 'kubectl get jsonpath'],
  ['kubectl top pods', 'kubectl top pod'],
  ['kubectl delete pod web', 'kubectl delete'],
  ['kubectl delete pod web --force', 'kubectl delete pod force'],
  // A message that is pasted with the line before it is asked about, not the line.
  ['kubectl get pods was refused by the server', 'get error'],
  ['pods get', 'Pod'],
])('%s is a line of %s', (query, name) => {
  expect(readQuery(query, lookup).named[0]?.entry.id).toBe(name);
});

test('a name alone, words in another order and commands of one word are no line', () => {
  const isLine = (query: string) => scoreCommandLine(query, entries).some((score) => score > 0);
  expect(['kubectl get', 'get kubectl pods', 'dig web now', 'how does kubectl get pods'].filter(isLine)).toEqual([]);
  expect(isLine('kubectl get pods')).toBe(true);
});
