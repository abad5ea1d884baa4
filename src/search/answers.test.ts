import { expect, test } from 'vitest';
import type { Hit } from './answer.ts';
import { answersFrom } from './answers.ts';

const hit = (title: string, kind: string): Hit => ({ kind, title, url: `/${title}/`, place: '', summary: '', excerpt: '', sections: [] });

/** Twelve of each of two kinds, in turn; `isFalse` tells those that are no hits. */
function setUp(isFalse: (at: number) => boolean) {
  const loads: number[] = [];
  const found = Array.from({ length: 24 }, (_, at) => ({ at, kind: at % 2 === 0 ? 'Term' : 'Error', isNamed: false }));
  const answers = answersFrom({
    query: 'x',
    readAs: undefined,
    found,
    load: ({ at, kind }) => {
      loads.push(at);
      return Promise.resolve(isFalse(at) ? undefined : hit(String(at), kind));
    },
  });
  return { answers, loads };
}

test('what is no hit among all kinds is counted in none, whichever is shown', async () => {
  const { answers } = setUp((at) => at === 1 || at === 3);
  const all = answers(undefined);
  await all.next(8);
  expect(all.kinds()).toEqual({ Term: 12, Error: 10 });
  for (const kind of ['Term', 'Error']) {
    const one = answers(kind);
    await one.next(8);
    expect(one.kinds(), kind).toEqual({ Term: 12, Error: 10 });
    expect(one.total()).toBe(all.kinds()[kind]);
  }
});

test('an address with a kind counts as if all had been shown before', async () => {
  const { answers } = setUp((at) => at === 1 || at === 3);
  const terms = answers('Term');
  expect((await terms.next(8)).every(({ kind }) => kind === 'Term')).toBe(true);
  expect(terms.kinds()).toEqual({ Term: 12, Error: 10 });
});

test('no count rises: what one list has shown to be no hit is missing in the next', async () => {
  const { answers } = setUp((at) => at > 8 && at % 4 === 1);
  const errors = answers('Error');
  for (let hits = await errors.next(8); hits.length > 0;) hits = await errors.next(8);
  const all = answers(undefined);
  await all.next(8);
  expect(all.kinds().Error).toBe(errors.total());
});

test('nothing is loaded twice', async () => {
  const { answers, loads } = setUp(() => false);
  await answers(undefined).next(8);
  await answers('Term').next(8);
  await answers(undefined).next(8);
  expect(loads).toHaveLength(new Set(loads).size);
});

test('what could not be loaded is an error for who asked', async () => {
  const answers = answersFrom({
    query: 'x',
    readAs: undefined,
    found: [{ kind: 'Term', isNamed: true }],
    load: () => Promise.reject(new Error('no connection')),
  });
  await expect(answers(undefined).next(8)).rejects.toThrow('no connection');
});
