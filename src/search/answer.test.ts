import { describe, expect, test } from 'vitest';
import { answerQuery, type Engine } from './answer.ts';
import type { LexiconEntry } from './lexicon.ts';
import { prepareLookup } from './lookup.ts';
import type { FoundFragment } from './pagefind.ts';
import { pieces } from './words.ts';

interface Sheet {
  readonly id: string;
  readonly kind: string;
  readonly title: string;
  readonly text: string;
  readonly also?: readonly string[];
}

const sheets: readonly Sheet[] = [
  { id: 'pending', kind: 'Term', title: 'Pending pod', text: 'A pod without a node' },
  { id: 'pod', kind: 'Term', title: 'Pod', text: 'The smallest thing that runs', also: ['po'] },
  { id: 'dns', kind: 'Chapter', title: 'DNS and service discovery', text: 'how a pod asks for a name, ndots, search, quorum of names' },
  { id: 'quorum', kind: 'Term', title: 'Quorum', text: 'More than half of the members' },
  { id: 'said', kind: 'Often said', title: 'Every pod has a name', text: 'Pods have none in the DNS' },
];
const fragmentOf = ({ id, kind, title, text }: Sheet) => ({
  url: `/${id}/`,
  content: `${title} ${text}`,
  meta: { title, summary: text },
  filters: { kind: [kind] },
});

/** Stands for Pagefind as it is: all words must be there, and a word that nobody has is shortened until somebody has it, unless it is quoted. */
function search(query: string): readonly Sheet[] {
  const wordsOf = (sheet: Sheet): readonly string[] => pieces(`${sheet.title} ${sheet.text}`);
  if (query.startsWith('"')) return sheets.filter((sheet) => pieces(query).every((word) => wordsOf(sheet).includes(word)));
  const has = (sheet: Sheet, start: string): boolean => wordsOf(sheet).some((word) => word.startsWith(start));
  const starts = pieces(query).map((word) => {
    for (let length = word.length; length > 0; length -= 1) if (sheets.some((sheet) => has(sheet, word.slice(0, length)))) return word.slice(0, length);
    return word;
  });
  return sheets.filter((sheet) => starts.every((start) => has(sheet, start)));
}

const asked: string[] = [];
const engine: Engine = {
  pagefind: {
    options: () => Promise.resolve(),
    search: (query) => {
      asked.push(query);
      const results = search(query).map((sheet, at) => ({ id: sheet.id, score: 10 / (1 + 4 * at), words: [], data: () => Promise.resolve(found(sheet)) }));
      return Promise.resolve({ results });
    },
  },
  titles: new Map(),
  lookup: prepareLookup(
    sheets.flatMap(({ id, kind, title, also = [] }): readonly LexiconEntry[] => (kind === 'Often said' ? [] : [{ id, kind, title, also }])),
  ),
  kinds: new Map(sheets.map(({ id, kind }) => [id, kind])),
  fragment: (id) => {
    const sheet = sheets.find((each) => each.id === id);
    return sheet ? Promise.resolve(fragmentOf(sheet)) : Promise.reject(new Error(`no ${id}`));
  },
  text: (id) => Promise.reject(new Error(`${id} is not long`)),
  terms: () => Promise.resolve(['discovery', 'smallest']),
};
const found = (sheet: Sheet): FoundFragment => {
  const fragment = fragmentOf(sheet);
  const places = fragment.content.split(/\s+/).map((_, location) => ({ location, balanced_score: 1 }));
  return { ...fragment, excerpt: sheet.text, weighted_locations: places, sub_results: [] };
};
const answer = async (query: string, kind?: string) => {
  const given = await answerQuery(query, kind, engine);
  return { given, titles: (await given.next(8)).map(({ title }) => title) };
};

describe('an answer', () => {
  test('begins with the thing that bears the name, however often others speak of it', async () => {
    expect((await answer('pod')).titles[0]).toBe('Pod');
    expect((await answer('quorum')).titles).toEqual(['Quorum', 'DNS and service discovery']);
  });

  test('holds what is found by a name that stands in no text', async () => {
    expect((await answer('po')).titles).toContain('Pod');
  });

  test('begins with the page whose very title was typed, though it is known by no name', async () => {
    expect((await answer('every pod has a name')).titles[0]).toBe('Every pod has a name');
  });

  test('holds what has most words of a question, though no page has them all', async () => {
    expect((await answer('half of ndots is the smallest thing that runs')).titles).toEqual(['Pod']);
  });

  test('keeps a word that is in no name where texts have it', async () => {
    const { given, titles } = await answer('smallest pods');
    expect(given.readAs).toBeUndefined();
    expect(titles[0]).toBe('Pod');
  });

  test('is read with the nearest word where the typed one stands nowhere, and says so', async () => {
    const { given, titles } = await answer('quroum');
    expect(given.readAs).toBe('quorum');
    expect(titles[0]).toBe('Quorum');
  });

  test('takes words of headings where no name is near', async () => {
    const { given, titles } = await answer('smalest');
    expect(given.readAs).toBe('smallest');
    expect(titles).toEqual(['Pod']);
  });

  test('is empty for nonsense, though Pagefind finds something for each beginning', async () => {
    expect(search('qqzz').length).toBeGreaterThan(0);
    const { given, titles } = await answer('qqzz');
    expect(titles).toEqual([]);
    expect(given.total()).toBe(0);
    expect(given.kinds()).toEqual({});
  });

  test('of one kind holds that kind alone, and still counts all', async () => {
    const { given, titles } = await answer('pod', 'Term');
    expect(titles).toEqual(['Pod', 'Pending pod']);
    expect(given.total()).toBe(2);
    expect(given.kinds()).toMatchObject({ Term: 2, Chapter: 1, 'Often said': 1 });
  });

  test('comes in steps, without a hole or a hit twice', async () => {
    const given = await answerQuery('pod', undefined, engine);
    const steps = [await given.next(1), await given.next(2), await given.next(8), await given.next(8)].map((hits) => hits.map(({ title }) => title));
    expect(steps.map(({ length }) => length)).toEqual([1, 2, 1, 0]);
    expect(new Set(steps.flat()).size).toBe(4);
  });

  test('for a query of nothing but marks asks nobody', async () => {
    asked.length = 0;
    expect((await answer('!?')).titles).toEqual([]);
    expect(asked).toEqual([]);
  });
});

describe('what a query fetches', () => {
  test('stops after some hits that are none: letters that no word has are found in every page', async () => {
    const pages = Array.from({ length: 60 }, (_, at): Sheet => ({
      id: `page${String(at)}`,
      kind: 'Scenario',
      title: `Page ${String(at)}`,
      text: 'assorted things',
    }));
    let fetched = 0;
    const results = pages.map((sheet, at) => ({
      id: sheet.id,
      score: 1 / (1 + at),
      words: [],
      data: () => {
        fetched += 1;
        return Promise.resolve(found(sheet));
      },
    }));
    const lost: Engine = {
      ...engine,
      pagefind: { ...engine.pagefind, search: () => Promise.resolve({ results }) },
      kinds: new Map(pages.map(({ id, kind }) => [id, kind])),
      lookup: prepareLookup([]),
      terms: () => Promise.resolve([]),
    };
    const given = await answerQuery('asdfghjkl', undefined, lost);
    expect(await given.next(8)).toEqual([]);
    expect([given.total(), given.kinds()]).toEqual([0, {}]);
    expect(fetched).toBeLessThanOrEqual(16);
  });

  test('is the index for eight words of a question, those of names first, three of them together', async () => {
    asked.length = 0;
    await answer('how does every little pod always find a quorum by dns where members search ndots smallest half node thing');
    expect(asked[0]).toBe('pod quorum dns');
    const words = new Set(asked.flatMap(pieces));
    expect(words.size).toBe(8);
  });

  test('is no page whose title is known by name, when that is not what was typed', async () => {
    let fetched = 0;
    const sheet = sheets.find(({ id }) => id === 'dns')!;
    const data = () => {
      fetched += 1;
      return Promise.resolve(found(sheet));
    };
    const own: Engine = {
      ...engine,
      titles: new Map([['dns', sheet.title]]),
      pagefind: { ...engine.pagefind, search: () => Promise.resolve({ results: [{ id: 'dns', score: 1, words: [], data }] }) },
    };
    await answerQuery('quorum', undefined, own);
    expect(fetched).toBe(0);
    const given = await answerQuery('dns and service discovery', undefined, own);
    expect((await given.next(8))[0]?.title).toBe(sheet.title);
  });
});
