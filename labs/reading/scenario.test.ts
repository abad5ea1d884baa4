import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import lab from '../../tests/fixtures/retry-client/lab.ts';
import { compareScenarios, readScenario } from './scenario.ts';

const folder = new URL('../../tests/fixtures/retry-client/scenarios/', import.meta.url);
const challenge = readFileSync(new URL('never-in-time.yaml', folder), 'utf8');
const show = readFileSync(new URL('late-server.yaml', folder), 'utf8');

const small = `
title: A title
kind: show
task: A task
texts: { client: '', server: '' }
`;

describe('a scenario that is right', () => {
  test.each(readdirSync(folder))('%s', (file) => {
    const read = readScenario(readFileSync(new URL(file, folder), 'utf8'), lab);
    expect(read.ok ? '' : read.message).toBe('');
  });
  test('needs little', () => {
    expect(readScenario(small, lab)).toEqual({
      ok: true,
      scenario: {
        title: 'A title',
        kind: 'show',
        task: 'A task',
        texts: { client: '', server: '' },
        seed: 1,
        goals: [],
        solutions: [],
        wrong: [],
        hints: [],
        commands: [],
      },
    });
  });
  test('keeps texts as they are', () => {
    const read = readScenario(show, lab);
    expect(read.ok && read.scenario.texts.client).toBe('attempts: 5\nwaitMs: 200\n');
  });
});

describe('a message names the field', () => {
  test.each<[string, string, string]>([
    ['no YAML', 'a: [', 'not YAML'],
    ['two documents', `${small}---\na: 1`, 'not YAML'],
    ['a list', '- a', 'an object with fields, not a list'],
    ['no title', small.replace('title: A title', ''), 'title: a text, not nothing'],
    ['an empty task', small.replace('A task', "' '"), 'task: a text, not an empty one'],
    ['a kind that is none', small.replace('show', 'quiz'), 'kind: one of show, challenge, not "quiz"'],
    ['a misspelt field', `${small}afterwards: x`, 'afterwards: no such field'],
    ['a number as a text', small.replace("client: ''", 'client: 5'), 'texts.client: a text, not 5'],
    ['a seed below zero', `${small}seed: -1`, 'seed: a whole number'],
    ['one option', `${small}predict: { question: q, options: [{ text: a, right: true, why: b }] }`, 'predict.options: at least two'],
    ['two right options', show.replace('right: false', 'right: true'), 'predict.options: exactly one option is right'],
    ['the same option twice', show.replace("text: '6'", "text: '2'"), 'predict.options: no two options'],
    ['an option without a why', show.replace(', why: Four were enough.', ''), 'predict.options[2].why: a text'],
    ['a goal of two kinds', `${small}goals: [{ text: a, goal: { finally: x, never: y } }]`, 'goals[0].goal: exactly one of'],
    ['within without a time', `${small}goals: [{ text: a, goal: { within: answered } }]`, 'goals[0].goal.ms: a whole number'],
    ['a stray field in a goal', `${small}goals: [{ text: a, goal: { finally: answered, ms: 5 } }]`, 'goals[0].goal.ms: no such field'],
    ['a move of no kind', `${small}solutions: [{ title: a, moves: [{ wait: 5 }] }]`, 'solutions[0].moves[0]: exactly one of act, edit, replace, run, not wait'],
    ['a run to nowhere', `${small}solutions: [{ title: a, moves: [{ run: forever }] }]`, 'solutions[0].moves[0].run: `to the end`'],
    ['a run with a stray field', `${small}solutions: [{ title: a, moves: [{ run: { ms: 5, s: 1 } }] }]`, 'solutions[0].moves[0].run.s: no such field'],
    ['an action without a type', `${small}solutions: [{ title: a, moves: [{ act: {} }] }]`, 'solutions[0].moves[0].act: an action with a `type`'],
    ['hints that are no texts', `${small}hints: [5]`, 'hints[0]: a text, not 5'],
    [
      'a challenge with one solution',
      challenge.replace(/ {2}- title: More attempts[\s\S]*(?=wrong:)/, ''),
      'solutions: a challenge has at least two solutions, not 1',
    ],
    ['a challenge with two hints', challenge.replace(/ {2}- Make the pause.*\n/, ''), 'hints: a challenge has three hints, not 2'],
    ['a challenge without a wrong attempt', challenge.replace(/wrong:[\s\S]*(?=hints:)/, ''), 'wrong: a challenge has at least one'],
    ['a missing part', small.replace(", server: ''", ''), 'texts.server: missing'],
    ['a part of another lab', small.replace("server: ''", "server: '', network: ''"), 'texts: no part `network` in this lab; there are: client, server'],
    ['an unknown check', challenge.replace('finally: answered', 'finally: solved'), 'goals[0].goal: no check `solved`'],
    ['an unknown diagnosis', challenge.replace('diagnosis: gave-up-too-early', 'diagnosis: tired'), 'wrong[0].diagnosis: no diagnosis `tired`'],
    ['an action that the lab does not take', challenge.replace('type: mend', 'type: fly'), 'solutions[2].moves[1].act: the lab does not know this action'],
    [
      'a replacement in an unknown part',
      challenge.replace('replace: { part: client', 'replace: { part: nobody'),
      'solutions[0].moves[0].replace.part: no part `nobody`',
    ],
    ['a file without end', ' '.repeat(200_000), 'at most 100000 characters'],
  ])('%s', (_, text, message) => {
    const read = readScenario(text, lab);
    expect(read.ok ? 'accepted' : read.message).toContain(message);
  });
});

describe('the order of scenarios', () => {
  test('shows come before challenges, then the order counts, then the id; one without an order comes last', () => {
    const listed = [
      { id: 'c', kind: 'challenge', order: 1 },
      { id: 'z', kind: 'show' },
      { id: 'y', kind: 'show', order: 20 },
      { id: 'b', kind: 'show', order: 30 },
      { id: 'a', kind: 'show', order: 30 },
      { id: 'x', kind: 'show' },
    ] as const;
    expect([...listed].sort(compareScenarios).map(({ id }) => id)).toEqual(['y', 'a', 'b', 'x', 'z', 'c']);
  });
  test.each([0, 1000, 1.5, "'10'"])('%s is no place', (order) => {
    const read = readScenario(`${small}order: ${order}\n`, lab);
    expect(read.ok ? '' : read.message).toMatch(/order.*a whole number from 1 to 999/u);
  });
});
