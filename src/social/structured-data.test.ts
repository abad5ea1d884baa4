import { describe, expect, test } from 'vitest';
import { structuredData } from './structured-data.ts';

const home = 'https://example.org/course/';
const page = { title: 'DNS', description: 'Names.', kind: 'Chapter', address: `${home}dns/`, home };
const read = (text: string | undefined): unknown => JSON.parse(text ?? 'null');

describe('structured data', () => {
  test('the home page is the course', () => {
    expect(read(structuredData({ ...page, address: home, kind: undefined }))).toMatchObject({
      '@context': 'https://schema.org',
      '@type': 'Course',
      name: 'DNS',
      url: home,
    });
  });

  test.each([
    ['Chapter', 'Chapter'],
    ['Lab', 'Simulation'],
  ])('a %s is a part of the course', (kind, learningResourceType) => {
    expect(read(structuredData({ ...page, kind }))).toMatchObject({ '@type': 'LearningResource', learningResourceType, isPartOf: { url: home } });
  });

  test('a list or a tool says nothing', () => {
    expect(structuredData({ ...page, kind: 'Page' })).toBeUndefined();
    expect(structuredData({ ...page, kind: undefined })).toBeUndefined();
  });

  test('no text ends the element that holds it', () => {
    const text = structuredData({ ...page, title: '</script><b>' });
    expect(text).not.toContain('<');
    expect(read(text)).toMatchObject({ name: '</script><b>' });
  });
});
