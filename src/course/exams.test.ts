import { describe, expect, test } from 'vitest';
import { exams, readExams } from './exams.ts';

const examOf = (weight: number, slug = 'pods') =>
  `- id: one\n  title: T\n  curriculum: v1.35\n  since: S\n  source: https://example.org/\n  domains:\n    - { title: A, weight: 60, topics: T, chapters: [dns] }\n    - { title: B, weight: ${weight}, topics: T, chapters: [${slug}] }\n`;

describe('exams', () => {
  test('are CKA, CKAD and CKS, each domain heaviest first', () => {
    expect(exams.map(({ id }) => id)).toEqual(['cka', 'ckad', 'cks']);
    for (const { domains } of exams) {
      const weights = domains.map(({ weight }) => weight);
      expect(weights).toEqual(weights.toSorted((one, other) => other - one));
    }
  });

  // As published: CKA since 18 February 2025, CKAD since 28 September 2021, CKS since 15 October 2024.
  test.each([
    ['cka', [30, 25, 20, 15, 10]],
    ['ckad', [25, 20, 20, 20, 15]],
    ['cks', [20, 20, 20, 15, 15, 10]],
  ])('%s has the published weights', (id, weights) => {
    expect(exams.find((exam) => exam.id === id)?.domains.map(({ weight }) => weight)).toEqual(weights);
  });

  test.each([
    ['weights that do not add up to 100', examOf(30), /exams\.yaml: "one", domains: expected weights that add up to 100, not to 90/],
    ['a chapter that does not exist', examOf(40, 'podz'), /domains\.1\.chapters\.0: expected the slug of a chapter/],
  ])('%s are refused', (_, yaml, message) => {
    expect(() => readExams(yaml)).toThrow(message);
  });
});
