import { describe, expect, test } from 'vitest';
import type { Goal } from '../../labs/lab.ts';
import { lateTexts, retryLab as lab, setupOf, shortTexts } from '../../tests/fixtures/retry-client/setup.ts';
import { diagnose, isSolved, judge, judgeAll } from './goals.ts';
import { act, seek } from './history.ts';
import { beginWhole } from './moves.ts';

const whole = beginWhole(lab, setupOf(lateTexts));
const failing = beginWhole(lab, setupOf(shortTexts));

describe('a goal at a frame', () => {
  test.each<[string, Goal, number, string]>([
    ['finally waits for the end', { finally: 'answered' }, 5, 'open'],
    ['finally is met at the end', { finally: 'answered' }, 11, 'met'],
    ['always holds so far', { always: 'few-attempts' }, 5, 'open'],
    ['always is broken for good', { always: 'few-attempts' }, 11, 'broken'],
    ['never is met at the end', { never: 'gave-up' }, 11, 'met'],
    ['never is open before', { never: 'gave-up' }, 3, 'open'],
    ['never is broken once it happened', { never: 'answered' }, 11, 'broken'],
    ['within is met in time', { within: 'answered', ms: 700 }, 11, 'met'],
    ['within is open while there is time', { within: 'answered', ms: 700 }, 4, 'open'],
    ['within is broken when time is over', { within: 'answered', ms: 300 }, 9, 'broken'],
    ['within is broken by what comes too late', { within: 'answered', ms: 300 }, 11, 'broken'],
    ['no change is few enough', { actionsMax: 0 }, 11, 'met'],
    ['an unknown check is never met', { finally: 'nonsense' }, 11, 'broken'],
  ])('%s', (_, goal, at, verdict) => {
    expect(judge(lab, goal, seek(whole, at), lateTexts).verdict).toBe(verdict);
  });
  test('within is broken at the end of a run, though there is time left', () => {
    expect(judge(lab, { within: 'answered', ms: 1e6 }, seek(failing, 99), shortTexts).verdict).toBe('broken');
  });
  test('changes are counted: acts, and texts that are not the scenario’s', () => {
    const acted = act(lab, whole, { action: { type: 'mend' }, move: { act: { type: 'mend' } }, name: 'x' });
    expect(judge(lab, { actionsMax: 1 }, acted, shortTexts)).toMatchObject({ verdict: 'broken', because: '3 changes of at most 1' });
  });
  test('it says which frame decided', () => {
    expect(judge(lab, { always: 'few-attempts' }, seek(whole, 11), lateTexts)).toMatchObject({ decidedAt: 10, because: '4 attempts' });
  });
});

test('solved means: there are goals, and all are met', () => {
  expect(isSolved([])).toBe(false);
  const scenario = { texts: lateTexts, goals: [{ text: 'answered', goal: { finally: 'answered' } as const }] };
  expect(isSolved(judgeAll(lab, scenario, seek(whole, 10)))).toBe(false);
  expect(isSolved(judgeAll(lab, scenario, seek(whole, 11)))).toBe(true);
});

test('a diagnosis is said when its state is there, and only if the scenario has it', () => {
  const end = seek(failing, 99);
  expect(diagnose(lab, ['gave-up-too-early'], end)).toContain('used all its attempts');
  expect(diagnose(lab, ['gave-up-too-early'], failing)).toBeUndefined();
  expect(diagnose(lab, [], end)).toBeUndefined();
});
