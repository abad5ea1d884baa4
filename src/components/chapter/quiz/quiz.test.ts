import { describe, expect, test } from 'vitest';
import { answered, readQuiz } from './quiz.ts';
import type { LabFiles } from '../settled-lab.ts';

// A lab that counts down from its text and states what is left.
const files = {
  labs: {
    count: {
      meta: {},
      start: (input: number) => ({ left: input, steps: 0 }),
      next: (state: { left: number }) => (state.left > 0 ? { type: 'tick' } : undefined),
      reduce: (state: { left: number; steps: number }) => ({ left: state.left - 1, steps: state.steps + 1 }),
      clockMs: () => 0,
      describe: (state: { steps: number }) => ({ headline: '', facts: [{ label: 'Steps', value: String(state.steps) }], tables: [] }),
    },
  },
  readers: { count: { read: (texts: { from: string }) => ({ ok: true, input: Number(texts.from) }) } },
  scenarios: { 'count/three': 'texts: { from: "3" }', 'count/for-ever': 'texts: { from: "1000000" }' },
} as unknown as LabFiles;

const trace = (scenario: string, fact: string, options: readonly string[]): string => `
- id: how-many
  kind: trace
  covers: [x]
  section: s
  prompt: How many?
  recall: How many?
  answer: '{answer}, for a reason.'
  answerBy: { lab: count, scenario: ${scenario}, fact: ${fact} }
  options: [${options.map((option) => `{ text: '${option}', why: w }`).join(', ')}]
`;

describe('readQuiz', () => {
  test.each([
    [
      'an option without a reason',
      '- { id: a, kind: choice, asks: why, covers: [x], section: s, prompt: p, recall: r, answer: a, options: [{ text: t, right: true }, { text: u, right: false, why: w }] }',
      /"a".*options\.0\.why/s,
    ],
    ['an unknown kind', '- { id: a, kind: essay, covers: [x], section: s, prompt: p, recall: r, answer: a, options: [] }', /"a".*kind/s],
    [
      'a misspelt field',
      '- { id: a, kind: choice, ask: why, asks: why, covers: [x], section: s, prompt: p, recall: r, answer: a, options: [{ text: t, right: true, why: w }, { text: u, right: false, why: w }] }',
      /"ask"/,
    ],
    [
      'a right answer written into a trace',
      trace('three', 'Steps', ['3', '4']).replace("{ text: '3', why: w }", "{ text: '3', right: true, why: w }"),
      /"right"/,
    ],
    [
      'an order with two steps',
      '- { id: a, kind: order, asks: why, covers: [x], section: s, prompt: p, recall: r, answer: a, options: [{ text: t, why: w }, { text: u, why: w }] }',
      /options/,
    ],
  ])('refuses %s', (_, source, message) => {
    expect(() => readQuiz(source)).toThrow(message);
  });
});

describe('answered', () => {
  test('a trace is answered by the lab', () => {
    const [entry] = readQuiz(trace('three', 'Steps', ['2', '3', '4']));
    const question = answered(entry!, files);
    expect(question.options.map((option) => option.right)).toEqual([false, true, false]);
    expect(question.lab).toEqual({ id: 'count', scenario: 'three' });
    expect(question.card).toEqual({ front: 'How many?', back: '3, for a reason.' });
  });

  test.each([
    ['none of the options is what the lab says', trace('three', 'Steps', ['1', '2']), /answers "3", which is none of 1, 2/],
    ['the lab states no such fact', trace('three', 'Stairs', ['1', '2']), /no fact "Stairs"\. Facts: Steps/],
    ['the scenario does not exist', trace('four', 'Steps', ['1', '2']), /no scenario "four"\. Scenarios: three, for-ever/],
    ['the lab does not exist', trace('three', 'Steps', ['1', '2']).replace('lab: count', 'lab: cuont'), /no lab "cuont"\. Labs: count/],
    [
      'its card does not say what the lab found',
      trace('three', 'Steps', ['3', '4']).replace('{answer}', '3'),
      /write \{answer\} in `answer` where "3" belongs/,
    ],
    [
      'a card wants a computed answer that there is not',
      '- { id: a, kind: choice, asks: why, covers: [x], section: s, prompt: p, recall: r, answer: "{answer}", options: [{ text: t, right: true, why: w }, { text: u, right: false, why: w }] }',
      /"a" \(choice\): no lab finds its answer/,
    ],
    ['the lab never settles', trace('for-ever', 'Steps', ['1', '2']), /not settled after 5000 steps/],
  ])('stops the build when %s', (_, source, message) => {
    const [entry] = readQuiz(source);
    expect(() => answered(entry!, files)).toThrow(message);
  });

  test('steps of an order are mixed and keep their places', () => {
    const source = `- { id: o, kind: order, asks: why, covers: [x], section: s, prompt: p, recall: r, answer: a, options: [${['a', 'b', 'c', 'd'].map((text) => `{ text: ${text}, why: w }`).join(', ')}] }`;
    const { options } = answered(readQuiz(source)[0]!, files);
    expect(options.map((option) => option.text)).not.toEqual(['a', 'b', 'c', 'd']);
    expect([...options].sort((one, other) => one.place! - other.place!).map((option) => option.text)).toEqual(['a', 'b', 'c', 'd']);
  });

  test('options stand in the same order at every build, and not all as written', () => {
    const ids = ['q1', 'q2', 'q3', 'q4', 'q5', 'q6'];
    const source = ids
      .map(
        (id) =>
          `- { id: ${id}, kind: choice, asks: why, covers: [x], section: s, prompt: p, recall: r, answer: a, options: [{ text: a, right: true, why: w }, { text: b, right: false, why: w }, { text: c, right: false, why: w }] }`,
      )
      .join('\n');
    const shown = (): number[] => readQuiz(source).map((entry) => answered(entry, files).options.findIndex((option) => option.right));
    expect(shown()).toEqual(shown());
    expect(new Set(shown()).size).toBeGreaterThan(1);
  });
});
