import { globSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { labFiles } from '../lab-files.ts';
import { judgedAnswer, sentenceOf } from './answers.ts';
import { answered, readQuiz } from './quiz.ts';

const questions = globSync('content/*/*/quiz.yaml').flatMap((file) => readQuiz(readFileSync(file, 'utf8')).map((entry) => ({ file, entry })));
const typed = questions.flatMap(({ file, entry }) => (entry.kind === 'input' ? [[entry.id, entry, file] as const] : []));

describe('questions that are answered by typing', () => {
  test('each chapter has at least two', () => {
    const counts = Map.groupBy(typed, ([, , file]) => file);
    expect(counts.size).toBe(new Set(questions.map(({ file }) => file)).size);
    for (const [file, own] of counts) expect(own.length, file).toBeGreaterThanOrEqual(2);
  });

  describe.each(typed)('%s', (_, entry) => {
    test('the lab says that the example is right, and why', () => {
      const [option] = answered(entry, labFiles).options;
      expect(option).toMatchObject({ text: entry.example, right: true });
      expect(option?.why).toMatch(/^\S.*\.$/s);
    });

    test.each(entry.wrong)('it says what is wrong with $text', ({ text, says }) => {
      const { verdict } = judgedAnswer(labFiles, entry.answerBy, text);
      expect('right' in verdict && verdict.right).toBe(false);
      expect(sentenceOf(verdict)).toContain(says);
    });

    // Whatever is typed: a judge neither throws nor hangs, takes no nonsense for right, and places each mistake in what was typed.
    const nonsense = [
      '',
      ' ',
      '\n\n',
      '?',
      '{',
      '}',
      '- ',
      ': :',
      '"',
      "'",
      '&a *a',
      '\t',
      '%',
      '🙂',
      '\u0000',
      'null',
      '[]',
      '{}',
      '1',
      '../../..',
      '<b>x</b>',
      '|\n  x',
      '{'.repeat(60),
      'x'.repeat(5_000),
      '---\nkind: Pod',
      '# x',
      '!!js x',
      '__proto__: 1',
    ];
    test.each(nonsense)('nonsense is told as such: %j', (text) => {
      const { verdict } = judgedAnswer(labFiles, entry.answerBy, text);
      expect('right' in verdict && verdict.right).toBe(false);
      const lines = text.split('\n');
      for (const { line, column } of 'errors' in verdict ? verdict.errors : []) {
        expect(line).toBeGreaterThanOrEqual(1);
        expect(line).toBeLessThanOrEqual(Math.max(lines.length, 2));
        expect(column).toBeGreaterThanOrEqual(1);
        expect(column).toBeLessThanOrEqual((lines[line - 1] ?? '').length + 1);
      }
      expect(sentenceOf(verdict)).not.toBe('');
    });
  });
});

// Any right answer counts, not the one that the author had in mind.
describe('other right answers', () => {
  const others: Readonly<Record<string, readonly string[]>> = {
    'absolute-form': ['API.GitHub.com.', ' api.github.com. '],
    'name-across-namespaces': ['svc1.dev.svc.cluster.local.', 'SVC1.dev'],
    'ndots-for-alpine': ['options ndots:2', 'ndots:2 timeout:1'],
    'size-for-the-largest': ['11Gi', '100Gi', '107374182400', '100G', '20480Mi', '"50Gi"'],
    'claim-ref-for-archive': [
      'claimRef: { namespace: default, name: archive }',
      'claimRef:\n  namespace: default\n  name: archive',
      'namespace: default\nname: archive',
      'name: archive\nnamespace: default\nkind: PersistentVolumeClaim',
    ],
    'terminating-claim': ['terminating', ' Terminating'],
    'node-port-that-answers': ['node-a:30080'],
    'one-let-in': [
      '- podSelector: { matchLabels: { app: checkout } }',
      'podSelector:\n  matchLabels:\n    app: checkout',
      '- podSelector:\n    matchLabels: { app: checkout }',
      'podSelector: { matchExpressions: [{ key: app, operator: In, values: [checkout, web] }] }',
      'ipBlock: { cidr: 10.244.1.5/32 }',
    ],
  };
  const cases = Object.entries(others).flatMap(([id, texts]) => texts.map((text) => [id, text] as const));
  test.each(cases)('%s: %j', (id, text) => {
    const entry = typed.find(([each]) => each === id)?.[1];
    expect(sentenceOf(judgedAnswer(labFiles, entry!.answerBy, text).verdict)).not.toMatch(/^Line/);
    expect(judgedAnswer(labFiles, entry!.answerBy, text).verdict).toMatchObject({ right: true });
  });

  test('every such question has some', () => {
    expect(Object.keys(others).sort()).toEqual(typed.map(([id]) => id).sort());
  });
});

describe('mistakes of authors', () => {
  const source = (change: (text: string) => string): string =>
    change(`- id: n
  kind: input
  asks: why
  covers: [x]
  section: s
  prompt: p
  recall: r
  answer: '{answer}'
  answerBy: { lab: dns-search, scenario: svc1-dev, judge: two-names }
  example: svc1.dev
  wrong: [{ text: svc1, says: none }, { text: x, says: none }]
`);
  test.each([
    ['an example that is not right', (text: string) => text.replace('example: svc1.dev', 'example: svc1'), /its example is not right: Nothing is found/],
    ['a judge that is not there', (text: string) => text.replace('two-names', 'three'), /no judge "three"\. Judges: one-name, two-names/],
    ['a scenario that is not there', (text: string) => text.replace('svc1-dev', 'svc1-def'), /no scenario "svc1-def"/],
    ['a lab that judges nothing', (text: string) => text.replace('dns-search', 'dns-records'), /no judge "two-names"\. Judges: none/],
  ])('%s stops the build', (_, change, message) => {
    expect(() => answered(readQuiz(source(change))[0]!, labFiles)).toThrow(message);
  });

  test('one wrong answer is too few', () => {
    expect(() => readQuiz(source((text) => text.replace(', { text: x, says: none }', '')))).toThrow(/wrong/);
  });
});
