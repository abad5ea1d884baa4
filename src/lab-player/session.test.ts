import { describe, expect, test } from 'vitest';
import { lateTexts, retryLab as lab, retryReader as reader, setupOf, shortTexts } from '../../tests/fixtures/retry-client/setup.ts';
import { besideHistory, labelOfShown } from './beside.ts';
import { comparisons } from './compare.ts';
import { forkOpened } from './forks.ts';
import { answered, outcomeOf } from './outcome.ts';
import { otherRun } from './other-run.ts';
import { broughtBack, compared, edited, misread, stored } from './session-later.ts';
import { drafted, restored } from './session-typing.ts';
import { frameOf, isOver } from './history.ts';
import { startOf } from './opaque.ts';
import type { PageLab, PageScenario } from './page-scenario.ts';
import {
  acted,
  isVeiled,
  openSession,
  played,
  predicted,
  reset,
  selected,
  showsFuture,
  sought,
  stepped,
  steppedBack,
  textsOf,
  ticked,
  type Session,
} from './session.ts';

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
      { text: '2', right: false, why: 'no' },
      { text: '4', right: true, why: 'yes' },
    ],
  },
};
const unasked = Object.fromEntries(Object.entries(scenario).filter(([key]) => key !== 'predict')) as unknown as PageScenario;
const challenge: PageScenario = {
  ...unasked,
  kind: 'challenge',
  texts: shortTexts,
  start: startOf(lab, setupOf(shortTexts)).state,
  goals: [{ text: 'answered', goal: { finally: 'answered' } }],
  diagnoses: ['gave-up-too-early'],
};
const page: PageLab = { id: 'x', lab: 'retry-client', scenario, scenarios: [], url: '/labs/retry-client/', layout: 'figure', heading: 3 };
const open = (shown: PageScenario = scenario): Session => openSession(lab, page, shown);
const mend = acted(lab, { action: { type: 'mend' }, move: { act: { type: 'mend' } }, name: 'Start the server' });
const toEnd = sought(99);

describe('a session', () => {
  test('asks first when there is a prediction, and teaches at once when there is none', () => {
    expect(open().history.at).toBe(0);
    expect(isOver(open(unasked).history)).toBe(true);
    expect(open(challenge).history.at).toBe(0);
  });
  test('plays to the end and stops there; Play then begins again', () => {
    let session = played(open());
    expect(session.playing).toBe(true);
    for (let tick = 0; tick < 11; tick++) session = ticked(session);
    expect([session.playing, isOver(session.history), answered(session).revealed]).toEqual([false, true, true]);
    expect(played(session).history.at).toBe(0);
  });
  test('a run without a prediction counts as skipped; a chosen one stays', () => {
    expect(stepped(open()).predicted).toBe('skipped');
    expect(stepped(predicted(1)(open())).predicted).toBe(1);
  });
  test('the answer is given by the run itself, never by a changed one', () => {
    expect(answered(toEnd(predicted(0)(open()))).revealed).toBe(true);
    expect(answered(toEnd(mend(open()))).revealed).toBe(false);
  });
  describe('where there is something to do, the conclusion comes when it is done', () => {
    const goals = [{ text: 'switched on', goal: { finally: 'answered' } }] as const;
    const waiting = { title: 'wait', moves: [{ run: 'to the end' }] } as const;
    const mending = { title: 'mend', moves: [{ run: { steps: 2 } }, { act: { type: 'mend' } }, { run: 'to the end' }] } as const;
    const never = { texts: shortTexts, start: startOf(lab, setupOf(shortTexts)).state };
    test.each([
      ['the run has settled, and nothing was done', { ...never, solutions: [mending] }, toEnd, false],
      ['it was done', { ...never, solutions: [mending] }, (session: Session) => toEnd(mend(session)), true],
      ['it was done, and the run goes on', { ...never, solutions: [mending] }, mend, false],
      ['waiting was enough', { solutions: [waiting] }, toEnd, true],
      ['waiting would have been enough, but the run was changed', { solutions: [waiting] }, (session: Session) => toEnd(mend(session)), false],
      ['one of two ways is to wait, but the run was changed', { solutions: [mending, waiting] }, (session: Session) => toEnd(mend(session)), false],
    ] as const)('%s', (_, asked, run, expected) => {
      expect(answered(run(predicted(0)(open({ ...scenario, ...asked, goals })))).revealed).toBe(expected);
    });
    test('a bench that is to be changed answers neither its prediction nor early, unless it is skipped', () => {
      const bench = openSession({ ...lab, meta: { ...lab.meta, mode: 'bench' } }, page, { ...scenario, ...never, goals, solutions: [mending] });
      const revealed = [toEnd(predicted(0)(bench)), toEnd(mend(predicted(0)(bench))), toEnd(predicted('skipped')(bench))].map((run) => answered(run).revealed);
      expect(revealed).toEqual([false, true, true]);
    });
  });
  test('the future is not drawn before the prediction', () => {
    expect([showsFuture(open()), showsFuture(predicted(1)(open())), showsFuture(open(unasked))]).toEqual([false, true, true]);
  });
  test('a bench covers its answer until one is predicted', () => {
    const bench = openSession({ ...lab, meta: { ...lab.meta, mode: 'bench' } }, page, scenario);
    expect([isVeiled(bench), isVeiled(predicted('skipped')(bench)), isVeiled(predicted(0)(bench))]).toEqual([true, false, false]);
    expect(answered(toEnd(predicted(0)(bench))).revealed).toBe(true);
    expect(answered({ ...bench, history: toEnd(bench).history }).revealed).toBe(false);
  });
  test('what cannot be read leaves the last good run and the draft', () => {
    const session = misread([{ part: 'client', line: 1, column: 1, message: 'm', expected: 'e' }])(drafted('client', 'nonsense')(toEnd(open())));
    expect([textsOf(session).client, frameOf(session.history).atMs, session.errors.length]).toEqual(['nonsense', 680, 1]);
    const back = restored(session);
    expect([textsOf(back).client, back.stored?.client, back.errors]).toEqual([lateTexts.client, 'nonsense', []]);
  });
  test('texts of an earlier visit come back over what is typed', () => {
    const session = broughtBack(stored(shortTexts)(drafted('client', 'nonsense')(open())));
    expect([textsOf(session), session.stored]).toEqual([shortTexts, undefined]);
  });
  test('texts that stand in the editors already are not offered: they were typed, and stored, while the lab woke', () => {
    const typed = Object.entries(shortTexts).reduce((session, [part, text]) => drafted(part, text)(session), open());
    expect(stored(shortTexts)(typed).stored).toBeUndefined();
    expect(stored(shortTexts)(drafted('client', 'nonsense')(open())).stored).toEqual(shortTexts);
  });
  test('an edit takes effect, and Reset brings the start back, keeping both runs and texts', () => {
    const changed = edited(lab, setupOf(shortTexts))(open());
    expect(textsOf(changed)).toEqual(shortTexts);
    const again = reset(toEnd(changed));
    expect([textsOf(again), again.history.at, again.stored, again.history.forks.length]).toEqual([lateTexts, 0, shortTexts, 1]);
    expect(textsOf(forkOpened(again.history.forks[0]!.id)(again))).toEqual(shortTexts);
  });
  test('what is typed while an edit waits for the models stays in the editor', () => {
    const typed = drafted('client', 'attempts: 9')(drafted('client', shortTexts.client)(open()));
    const changed = edited(lab, setupOf(shortTexts))(typed);
    expect([textsOf(changed).client, frameOf(changed.history).texts]).toEqual(['attempts: 9', shortTexts]);
    expect(edited(lab, setupOf(shortTexts))(drafted('client', shortTexts.client)(open())).drafts).toEqual({});
  });
  test('Reset of an untouched run only goes back', () => {
    const again = reset(toEnd(open()));
    expect([again.history.at, again.history.forks]).toEqual([0, []]);
  });
  test('an impossible act changes nothing', () => {
    const end = toEnd(open());
    expect(mend(end)).toBe(end);
  });
  test('a challenge is open, then failed with its diagnosis, then solved', () => {
    expect(outcomeOf(open(challenge))).toMatchObject({ solved: false, goals: [{ verdict: 'open' }] });
    // Before the learner has tried anything the end is only the task.
    expect(outcomeOf(toEnd(open(challenge))).diagnosis).toBeUndefined();
    const tried = toEnd(edited(lab, setupOf({ ...shortTexts, client: 'attempts: 2\nwaitMs: 300\n' }))(open(challenge)));
    expect(outcomeOf(tried).diagnosis).toContain('used all its attempts');
    expect(outcomeOf(toEnd(mend(open(challenge)))).solved).toBe(true);
  });
  test('asking why and closing', () => {
    expect(selected('client')(open()).selected).toBe('client');
    expect('selected' in selected(undefined)(selected('client')(open()))).toBe(false);
  });
  test('stepping back pauses', () => {
    const session = steppedBack(ticked(ticked(played(open()))));
    expect([session.playing, session.history.at]).toEqual([false, 1]);
  });
});

describe('comparing', () => {
  test('offers the other choices and the forks', () => {
    const forked = mend(sought(2)(toEnd(open())));
    expect(comparisons(lab, forked.history).map(({ label }) => label)).toEqual(['Pause: doubling', 'Fork: first run']);
    expect(labelOfShown(lab, forked.history, { kind: 'choice', offer: 'style', value: 'doubling' })).toBe('Pause: fixed');
  });
  test('another choice repeats the learner’s moves at the same times', () => {
    const session = toEnd(mend(sought(2)(open())));
    const other = otherRun(lab, reader, session.history, { kind: 'choice', offer: 'style', value: 'doubling' })!;
    const end = frameOf(besideHistory(session.history, other)).state as { style: string; switchedUp: boolean; phase: string };
    expect(end).toMatchObject({ style: 'doubling', switchedUp: true, phase: 'answered' });
  });
  test('edits need the reader', () => {
    const session = edited(lab, setupOf(shortTexts))(sought(2)(open()));
    const other = { kind: 'choice', offer: 'style', value: 'doubling' } as const;
    expect(otherRun(lab, undefined, session.history, other)).toBeUndefined();
    expect(otherRun(lab, reader, session.history, other)?.end).toBe('settled');
  });
  test('both stand at the same time, and end together', () => {
    const session = open();
    const other = otherRun(lab, reader, session.history, { kind: 'choice', offer: 'style', value: 'doubling' })!;
    expect(besideHistory(session.history, other).at).toBe(0);
    const middle = sought(5)(session);
    expect(frameOf(besideHistory(middle.history, other)).atMs).toBeLessThanOrEqual(frameOf(middle.history).atMs);
    expect(isOver(besideHistory(toEnd(session).history, other))).toBe(true);
    const [comparison] = comparisons(lab, session.history);
    expect(compared(comparison, other)(session).beside).toMatchObject({ label: 'Pause: doubling', other: { offer: 'style', value: 'doubling' } });
    expect(compared(undefined, undefined)(compared(comparison, other)(session)).beside).toBeUndefined();
    expect(mend(compared(comparison, other)(sought(2)(toEnd(session)))).beside).toBeUndefined();
  });
});
