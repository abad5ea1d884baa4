import { describe, expect, test } from 'vitest';
import type { Language, LogEntry } from '../../labs/lab.ts';
import { lateTexts, retryLab as lab, setupOf } from '../../tests/fixtures/retry-client/setup.ts';
import { causesOf, frameOfEntry } from './causes.ts';
import { loadDraft, saveDraft } from './drafts.ts';
import { formatAt, formatMs, pieces, plain } from './format.ts';
import { forkLine } from './forks.ts';
import { act, begin, extend, framesMax, seek } from './history.ts';
import { beginWhole } from './moves.ts';
import { offersAt } from './offers.ts';
import { startOf } from './opaque.ts';
import { pace, waitMaxMs } from './pace.ts';
import { paint } from './paint.ts';
import { shortcutOf } from './shortcuts.ts';
import { silence, speak, summarise } from './summary.ts';
import { labelsOf, nearestFrame, placesOf, ticksOf } from './timeline.ts';
import { formatBytes } from './too-large.ts';

const whole = beginWhole(lab, setupOf(lateTexts));

describe('texts', () => {
  test.each([
    [0, '0 ms'],
    [999, '999 ms'],
    [1200, '1.2 s'],
    [12_345, '12.3 s'],
    [125_000, '2 min 5 s'],
    [3_600_000, '1 h'],
  ])('%i ms is written %s', (ms, text) => {
    expect(formatMs(ms)).toBe(text);
  });

  test('a lab that counts something else than time shows its number', () => {
    expect(formatAt({ counts: 'hop' }, 3000)).toBe('hop 3');
    expect(formatAt({}, 3000)).toBe('3 s');
  });
  test('code between backticks', () => {
    expect(pieces('ask `a.b` now')).toEqual([
      { text: 'ask ', code: false },
      { text: 'a.b', code: true },
      { text: ' now', code: false },
    ]);
    expect(plain('`x`')).toBe('x');
    expect([formatBytes(10), formatBytes(16_384)]).toEqual(['10 bytes', '16 kB']);
  });
  test('a long wait is shortened and says so', () => {
    expect(pace(5000, 1)).toEqual({ waitMs: waitMaxMs, shortened: true });
    expect(pace(0, 1)).toEqual({ waitMs: 350, shortened: false });
    expect(pace(500, 0.5)).toEqual({ waitMs: 1000, shortened: false });
  });
});

describe('colours of the editor', () => {
  const kinds = (text: string, language: Language): string =>
    paint(text, language, [])[0]!
      .pieces.map((piece) => `${piece.kind ?? ''}[${piece.text}]`)
      .join('');
  test.each<[Language, string, string]>([
    ['yaml', 'name: web', 'k[name][:][ web]'],
    ['yaml', '  - port: 80 # http', '[  - ]k[port][:][ ]n[80][ ]c[# http]'],
    ['yaml', "{ name: ndots, value: '2' }", "[{ ]k[name][:][ ndots][, ]k[value][:][ ]s['2'][ }]"],
    ['kubernetes', 'image: nginx:1.27', 'k[image][:][ nginx:1.27]'],
    ['yaml', 'a: x#y', 'k[a][:][ x#y]'],
    ['resolv.conf', 'options ndots:5', 'k[options][ ndots:]n[5]'],
    ['resolv.conf', 'nameserver 10.96.0.10', 'k[nameserver][ 10.96.0.10]'],
    ['resolv.conf', '# by hand', 'c[# by hand]'],
    ['expression', "a == 'b' && 3", "[a == ]s['b'][ && ]n[3]"],
    ['text', 'plain 5', '[plain 5]'],
  ])('%s: %s', (language, text, expected) => {
    expect(kinds(text, language)).toBe(expected);
  });
  test('pieces always add up to the text', () => {
    const text = 'a: "unclosed\n\t- {b: [1, 2\n#\n"\': x # y';
    expect(
      paint(text, 'yaml', [])
        .map(({ pieces: line }) => line.map((piece) => piece.text).join(''))
        .join('\n'),
    ).toBe(text);
  });
  describe('what has not changed is not painted again', () => {
    const text = Array.from({ length: 200 }, (_, index) => `name: pv-${index}`).join('\n');
    const error = { part: 'p', line: 3, column: 1, message: '', expected: '' };
    const before = paint(text, 'yaml', [error]);
    test.each([
      ['a letter', text.replace('pv-100\n', 'pv-100x\n'), 1, 0],
      ['a new line', text.replace('pv-100\n', 'pv-100\n\n'), 1, 1],
      ['two lines fewer', text.replace('name: pv-100\nname: pv-101\n', ''), 0, 0],
      ['the same letter everywhere', text.replaceAll('pv', 'px'), 200, 0],
    ])('%s', (_, typed, painted, added) => {
      const after = paint(typed, 'yaml', [error], before);
      const ids = new Set(before.map(({ id }) => id));
      expect(after.map(({ source }) => source).join('\n')).toBe(typed);
      expect(after.filter((line) => !before.includes(line))).toHaveLength(painted);
      expect(after.filter(({ id }) => !ids.has(id))).toHaveLength(added);
      expect(new Set(after.map(({ id }) => id)).size).toBe(after.length);
    });
    test('a mistake that is gone, and one that moves', () => {
      expect(paint(text, 'yaml', [], before).filter((line, index) => line !== before[index])).toHaveLength(1);
      const moved = paint(`\n${text}`, 'yaml', [{ ...error, line: 4 }], before);
      expect(moved.flatMap(({ wrong }, index) => (wrong ? [index + 1] : []))).toEqual([4]);
    });
  });
  test('of a very long text the lines beyond 2,000 stand in one element, as high as they are', () => {
    const text = (count: number): string => Array.from({ length: count }, (_, index) => `name: pv-${index}`).join('\n');
    expect(paint(text(2000), 'yaml', [])).toHaveLength(2000);
    for (const long of [text(10_000), `${text(2000)}\n`, `${text(3000)}\n\n`]) {
      const lines = paint(long, 'yaml', []);
      expect(lines).toHaveLength(2001);
      expect(lines.map(({ source }) => source).join('\n')).toBe(`${long}\n`);
      expect(new Set(lines.flatMap(({ pieces }) => pieces.map(({ kind }) => kind)))).toEqual(new Set([undefined]));
    }
  });
  test('a mistake is marked where it stands', () => {
    const [, second] = paint('search a\nnameserver 10.96.0.300', 'resolv.conf', [{ part: 'p', line: 2, column: 12, message: '', expected: '' }]);
    expect(second!.wrong).toBe(true);
    expect(second!.pieces.filter((piece) => piece.wrong).map((piece) => piece.text)).toEqual(['10.96.0.300']);
  });
});

describe('the timeline', () => {
  const places = placesOf(whole.branch.frames);
  test('every frame has a place of its own, in order', () => {
    for (const [index, place] of places.entries()) if (index > 0) expect(place).toBeGreaterThan(places[index - 1]!);
    expect([places[0], places.at(-1)]).toEqual([0, 1]);
  });
  test('every frame can be reached', () => {
    for (const [index, place] of places.entries()) expect(nearestFrame(places, Math.round(place * 1000) / 1000)).toBe(index);
  });
  test('a longer wait takes more room', () => {
    expect(places[3]! - places[2]!).toBeGreaterThan(places[2]! - places[1]!);
  });
  test('labels keep their distance', () => {
    const labels = labelsOf(whole.branch.frames, places, formatMs);
    expect([labels[0]?.text, labels.at(-1)?.text]).toEqual(['0 ms', '680 ms']);
    for (const [index, label] of labels.entries()) if (index > 0) expect(label.place - labels[index - 1]!.place).toBeGreaterThanOrEqual(0.2);
  });
  test('one frame is no line', () => {
    expect(placesOf(whole.branch.frames.slice(0, 1))).toEqual([0]);
    expect(labelsOf(whole.branch.frames.slice(0, 1), [0], formatMs)).toHaveLength(1);
  });
  test('a long run draws a bounded number of ticks', () => {
    expect(ticksOf(Array.from({ length: 5000 }, (_, index) => index / 4999)).length).toBeLessThanOrEqual(241);
  });
  test('a fork leaves where it left', () => {
    const forked = extend(lab, act(lab, seek(seek(whole, 11), 2), { action: { type: 'mend' }, move: { act: { type: 'mend' } }, name: 'x' }), framesMax);
    const line = forkLine(forked.branch, placesOf(forked.branch.frames), forked.forks[0]!);
    expect(line).toMatchObject({ name: 'first run', endMs: 680, from: placesOf(forked.branch.frames)[2], to: 1 });
  });
});

describe('speech', () => {
  test('the frame in a sentence, and at the end what came out', () => {
    expect(summarise(lab, whole)).toBe('The program wants an answer from api.shop.example. 0 ms, step 0 of 11.');
    expect(summarise(lab, seek(whole, 11))).toContain('End at 680 ms. Answered after 4 attempts');
  });
  test('at most one sentence in two seconds, and then the latest', () => {
    const first = speak(silence, 'a', 0);
    expect(first.say).toBe('a');
    const second = speak(first.speech, 'b', 500);
    expect([second.say, second.againInMs]).toEqual([undefined, 1500]);
    expect(speak(second.speech, 'c', 2000).say).toBe('c');
  });
});

describe('causes', () => {
  const state = whole.branch.frames.at(-1)!.state;
  test('a chain ends at the start', () => {
    expect(causesOf(lab.log(state, 0), 3).map(({ id }) => id)).toEqual([3, 2, 1]);
  });
  test('a broken chain does not hang', () => {
    const loop: readonly LogEntry[] = [
      { id: 1, atMs: 0, by: 'lab', text: '', cause: 2 },
      { id: 2, atMs: 0, by: 'lab', text: '', cause: 1 },
    ];
    expect(causesOf(loop, 1)).toHaveLength(2);
  });
  test('an entry leads to the frame where it first stands', () => {
    expect([1, 2, 3, 4].map((id) => frameOfEntry(lab, whole.branch, id))).toEqual([0, 1, 2, 3]);
  });
});

describe('keys', () => {
  const free = { typing: false, pressable: false };
  test.each([
    [' ', 'run', free, 'play'],
    [' ', 'run', { ...free, pressable: true }, undefined],
    ['.', 'run', free, 'step'],
    ['.', 'bench', free, undefined],
    [',', 'bench', free, 'back'],
    ['r', 'run', { ...free, typing: true }, undefined],
    ['?', 'run', free, 'keys'],
    ['x', 'run', free, undefined],
  ] as const)('%s in a %s', (key, mode, focused, does) => {
    expect(shortcutOf(key, mode, focused)).toBe(does);
  });
});

test('offers that are gone stay, closed', () => {
  const end = seek(whole, 11);
  expect(offersAt(lab, whole, 'world')).toMatchObject([{ isOpen: true, offer: { id: 'mend' } }]);
  expect(offersAt(lab, end, 'world')).toMatchObject([{ isOpen: false, offer: { id: 'mend' } }]);
  expect(offersAt(lab, begin(lab, startOf(lab, setupOf(lateTexts)), 'x'), 'input').map(({ offer }) => offer.id)).toEqual(['host', 'style', 'timeout']);
});

describe('drafts', () => {
  const names = { lab: 'l', scenario: 's' };
  const storage = () => {
    const items = new Map<string, string>();
    return {
      items,
      getItem: (key: string) => items.get(key) ?? null,
      setItem: (key: string, value: string) => void items.set(key, value),
      removeItem: (key: string) => void items.delete(key),
    };
  };
  test('changed texts come back over the scenario’s', () => {
    const store = storage();
    saveDraft(store, names, { a: 'mine', b: 'same' }, { a: 'theirs', b: 'same' });
    expect(loadDraft(store, names, { a: 'theirs', b: 'new' })).toEqual({ a: 'mine', b: 'new' });
    saveDraft(store, names, { a: 'theirs', b: 'same' }, { a: 'theirs', b: 'same' });
    expect(store.items.size).toBe(0);
  });
  test.each(['nonsense', '[]', '{"a":1}', '{"gone":"x"}', 'null'])('a stored %s is ignored', (value) => {
    const store = storage();
    store.items.set('kubestep:draft:1:l/s', value);
    expect(loadDraft(store, names, { a: 'x' })).toBeUndefined();
  });
  test('a storage that refuses harms nothing', () => {
    const broken = {
      getItem: () => {
        throw new Error('no');
      },
      setItem: () => {
        throw new Error('full');
      },
      removeItem: () => undefined,
    };
    expect(loadDraft(broken, names, { a: 'x' })).toBeUndefined();
    expect(() => {
      saveDraft(broken, names, { a: 'y' }, { a: 'x' });
    }).not.toThrow();
    expect(loadDraft(undefined, names, { a: 'x' })).toBeUndefined();
  });
});
