import { describe, expect, test } from 'vitest';
import { chapters, findChapter, parts, readCourse } from './course.ts';

const part = (slug: string, chapterSlug: string) =>
  `- slug: ${slug}\n  title: T\n  summary: S\n  chapters:\n    - { slug: ${chapterSlug}, title: C, summary: S, sections: [One] }\n`;

describe('the map of the course', () => {
  test('has ten parts and 45 chapters, numbered through', () => {
    expect(parts.map((each) => each.number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(chapters.map((each) => each.number)).toEqual(Array.from({ length: 45 }, (_, index) => index + 1));
  });

  test('finds a chapter and its part by slug', () => {
    expect(findChapter('dns')).toMatchObject({ part: { slug: 'networking' }, chapter: { number: 24 } });
    expect(findChapter('no-such-chapter')).toBeUndefined();
  });

  test.each([
    ['a slug with capitals', part('One', 'a'), /slug/],
    ['two chapters with one slug', part('one', 'a') + part('two', 'a'), /two chapters have the slug "a"/],
    [
      'a chapter that needs a later one',
      part('one', 'a').replace('sections:', 'needs: [b], sections:') + part('two', 'b'),
      /"a" needs "b", which is not an earlier chapter/,
    ],
    ['a chapter that needs itself', part('one', 'a').replace('sections:', 'needs: [a], sections:'), /"a" needs "a"/],
    ['an unknown key', part('one', 'a').replace('summary: S\n', 'summary: S\n  colour: red\n'), /colour/],
    ['no list at all', 'title: x', /course\.yaml/],
  ])('refuses %s', (_name, yaml, message) => {
    expect(() => readCourse(yaml)).toThrow(message);
  });
});
