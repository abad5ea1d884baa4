import { describe, expect, test } from 'vitest';
import { lateTexts, retryLab as lab, setupOf, shortTexts } from '../../tests/fixtures/retry-client/setup.ts';
import { newsOf } from './news.ts';
import { startOf } from './opaque.ts';
import { answered } from './outcome.ts';
import type { PageLab, PageScenario } from './page-scenario.ts';
import { compared, edited, misread } from './session-later.ts';
import { noticed, openSession, predicted, selected, shown, sought, stepped, type Session } from './session.ts';

const scenario: PageScenario = {
  id: 'late',
  title: 'Late',
  task: 'Watch.',
  kind: 'show',
  texts: lateTexts,
  seed: 1,
  goals: [],
  solutions: [],
  hints: [],
  commands: [],
  diagnoses: [],
  start: startOf(lab, setupOf(lateTexts)).state,
  predict: {
    question: 'How many?',
    options: [
      { text: '2', right: false, why: 'No.' },
      { text: '`4`', right: true, why: 'It waits longer each time.' },
    ],
  },
};
const challenge: PageScenario = {
  ...scenario,
  kind: 'challenge',
  goals: [{ text: 'answered', goal: { finally: 'answered' } }],
  hints: ['Look at `attempts`.'],
  after: 'It answers now.',
};
const page: PageLab = { id: 'x', lab: 'retry-client', scenario, scenarios: [], url: '/labs/retry-client/', layout: 'figure', heading: 3 };
const open = (what: PageScenario): Session => openSession(lab, { ...page, scenario: what });
const last = (session: Session): number => session.history.branch.frames.length - 1;
const atEnd = (session: Session): Session => sought(last(session))(session);

/** What comes out has no full stop, as in most labs. */
const bare: Session['lab'] = { ...lab, describe: (state) => ({ ...lab.describe(state), headline: lab.describe(state).headline.replace(/\.$/u, '') }) };

describe('what a listener hears', () => {
  const start = open(scenario);
  test('a step: what happened and where the lab stands, once', () => {
    const next = stepped(start);
    expect(newsOf(next, start, false)).toMatch(/^.+[^.]\. 0 ms, step 1 of \d+\.$/u);
    expect(newsOf(next, next, false)).toBe('');
  });
  test('the slider has said the step by itself; at the end it has not said what came out', () => {
    expect(newsOf(stepped(start), start, true)).toBe('');
    expect(newsOf(atEnd(start), start, true)).toContain('Answered after');
  });
  test.each([
    [0, 'The answer: 4. It waits longer each time.'],
    [1, 'Your prediction was right. It waits longer each time.'],
  ])('the end answers prediction %i, once', (option, words) => {
    const asked: Session = { ...predicted(option)(start), lab: bare };
    const end = atEnd(asked);
    expect(newsOf(end, asked, false)).toContain(`680 ms. ${words}`);
    expect(newsOf(answered(end), end, false)).toBe('');
  });
  test('who ran it without a prediction hears the answer too: it is shown', () => {
    expect(newsOf(atEnd(start), start, false)).toContain('The answer: 4.');
  });
  test('a mistake in a text: the first, with its place; the same mistake is not said again', () => {
    const errors = [3, 7].map((line) => ({ part: 'x', line, column: 2, message: `\`port\` of line ${line} is no number`, expected: 'a number' }));
    const wrong = misread(errors)(start);
    expect(newsOf(wrong, start, false)).toBe('Line 3, column 2. port of line 3 is no number');
    expect(newsOf(selected('a')(wrong), wrong, false)).toBe('');
  });
  test('a message, and a hint, once each', () => {
    const before = open(challenge);
    const [copied, hinted] = [noticed({ text: 'Copied.', tone: 'plain' })(before), shown({ hints: 1 })(before)];
    expect(newsOf(copied, before, false)).toBe('Copied.');
    expect(newsOf(hinted, before, false)).toBe('Look at attempts.');
    for (const told of [copied, hinted]) expect(newsOf(selected('a')(told), told, false)).toBe('');
  });
  test('a run from other texts, though it stands at the same step', () => {
    expect(newsOf(edited(lab, setupOf(shortTexts))(start), start, false)).toContain('step 0 of');
  });
  test('a comparison: that it begins, what comes out beside it, and that it ends', () => {
    const short = open({ ...scenario, texts: shortTexts, start: startOf(lab, setupOf(shortTexts)).state });
    const comparison = { other: { kind: 'fork', id: 7 }, label: 'Fork: `other`' } as const;
    const beside = (session: Session, other: Session): Session => compared(comparison, other.history.branch)(session);
    const begun = beside(start, short);
    expect(newsOf(begun, start, false)).toBe('Compared with Fork: other.');
    expect(newsOf(stepped(begun), begun, false)).not.toContain('other');
    const headline = lab.describe(short.history.branch.frames.at(-1)?.state).headline.replaceAll('`', '');
    expect(newsOf(atEnd(begun), begun, false)).toContain(` Beside it, Fork: other: ${headline}`);
    expect(newsOf(beside(atEnd(start), short), atEnd(start), false)).toBe(`Compared with Fork: other. Beside it, Fork: other: ${headline}`);
    expect(newsOf(beside(atEnd(start), start), atEnd(start), false)).toBe('Compared with Fork: other. Beside it, Fork: other ends alike.');
    expect(newsOf(compared(undefined, undefined)(begun), begun, false)).toBe('No longer compared.');
  });
  test('beside a covered answer nothing is given away', () => {
    const bench = { ...lab, meta: { ...lab.meta, mode: 'bench' as const } };
    const unasked: Session = { ...start, lab: bench, history: atEnd(start).history };
    const begun = compared({ other: { kind: 'fork', id: 7 }, label: 'x' }, start.history.branch)(unasked);
    expect(newsOf(begun, unasked, false)).toBe('Compared with x.');
  });
  test('a challenge says that it is solved', () => {
    const before = open(challenge);
    expect(newsOf(atEnd(before), before, false)).toMatch(/\. Solved\. It answers now\.$/u);
    const short = open({ ...challenge, texts: shortTexts, start: startOf(lab, setupOf(shortTexts)).state });
    expect(newsOf(atEnd(short), short, false)).not.toContain('Solved');
    const solved = open({ ...challenge, goals: [{ text: 'few', goal: { within: 'few-attempts', ms: 700 } }] });
    expect(newsOf(stepped(solved), solved, false)).not.toContain('Solved');
  });
  test('a challenge says what an attempt that did not work lacks', () => {
    const short = open({ ...challenge, texts: shortTexts, start: startOf(lab, setupOf(shortTexts)).state, diagnoses: ['gave-up-too-early'] });
    const tried = edited(lab, setupOf({ ...shortTexts, client: 'attempts: 2\nwaitMs: 300\n' }))(short);
    expect(newsOf(atEnd(tried), tried, false)).toContain('used all its attempts');
  });
});
