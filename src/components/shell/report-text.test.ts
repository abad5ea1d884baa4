import { expect, test } from 'vitest';
import { readIssuesUrl } from '../../course/issues-address.ts';
import { issueAddress, reportAbout, reportText } from './report-text.ts';

const page = 'https://example.org/course/dns/#records';

test('a report names the page and the browser, and leaves room for the rest', () => {
  const text = reportText({ page, browser: 'Browser 1' });
  expect(text).toMatch(/^Page: https:\/\/example\.org\/course\/dns\/#records\n/);
  expect(text).toMatch(/Browser: Browser 1$/);
  expect(reportText({ page: undefined, browser: 'x' })).toContain('Page: (address of the page)');
});

test('the place can be named later, and nothing else of the report changes', () => {
  const written = `${reportText({ page: 'https://example.org/dns/', browser: 'x' })}\nPage: of a book, $&`;
  expect(reportAbout(written, page)).toBe(written.replace('https://example.org/dns/', page));
  expect(reportAbout('Wrong.', page)).toBe('Wrong.');
});

test('an issue has a title with the page and the text of the reader, whatever signs are in it', () => {
  const address = new URL(issueAddress('https://example.org/issues/new?labels=error', page, 'a & b\nc'));
  expect(address.searchParams.get('title')).toBe('An error on /course/dns/');
  expect(address.searchParams.get('body')).toBe('a & b\nc');
  expect(address.searchParams.get('labels')).toBe('error');
});

test('the place for issues may be absent, and must be https', () => {
  expect(readIssuesUrl(undefined)).toBeUndefined();
  expect(readIssuesUrl(' ')).toBeUndefined();
  expect(readIssuesUrl('https://example.org/new')).toBe('https://example.org/new');
  expect(() => readIssuesUrl('javascript:alert(1)')).toThrow(/expected an address that begins with https/);
});
