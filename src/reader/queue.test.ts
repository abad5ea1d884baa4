import { describe, expect, test } from 'vitest';
import { dayOf, daysAfter, isDay } from './local-day.ts';
import { afterLook, dueIds, dueOn, isDue, readQueue, withLook, withMet, type Queued } from './queue.ts';

const today = '2026-11-21';

describe('days', () => {
  test.each([
    ['over the end of a month', '2026-11-30', 1, '2026-12-01'],
    ['over the end of a year', '2026-12-31', 30, '2027-01-30'],
    ['over a leap day', '2028-02-28', 3, '2028-03-02'],
    ['over the end of summer time', '2026-10-24', 3, '2026-10-27'],
    ['back', '2026-03-01', -1, '2026-02-28'],
  ])('%s', (_name, day, days, expected) => {
    expect(daysAfter(day, days)).toBe(expected);
  });

  test('a day changes at local midnight', () => {
    expect([dayOf(new Date(2026, 10, 21, 0, 0)), dayOf(new Date(2026, 10, 20, 23, 59, 59))]).toEqual(['2026-11-21', '2026-11-20']);
  });

  test.each([
    ['2026-11-21', true],
    ['2026-02-29', false],
    ['2026-1-1', false],
    [20261121, false],
  ])('%s is a day: %s', (value, expected) => {
    expect(isDay(value)).toBe(expected);
  });
});

test('a card that is always known comes back after 1, 3, 7, 14, 30 and again 30 days', () => {
  let card: Queued | undefined;
  let day = today;
  const waits: number[] = [];
  for (let look = 0; look < 6; look += 1) {
    card = afterLook(card, true, day);
    const due = dueOn(card);
    let wait = 0;
    while (daysAfter(day, wait) < due) {
      expect(isDue(card, daysAfter(day, wait))).toBe(false);
      wait += 1;
    }
    waits.push(wait);
    day = due;
  }
  expect(waits).toEqual([1, 3, 7, 14, 30, 30]);
});

describe('a look at a card', () => {
  test.each([
    ['missed in its time: tomorrow again', { step: 3, on: '2026-11-01' }, false, { step: 0, on: today }],
    ['missed before its time: tomorrow again', { step: 3, on: '2026-11-20' }, false, { step: 0, on: today }],
    ['known before its time: as it was', { step: 3, on: '2026-11-20' }, true, { step: 3, on: '2026-11-20' }],
    ['known twice on a day: counts once', { step: 1, on: today }, true, { step: 1, on: today }],
    ['known long after its time: one step, from today', { step: 0, on: '2025-01-01' }, true, { step: 1, on: today }],
    ['new and known: tomorrow', undefined, true, { step: 0, on: today }],
  ])('%s', (_name, before, knew, after) => {
    expect(afterLook(before, knew, today)).toEqual(after);
  });
});

describe('a clock that was wrong', () => {
  test('years ahead: what was looked at then is due, keeps its step, and goes on from today', () => {
    const card = { step: 2, on: '2030-05-05' };
    expect(isDue(card, today)).toBe(true);
    expect(afterLook(card, true, today)).toEqual({ step: 3, on: today });
  });

  test('a flight to the west gives a day twice: nothing becomes due by that', () => {
    expect(isDue({ step: 0, on: '2026-11-22' }, today)).toBe(false);
  });
});

test('cards that the reader meets are due tomorrow; those in the queue stay as they are', () => {
  const queue = { cards: { a: { step: 4, on: '2026-11-01' } } };
  expect(withMet(queue, ['a', 'b'], today)).toEqual({ cards: { a: { step: 4, on: '2026-11-01' }, b: { step: 0, on: today } } });
  expect(withMet(queue, ['a'], today)).toBe(queue);
});

test('a look that changes nothing gives the same queue back, so that nothing is written', () => {
  const queue = { cards: { a: { step: 4, on: '2026-11-20' } } };
  expect(withLook(queue, 'a', true, today)).toBe(queue);
  expect(withLook(queue, 'a', false, today)).toEqual({ cards: { a: { step: 0, on: today } } });
});

test('due cards come longest overdue first', () => {
  const cards = {
    late: { step: 0, on: '2026-11-20' },
    notYet: { step: 1, on: '2026-11-20' },
    later: { step: 4, on: '2026-10-01' },
    b: { step: 0, on: '2026-11-20' },
  };
  expect(dueIds({ cards }, today)).toEqual(['later', 'b', 'late']);
});

test('storage is not trusted', () => {
  expect(readQueue({ v: 1, cards: { a: { step: 9, on: today }, b: { step: -1, on: today }, c: 7, d: { step: 0, on: 'x' } } })).toEqual({
    cards: { a: { step: 4, on: today } },
  });
  expect(readQueue('x')).toEqual({ cards: {} });
});
