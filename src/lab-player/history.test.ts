import { describe, expect, test } from 'vitest';
import { lateTexts, retryLab as lab, setupOf, shortTexts } from '../../tests/fixtures/retry-client/setup.ts';
import { act, back, begin, extend, forksMax, frameOf, framesMax, indexAt, isOver, lastOf, restart, seek, step, type History } from './history.ts';
import { openFork, sharedFrames } from './forks.ts';
import { changesUpTo } from './goals.ts';
import { startOf, type OpaqueLab } from './opaque.ts';

const starting = (texts = lateTexts) => startOf(lab, setupOf(texts));
const whole = (texts = lateTexts): History => extend(lab, begin(lab, starting(texts), 'first run'), framesMax);
const mend = { action: { type: 'mend' }, move: { act: { type: 'mend' } }, name: 'Start the server' };
const typed = (host: string) => ({ action: { type: 'host', host }, move: { act: { type: 'host', host } }, name: host, key: 'host' });

describe('frames', () => {
  test('a run is foreseen to its end and shown from its start', () => {
    const history = whole();
    expect([history.at, history.branch.end, lastOf(history.branch)]).toEqual([0, 'settled', 11]);
    expect(frameOf(seek(history, 99)).atMs).toBe(680);
  });
  test('the future may come in slices', () => {
    let history = begin(lab, starting(), 'first run');
    for (let slice = 0; slice < 20; slice++) history = extend(lab, history, 1);
    expect(history.branch.frames).toEqual(whole().branch.frames);
  });
  test('stepping stops at both ends', () => {
    const history = whole();
    expect(back(history).at).toBe(0);
    expect(step(step(history)).at).toBe(2);
    expect(step(seek(history, 11)).at).toBe(11);
    expect(isOver(seek(history, 11))).toBe(true);
  });
  test.each([
    [0, 1],
    [19, 1],
    [20, 2],
    [10_000, 11],
  ])('the last frame not later than %i ms is frame %i', (ms, index) => {
    expect(indexAt(whole().branch, ms)).toBe(index);
  });
  test('a run that never ends stops at its bound', () => {
    const endless: OpaqueLab = { ...lab, next: () => ({ type: 'tick' }), reduce: (state) => ({ n: (state as { n?: number }).n ?? 0 }), clockMs: () => 0 };
    const { branch } = extend(endless, begin(endless, starting(), 'x'), framesMax * 2);
    expect([branch.frames.length, branch.end]).toEqual([framesMax, 'full']);
  });
  test('a step that changes nothing ends the run', () => {
    const stuck: OpaqueLab = { ...lab, next: () => ({ type: 'nothing' }), reduce: (state) => state };
    expect(extend(stuck, begin(stuck, starting(), 'x'), 9).branch.end).toBe('settled');
  });
  test.each([240, 300])('a run ends at its horizon, what happens at it included: %i ms', (horizonMs) => {
    const short: OpaqueLab = { ...lab, meta: { ...lab.meta, horizonMs } };
    const { branch } = extend(short, begin(short, starting(), 'x'), framesMax);
    expect([branch.end, branch.frames.at(-1)?.atMs]).toEqual(['horizon', 240]);
  });
});

describe('acting', () => {
  test('in the past it forks, and what was seen stays', () => {
    const seen = seek(whole(), 11);
    const forked = extend(lab, act(lab, seek(seen, 2), mend), framesMax);
    expect(forked.forks.map(({ name }) => name)).toEqual(['first run']);
    expect(forked.branch.name).toBe('Start the server');
    expect(sharedFrames(forked.branch, forked.forks[0]!)).toBe(3);
    expect(forked.branch.frames.at(-1)?.atMs).toBeLessThan(680);
  });
  test('a future that nobody saw is not kept', () => {
    expect(act(lab, seek(whole(), 2), mend).forks).toEqual([]);
  });
  test('an impossible act changes nothing at all', () => {
    const end = seek(whole(), 11);
    expect(act(lab, end, mend)).toBe(end);
  });
  test('the letters of a word are one frame', () => {
    let history = whole();
    for (const host of ['a', 'ab', 'abc']) history = act(lab, history, typed(host));
    expect([history.at, history.branch.frames.length]).toEqual([1, 2]);
    expect((frameOf(history).state as { host: string }).host).toBe('abc');
  });
  test('a fork can be opened again, where it was left', () => {
    const forked = act(lab, seek(seek(whole(), 11), 2), mend);
    const back = openFork(forked, 1);
    expect([back.branch.name, back.at, back.forks[0]?.name]).toEqual(['first run', 11, 'Start the server']);
    expect(openFork(back, 77)).toBe(back);
  });
  test('only so many forks are kept', () => {
    let history = whole();
    for (let turn = 0; turn < 9; turn++) history = act(lab, seek(seek(extend(lab, history, framesMax), 3), 1), { ...typed(`h${turn}`), key: `k${turn}` });
    expect(history.forks.length).toBe(forksMax);
    expect(new Set([history.branch, ...history.forks].map(({ id }) => id)).size).toBe(forksMax + 1);
  });
  test('a restart keeps what was seen and counts changed texts', () => {
    const again = restart(lab, seek(whole(), 5), starting(shortTexts), 'other texts');
    expect([again.at, again.forks.length, again.branch.name]).toEqual([0, 1, 'other texts']);
    expect(changesUpTo(again.branch, 0, lateTexts)).toBe(2);
    expect(changesUpTo(act(lab, again, mend).branch, 1, lateTexts)).toBe(3);
  });
  test('a full run takes no more acts', () => {
    const frames = Array.from({ length: framesMax }, () => whole().branch.frames[0]);
    const full: History = { ...whole(), at: framesMax - 1, branch: { ...whole().branch, frames: [frames[0]!, ...frames.slice(1)] } };
    expect(act(lab, full, mend)).toBe(full);
  });
});
