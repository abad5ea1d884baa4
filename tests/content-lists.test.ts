import { readFileSync } from 'node:fs';
import path from 'node:path';
import { load } from 'js-yaml';
import { expect, test } from 'vitest';
import { privateFaults } from './content/chapter-checks.ts';
import { kubectlFaults } from './content/kubectl-line.ts';

const textOf = (name: string): string => readFileSync(path.resolve(import.meta.dirname, '../content/data', name), 'utf8');

/** Named in order to say that they do not exist, or should not be used. */
const namedAsWrong: readonly string[] = ['kubectl create pod', 'kubectl get componentstatuses'];
/** Fields that are command lines as a whole. */
const lineFields: readonly string[] = ['line', 'look'];

/** The kubectl lines anywhere in a list: whole fields, and what stands between backticks; of a pipe each part. Beliefs (`said`) may be wrong. */
function kubectlLines(value: unknown, field = ''): readonly string[] {
  if (typeof value === 'string') {
    const pieces = lineFields.includes(field) ? [value] : [...value.matchAll(/`([^`]+)`/gu)].map(([, piece = '']) => piece);
    return pieces.flatMap((piece) => piece.split(/ (?:\||&&|;) /u)).filter((line) => /^kubectl \S+ \S/u.test(line) && !namedAsWrong.includes(line));
  }
  if (Array.isArray(value)) return value.flatMap((each) => kubectlLines(each, field));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, held]: [string, unknown]) => (key === 'said' ? [] : kubectlLines(held, key)));
}

test.each([
  ['commands.yaml', 200],
  ['error-messages.yaml', 150],
  ['glossary.yaml', 5],
  ['often-said.yaml', 5],
])('every kubectl line in %s can be run as it stands', (name, atLeast) => {
  const lines = [...new Set(kubectlLines(load(textOf(name))))];
  expect(lines.length).toBeGreaterThan(atLeast);
  expect(lines.flatMap((line) => kubectlFaults(line).map((fault) => `${fault}: ${line}`))).toEqual([]);
  // Addresses of pages are long.
  expect(privateFaults(textOf(name).replaceAll(/^\s*docs: .*$/gmu, ''))).toEqual([]);
});

test('a line that kubectl would refuse is found', () => {
  expect(kubectlLines([{ fix: 'Run `kubectl get pods --export` and look.' }]).flatMap(kubectlFaults)).not.toEqual([]);
  expect(kubectlLines({ look: ['kubectl get pods | grep web'] })).toEqual(['kubectl get pods']);
});
