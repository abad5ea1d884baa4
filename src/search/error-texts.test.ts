import { describe, expect, test } from 'vitest';
import { indexErrors, scoreErrors, withoutAppendix } from './error-texts.ts';
import type { LexiconEntry } from './lexicon.ts';

const texts = [
  '0/{n} nodes are available: {n} Insufficient memory.',
  '0/{n} nodes are available: {n} node(s) had untolerated taint(s).',
  'preemption: 0/{n} nodes are available: {n} No preemption victims found for incoming pod.',
  'Error from server (NotFound): {text} "{name}" not found',
  "bad address '{name}'",
  'Connection refused',
  'Readiness probe failed: {text}',
  'Terminating',
  'Unable to connect to the server: dial tcp {address}: i/o timeout',
  'i/o timeout',
  'CreateContainerConfigError',
] as const;
const index = indexErrors(texts.map((title, at): LexiconEntry => ({ id: String(at), kind: 'Error', title, also: [] })));
const bestOf = (query: string) => {
  const scores = scoreErrors(query, index);
  const best = Math.max(...scores);
  return best > 1 ? texts[scores.indexOf(best)] : undefined;
};

describe('a pasted text is recognized', () => {
  test.each([
    ['with numbers of its own', '0/7 nodes are available: 7 Insufficient memory.', texts[0]],
    [
      'with several reasons, and what preemption could not do',
      "0/5 nodes are available: 1 node(s) didn't match Pod's node affinity/selector, 4 Insufficient memory. preemption: 0/5 nodes are available: 4 No preemption victims found for incoming pod.",
      texts[0],
    ],
    ['preemption alone is its own message', 'preemption: 0/5 nodes are available: 4 No preemption victims found for incoming pod.', texts[2]],
    ['with names of its own', 'Error from server (NotFound): deployments.apps "checkout" not found', texts[3]],
    ['a short one, among other words', "wget: bad address 'db.prod'", texts[4]],
    ['the longer of two that stand in it', 'Readiness probe failed: Get "http://10.0.0.1/": dial tcp 10.0.0.1:80: connect: connection refused', texts[6]],
    ['the whole before a part of it', 'Unable to connect to the server: dial tcp 34.76.12.9:443: i/o timeout', texts[8]],
    ['its words in another order are none', 'address bad', undefined],
    ['a name of one word, in a line of its status', 'web-7d4b9 0/1 CreateContainerConfigError 0 3m', texts[10]],
    ['a word that is said otherwise too is none', 'pod web Terminating', undefined],
    ['one word is no pasted text', 'Terminating', undefined],
    ['a question that shares words is none', 'which nodes are available', undefined],
  ])('%s', (_name, query, expected) => {
    expect(bestOf(query)).toBe(expected);
  });
});

test('only a sentence after another is an appendix', () => {
  expect(withoutAppendix('0/2 nodes are available: x. preemption: 0/2 nodes are available: y.')).toBe('0/2 nodes are available: x.');
  expect(withoutAppendix('preemption: 0/2 nodes are available: y.')).toBe('preemption: 0/2 nodes are available: y.');
});
