import { expect, test } from 'vitest';
import { relatedTo, type Relatable } from './related.ts';

const entry = (id: string, chapter: string, says: string, names: readonly string[] = []): Relatable => ({ id, chapter, says, names });
const chosen = (one: Relatable, others: readonly Relatable[], max = 9): readonly string[] => relatedTo(one, others, (each) => each, max).map(({ id }) => id);
const taint = { ...entry('taint', 'scheduling#taints', 'A mark on a node.', ['tolerations']), title: 'Taint' };

test('first what is of the chapter and named, then what is named, then what is only of the chapter', () => {
  const others = [
    entry('same-chapter', 'scheduling', 'Nothing of it.'),
    entry('named', 'dns', 'The taints of a node.'),
    entry('both', 'scheduling', 'The node is tainted.'),
    entry('neither', 'dns', 'Nothing.'),
  ];
  expect(chosen(taint, others)).toEqual(['both', 'named', 'same-chapter']);
  expect(chosen(taint, others, 1)).toEqual(['both']);
});

test('the same heading comes before the same chapter, and equals keep their order', () => {
  expect(chosen(taint, [entry('a', 'scheduling', ''), entry('b', 'scheduling', ''), entry('c', 'scheduling#taints', '')])).toEqual(['c', 'a', 'b']);
});

test.each([
  ['a name inside another word', 'The retainted one'],
  ['a name inside a hyphenated word', 'The taint-manager'],
  ['a name in a command', 'Run `kubectl taint nodes web`'],
  ['another name with a capital of its own', 'Tolerations'],
])('%s is no mention', (_, says) => {
  expect(chosen(taint, [entry('a', 'dns', says)])).toEqual([]);
});

test('a short name counts only within its chapter', () => {
  const pod = { ...entry('pod', 'pods', ''), title: 'Pod' };
  expect(chosen(pod, [entry('a', 'dns', 'A pod.'), entry('b', 'pods', 'None.'), entry('c', 'pods', 'A pod.')])).toEqual(['c', 'b']);
});
