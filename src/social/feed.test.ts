import { describe, expect, test } from 'vitest';
import { feedText, sitemapText, xmlText } from './feed.ts';

const entry = (title: string, changed: string) => ({ title, changed, address: `https://example.org/${title}/`, description: `About ${title}.` });

describe('the feed', () => {
  const text = feedText('https://example.org/', 'A course.', [entry('old', '2026-01-01T00:00:00+02:00'), entry('new', '2025-12-31T23:30:00Z')]);

  test('names the last changed chapter first, by the moment and not by the text of the date', () => {
    expect([...text.matchAll(/<entry>\s*<id>(.*?)<\/id>/g)].map((match) => match[1])).toEqual(['https://example.org/new/', 'https://example.org/old/']);
    expect(/<updated>(.*?)</.exec(text)?.[1]).toBe('2025-12-31T23:30:00Z');
  });

  test('says where it is itself', () => {
    expect(text).toContain('<link rel="self" type="application/atom+xml" href="https://example.org/feed.xml"/>');
  });
});

test('the site map holds an address for each page, and a date where one is known', () => {
  expect(
    sitemapText([{ address: 'https://example.org/a&b/', changed: '2026-01-01T00:00:00Z' }, { address: 'https://example.org/' }])
      .split('\n')
      .slice(2, 4),
  ).toEqual(['  <url><loc>https://example.org/a&amp;b/</loc><lastmod>2026-01-01T00:00:00Z</lastmod></url>', '  <url><loc>https://example.org/</loc></url>']);
  expect(() => sitemapText(Array.from({ length: 50_001 }, () => ({ address: '' })))).toThrow('50,001'.replace(',', ''));
});

test('signs that XML cannot hold are left out, the others are escaped', () => {
  expect(xmlText('a\u0000b <"&"> \n')).toBe('ab &lt;&quot;&amp;&quot;&gt; \n');
});
