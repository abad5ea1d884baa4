import { expect, test } from 'vitest';
import { searchTerms } from './search-terms.ts';

const page = (body: string) => `<html><body><h1>Header</h1><main data-pagefind-body>${body}</main></body></html>`;

test.each([
  [
    'words of headings and code are kept as written',
    page('<h2 id="a">CoreDNS and <code>resolv.conf</code></h2><p>prose</p>'),
    ['CoreDNS', 'and', 'resolv.conf'],
  ],
  ['marks around a name go, dots inside stay', page('<code>(db.prod.)</code>'), ['db.prod']],
  ['characters written as entities are read', page('<h2>Q&amp;A tables</h2>'), ['tables']],
  ['a page outside the search gives nothing', '<main><h1>Hidden</h1></main>', []],
  ['the usual spelling of a word stands for all', page('<h2>Pods</h2><h3>pods</h3><h4>pods</h4>'), ['pods']],
])('%s', (_name, html, terms) => {
  expect(searchTerms([html], [])).toEqual(terms);
});

test('records give their words', () => {
  expect(searchTerms([], ['NXDOMAIN now'])).toEqual(['NXDOMAIN', 'now']);
});
