import { describe, expect, test } from 'vitest';
import type { FoundFragment, PagefindResult } from './pagefind.ts';
import { bestSections, promoteSections } from './sections.ts';

const section = (title: string, weight: number) => ({
  title,
  url: `/page/#${title.replaceAll(' ', '-')}`,
  excerpt: '',
  weighted_locations: [{ location: 1, balanced_score: weight }],
});
const page = (...sections: readonly ReturnType<typeof section>[]): FoundFragment => ({
  url: '/page/',
  content: '',
  meta: { title: 'Page' },
  filters: {},
  excerpt: '',
  weighted_locations: [],
  sub_results: [{ ...section('Page', 999), url: '/page/' }, ...sections],
});
const titles = (query: string, ...sections: readonly ReturnType<typeof section>[]) => bestSections(page(...sections), query).map(({ title }) => title);

describe('the headings of a page', () => {
  test('begin with the one that was typed, wherever it stands and however little stands below it', () => {
    expect(titles('See them', section('What goes wrong, and how to see it', 90), section('Binding', 99), section('See them', 1))[0]).toBe('See them');
    expect(titles('what an outside name costs?', section('Names', 99), section('What an outside name costs', 1))[0]).toBe('What an outside name costs');
  });

  test('name more of the words before they name fewer, in any form of them', () => {
    expect(titles('claim rules', section('Rules', 99), section('The rule of claims', 1))).toEqual(['The rule of claims', 'Rules']);
  });

  test('come by what stands below them where their titles tell nothing', () => {
    expect(titles('ndots', section('First', 1), section('Second', 5), section('Third', 3))).toEqual(['Second', 'Third', 'First']);
  });

  test('are all but the piece before the first', () => {
    expect(titles('page', section('One', 1))).toEqual(['One']);
  });
});

interface Sheet {
  readonly id: string;
  readonly kind: string;
  readonly isNamed?: boolean;
  readonly places?: readonly number[];
  readonly sections?: readonly string[];
}

function candidates(asked: string, sheets: readonly Sheet[]) {
  const fetched: string[] = [];
  const found = sheets.map(({ id, kind, isNamed = false, places = [1, 2, 3], sections = [] }) => {
    const result: PagefindResult = {
      id,
      score: 1,
      words: places,
      data: () => {
        fetched.push(id);
        return Promise.resolve(page(...sections.map((title) => section(title, 1))));
      },
    };
    return { id, kind, isNamed, found: { asked, result } };
  });
  return { found, fetched };
}
const order = async (query: string, sheets: readonly Sheet[], asked = query) => {
  const { found, fetched } = candidates(asked, sheets);
  return { ids: (await promoteSections(found, query)).map(({ id }) => id), fetched };
};

describe('a page', () => {
  const term: Sheet = { id: 'term', kind: 'Term', isNamed: true };
  const belief: Sheet = { id: 'belief', kind: 'Often said' };

  test('comes first when one of its headings was typed', async () => {
    expect((await order('read the rules', [term, belief, { id: 'c', kind: 'Chapter', sections: ['Look at it', 'Read the rules'] }])).ids[0]).toBe('c');
  });

  test('with all words in a heading comes before what only speaks of them, and after what is called so', async () => {
    expect((await order('ndots', [term, belief, { id: 'c', kind: 'Chapter', sections: ['search and ndots'] }])).ids).toEqual(['term', 'c', 'belief']);
  });

  test('stays where it is with some of the words, and where it stands better already', async () => {
    expect((await order('ndots costs', [term, belief, { id: 'c', kind: 'Chapter', sections: ['search and ndots'] }])).ids).toEqual(['term', 'belief', 'c']);
    expect((await order('ndots', [{ id: 'c', kind: 'Chapter', isNamed: true, sections: ['about ndots'] }, term, belief])).ids).toEqual(['c', 'term', 'belief']);
  });

  test('is looked into only where the words stand side by side, and few are', async () => {
    const far: Sheet = { id: 'far', kind: 'Chapter', places: [1, 90, 300], sections: ['read the rules'] };
    expect((await order('read the rules', [term, far])).fetched).toEqual([]);
    const joined: Sheet = { id: 'joined', kind: 'Chapter', places: [7, 8, 10], sections: ['resolv.conf, search and ndots'] };
    expect((await order('resolv.conf, search and ndots', [term, joined], 'resolv conf search ndots')).ids[0]).toBe('joined');
    const many = Array.from({ length: 20 }, (_, at): Sheet => ({ id: String(at), kind: 'Chapter', sections: ['Practice'] }));
    expect((await order('practice', many)).fetched).toHaveLength(4);
  });
});
