import { describe, expect, test } from 'vitest';
import { readYaml } from '../labs/reading/read-yaml.ts';
import recording from './fixtures/kubectl-yaml.json' with { type: 'json' };

interface Recorded {
  readonly text: string;
  /** Null: kubectl does not complain of the YAML. */
  readonly says: string | null;
}

/** What the reader says in kubectl's name of the syntax; a field set twice and a number that JSON lacks are other matters. */
function told(text: string): string | null {
  const sentences = readYaml(text).errors.flatMap(({ kubectl }) => kubectl ?? []);
  return sentences.find((sentence) => !/^(?:yaml: unmarshal errors|json: )/u.test(sentence)) ?? null;
}

const sets: readonly (readonly [string, readonly Recorded[]])[] = [
  ['mistakes that the model was made with', recording.known],
  ['random changes of manifests that it was never tuned to', recording.heldOut],
];

describe('what kubectl says of broken YAML', () => {
  test.each(
    sets.map(([name, cases]) => [`${String(cases.filter(({ text, says }) => told(text) === says).length)} of ${String(cases.length)}`, name, cases] as const),
  )('kubectl v1.32.4: %s %s have its very sentence', (_, __, cases) => {
    expect(cases.filter(({ says }) => says !== null).length).toBeGreaterThan(70);
    expect(cases.map(({ text }) => ({ text, says: told(text) }))).toEqual(cases);
  });
  test('a text that kubectl refuses has a message in plain words at a place in the text', () => {
    for (const { text, says } of [...recording.known, ...recording.heldOut]) {
      const [error] = readYaml(text).errors;
      if (says === null) continue;
      expect(error, text).toBeDefined();
      const lines = text.split('\n');
      const { line = 0, column = 0, message = '', hint = '' } = error ?? {};
      expect(line >= 1 && line <= lines.length && column >= 1 && column <= (lines[line - 1] ?? '').length + 1, text).toBe(true);
      expect(`${message} ${hint}`, text).not.toMatch(/implicit key|block mapping|flow collection|scalar|undefined|this is not valid YAML/u);
    }
  });
});
