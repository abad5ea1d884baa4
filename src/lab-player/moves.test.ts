import { describe, expect, test } from 'vitest';
import type { Move } from '../../labs/lab.ts';
import { lateTexts, retryLab as lab, retryReader as reader, setupOf, shortTexts } from '../../tests/fixtures/retry-client/setup.ts';
import { frameOf, seek, type History } from './history.ts';
import { nameOfAct } from './act-name.ts';
import { applyEdit, beginWhole, movesOf, playMoves } from './moves.ts';
import type { OpaqueLab } from './opaque.ts';

const doubling: { readonly type: string } = JSON.parse('{"type":"style","style":"doubling"}') as { readonly type: string };
const play = (moves: readonly Move[], from = beginWhole(lab, setupOf(lateTexts))) => playMoves(lab, reader, from, moves);
const nowMs = (history: History): number => frameOf(history).atMs;

describe('moves', () => {
  test.each<[string, readonly Move[], number]>([
    ['to the end', [{ run: 'to the end' }], 680],
    ['two steps', [{ run: { steps: 2 } }], 20],
    ['so many milliseconds', [{ run: { ms: 230 } }], 220],
    ['milliseconds count from where the run stands', [{ run: { ms: 230 } }, { run: { ms: 230 } }], 440],
    ['an act ends the waiting', [{ run: { steps: 2 } }, { act: { type: 'mend' } }, { run: 'to the end' }], 240],
    ['an edit restarts at the start', [{ edit: { server: 'upAtMs: 0' } }, { run: 'to the end' }], 20],
    ['a replacement changes the first occurrence', [{ replace: { part: 'client', from: '0', to: '5' } }, { run: 'to the end' }], 560],
  ])('%s', (_, moves, ms) => {
    const played = play(moves);
    expect(played.ok).toBe(true);
    expect(nowMs(played.history)).toBe(ms);
  });
  test.each<[string, Move, string]>([
    ['an unknown action', { act: { type: 'fly' } }, 'does not take the action {"type":"fly"}'],
    ['an unknown part', { edit: { nobody: '' } }, 'there is no part nobody'],
    ['an unknown part to replace in', { replace: { part: 'nobody', from: 'a', to: 'b' } }, 'there is no part nobody'],
    ['a text that is not there', { replace: { part: 'client', from: 'a-b-c', to: '' } }, 'does not contain "a-b-c"'],
    ['a text that cannot be read', { edit: { client: 'waitMs: never' } }, 'client, line 1, column 9'],
  ])('%s is refused with a reason', (_, move, message) => {
    const played = play([{ run: { steps: 1 } }, move]);
    expect(played).toMatchObject({ ok: false, move: 1 });
    expect(played.ok ? '' : played.message).toContain(message);
  });
  test('an edit before anything has happened begins from the new texts, also where a lab could amend', () => {
    const { branch, at } = applyEdit(lab, beginWhole(lab, setupOf(lateTexts)), setupOf(shortTexts));
    expect([at, branch.frames[0].by, branch.start.texts]).toEqual([0, 'start', shortTexts]);
    expect(branch.frames.some(({ by }) => by === 'learner')).toBe(false);
  });
  test('an edit in the middle amends, and is one frame while it goes on', () => {
    const middle = seek(beginWhole(lab, setupOf(lateTexts)), 3);
    let history = applyEdit(lab, middle, setupOf({ ...lateTexts, client: 'attempts: 5\nwaitMs: 30\n' }), 'text-client');
    history = applyEdit(lab, history, setupOf({ ...lateTexts, client: 'attempts: 5\nwaitMs: 300\n' }), 'text-client');
    expect([history.at, frameOf(history).by, frameOf(history).texts.client]).toEqual([4, 'learner', 'attempts: 5\nwaitMs: 300\n']);
    expect(history.branch.start.texts).toBe(lateTexts);
    expect(movesOf(history.branch, 4)).toEqual([{ run: { steps: 3 } }, { edit: { client: 'attempts: 5\nwaitMs: 300\n' } }]);
  });
  test('an edit that means the same keeps its text without a frame', () => {
    const middle = seek(beginWhole(lab, setupOf(lateTexts)), 3);
    const history = applyEdit(lab, middle, setupOf({ ...lateTexts, client: 'attempts: 5\n\nwaitMs: 200\n' }));
    expect([history.at, frameOf(history).texts.client]).toEqual([3, 'attempts: 5\n\nwaitMs: 200\n']);
    expect(frameOf(seek(history, 1)).texts.client).toBe(lateTexts.client);
  });
  test('a lab that cannot amend begins again', () => {
    const rigid = Object.fromEntries(Object.entries(lab).filter(([key]) => key !== 'amend')) as unknown as OpaqueLab;
    const history = applyEdit(rigid, seek(beginWhole(rigid, setupOf(lateTexts)), 3), setupOf(shortTexts));
    expect([history.at, history.forks.length]).toEqual([0, 1]);
  });
  test('moves of a branch repeat it', () => {
    const { history } = play([{ run: { steps: 2 } }, { act: { type: 'mend' } }, { run: { steps: 2 } }, { act: doubling }]);
    expect(movesOf(history.branch, history.at)).toEqual([{ run: { steps: 2 } }, { act: { type: 'mend' } }, { run: { steps: 2 } }, { act: doubling }]);
    const waits = movesOf(history.branch, history.at, 'ms').flatMap((move) =>
      'run' in move && typeof move.run === 'object' && 'ms' in move.run ? [move.run.ms] : [],
    );
    expect(waits[0]).toBe(20);
    expect(waits.reduce((sum, ms) => sum + ms, 0)).toBe(nowMs(history));
    const again = play(movesOf(history.branch, history.at)).history;
    expect(frameOf(again).state).toEqual(frameOf(history).state);
  });
  test.each([
    [{ type: 'mend' }, 'Start the server'],
    [{ type: 'style', style: 'doubling' }, 'Pause: doubling'],
    [{ type: 'host', host: 'x' }, 'The client calls: x'],
    [{ type: 'unheard-of' }, 'unheard-of'],
  ])('the act %j is called %s', (action, name) => {
    expect(nameOfAct(lab, beginWhole(lab, setupOf(lateTexts)).branch.frames[0].state, action)).toBe(name);
  });
});
