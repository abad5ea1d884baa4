import { describe, expect, test } from 'vitest';
import { kubectlFaults } from '../../tests/content/kubectl-line.ts';
import { symptoms } from './symptoms.ts';
import { commandList } from './commands.ts';
import { errorMessages } from './error-messages.ts';
import { glossary } from './glossary.ts';
import { beliefs } from './often-said.ts';

describe('the lists of the course', () => {
  test.each([
    ['the glossary', glossary],
    ['the commands', commandList],
    ['the error messages', errorMessages],
    ['the beliefs', beliefs],
  ])('%s hold what their entries must hold', (_, read) => {
    expect(read).not.toThrow();
  });

  test('the glossary and the error messages are long', () => {
    expect(glossary().length).toBeGreaterThan(300);
    expect(errorMessages().length).toBeGreaterThan(150);
  });

  test('every kubectl line can be typed as it stands', () => {
    const lines = [
      ...commandList().flatMap(({ id, line, examples }) => [line, ...examples.map((each) => each.line)].map((each) => ({ id, line: each }))),
      ...errorMessages().flatMap(({ id, look }) => look.map((line) => ({ id, line }))),
    ];
    expect(lines.filter(({ line }) => line.startsWith('kubectl ')).flatMap(({ id, line }) => kubectlFaults(line).map((fault) => `${id}: ${fault}`))).toEqual(
      [],
    );
  });

  test('the first page offers messages that exist, without holes', () => {
    const offered = symptoms();
    expect(offered.length).toBeGreaterThanOrEqual(10);
    expect(offered.filter(({ text }) => /[{}]/.test(text))).toEqual([]);
  });
});
