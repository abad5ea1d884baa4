import { describe, expect, test } from 'vitest';
import { readCourse } from './course.ts';
import { arcsOf, arcWidth } from './map.ts';

const parts = readCourse(`
- slug: one
  title: One
  summary: S
  chapters:
    - { slug: a, title: A, summary: S, sections: [x] }
    - { slug: b, title: B, summary: S, needs: [a], sections: [x] }
- slug: two
  title: Two
  summary: S
  chapters:
    - { slug: c, title: C, summary: S, needs: [a, b], sections: [x] }
`);
// As mapOf lays it out; what chapters need is looked up on the course itself, which these are not on.
const all = parts.flatMap((part) => part.chapters);
const rows: Readonly<Record<string, number>> = { a: 1, b: 2, c: 4 };
const map = parts.map((part) => ({
  part,
  chapters: part.chapters.map((chapter) => ({
    chapter,
    text: undefined,
    needs: all.filter(({ slug }) => chapter.needs.includes(slug)),
    row: rows[chapter.slug]!,
  })),
}));

describe('the lines of the map', () => {
  const { arcs, rows: count } = arcsOf(map);

  test('go from each chapter to those that need it, and the box has a row for each part and chapter', () => {
    expect(arcs.map(({ from, to }) => `${from}→${to}`)).toEqual(['a→b', 'a→c', 'b→c']);
    expect(count).toBe(5);
  });

  test('begin and end at the middle of their rows, at the right edge', () => {
    expect(arcs[1]?.path).toMatch(new RegExp(`^M${arcWidth} 1\\.5C.* ${arcWidth} 4\\.5$`));
  });

  test('reach farther out the farther they go, and never out of the box', () => {
    const reach = arcs.map(({ path }) => Number(/C(-?\d+)/.exec(path)?.[1]));
    expect(reach[1]).toBeLessThan(reach[0]!);
    // A cubic with both handles at x stays to the right of a quarter of the edge and three quarters of x.
    for (const x of reach) expect(0.25 * arcWidth + 0.75 * x).toBeGreaterThanOrEqual(0);
  });
});
