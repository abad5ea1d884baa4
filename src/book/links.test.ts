import { describe, expect, test } from 'vitest';
import type { Book } from './book.ts';
import { element } from './elements.ts';
import { LinkWriter, type Linking } from './links.ts';
import { xhtmlOf } from './xhtml.ts';

const chapter = (name: string, body: Book['documents'][number]['body']) => ({ name, kind: 'chapter', title: name, level: 2, body }) as const;
const link = (href: string, text = 'words', name = 'a') => element(name, [text], { href });

function written(href: string, site?: string, text?: string, linking: Partial<Linking> = {}, name?: string): string {
  const here = chapter('dns', [link(href, text, name), element('h2', ['Rule'], { id: 'rule' })]);
  const book: Book = {
    title: 'Book',
    description: '',
    checked: '',
    changed: '2026-01-01T00:00:00Z',
    documents: [
      here,
      chapter('pv-pvc', [element('p', [], { id: 'bond' }), element('section', [], { id: 'lab-pair' })]),
      { ...chapter('terms', []), kind: 'glossary' },
    ],
    places: new Map([
      ['dns/', { document: 'dns' }],
      ['pv-pvc/', { document: 'pv-pvc' }],
      ['glossary/pod/', { document: 'terms' }],
      ['glossary/ndots/', { document: 'pv-pvc', anchor: 'bond' }],
      ['labs/pv-binding/#scenario=pair', { document: 'pv-pvc', anchor: 'lab-pair' }],
    ]),
    labNames: new Map([['pv-binding', 'PV/PVC matchmaker']]),
    scenarioNames: new Map([['labs/pv-binding/#scenario=zone', 'Challenge: the wrong zone']]),
  };
  const writer = new LinkWriter(book, {
    base: '/course/',
    site,
    hrefOf: (document, anchor) => `${document}.xhtml${anchor === undefined ? '' : `#${anchor}`}`,
    anchorOf: (_, anchor) => anchor,
    ...linking,
  });
  return xhtmlOf(writer.write(here)).replace(/<h2 id="rule">.*?<\/h2>/u, '');
}

describe('a link in the book', () => {
  test.each([
    ['to a chapter', '/course/pv-pvc/', '<a href="pv-pvc.xhtml">words</a>'],
    ['to a section', '/course/pv-pvc/#bond', '<a href="pv-pvc.xhtml#bond">words</a>'],
    ['to a section that is not in the book', '/course/pv-pvc/#gone', '<a href="pv-pvc.xhtml">words</a>'],
    ['to a term', '/course/glossary/ndots/', '<a href="pv-pvc.xhtml#bond">words</a>'],
    ['within the chapter', '#rule', '<a href="dns.xhtml#rule">words</a>'],
    ['within the chapter to nothing', '#gone', 'words'],
    ['to another site', 'https://kubernetes.io/', '<a href="https://kubernetes.io/">words</a>'],
    ['to a page that the book has not', '/course/review/', 'words'],
    ['to a scenario that the book shows', '/course/labs/pv-binding/#scenario=pair', '<a href="pv-pvc.xhtml#lab-pair">words</a>'],
  ])('%s', (_, href, expected) => {
    expect(written(href)).toBe(expected);
  });

  const mark = '<sup class="note-at"><a href="dns.xhtml#note-1" role="doc-noteref" id="note-1-at">1</a></sup>';
  const notes = (words: string): string =>
    `<section role="doc-endnotes" class="notes"><h2 id="notes">Notes</h2><ol class="note-list"><li id="note-1"><a href="dns.xhtml#note-1-at" role="doc-backlink" class="note-number">1</a> ${words}</li></ol></section>`;

  test('to another scenario names it in a note', () => {
    expect(written('/course/labs/pv-binding/#scenario=zone')).toBe(`words${mark}${notes('Lab “PV/PVC matchmaker”: the wrong zone.')}`);
  });

  test('on paper has its address in a note, unless it is its own words', () => {
    const paper = { pageOf: () => undefined };
    const href = 'https://kubernetes.io/';
    expect(written(href, undefined, undefined, paper)).toBe(`<a href="${href}">words</a>${mark}${notes(`<a href="${href}">${href}</a>`)}`);
    expect(written(href, undefined, href, paper)).toBe(`<a href="${href}">${href}</a>`);
  });

  test('on paper says its page, or keeps its place until that is known', () => {
    const paper = (page: number | undefined): string => written('/course/pv-pvc/', undefined, undefined, { pageOf: () => page });
    expect(paper(57)).toBe('<a href="pv-pvc.xhtml">words</a><span class="page-of"> (p. 57)</span>');
    expect(paper(undefined)).toBe('<a href="pv-pvc.xhtml">words</a><span class="page-of"> (p. 000)</span>');
  });

  test('on paper has no page where its words or its place say it: to a term, and to what stands below', () => {
    const paper = { pageOf: () => 57 };
    expect(written('/course/glossary/pod/', undefined, undefined, paper)).toBe('<a href="terms.xhtml">words</a>');
    expect(written('#rule', undefined, '1', paper, 'a.co')).toBe('<a href="dns.xhtml#rule" class="co">1</a>');
  });

  test('to a running lab is words where nobody has said where the site is, also when the book shows its figure', () => {
    const href = '/course/labs/pv-binding/#scenario=pair';
    expect(written(href, undefined, undefined, {}, 'a.live')).toBe('words');
    expect(written(href, 'https://example.org', undefined, {}, 'a.live')).toContain(`href="https://example.org${href}"`);
  });

  test('does not name a lab twice', () => {
    expect(written('/course/labs/pv-binding/', undefined, 'the PV/PVC matchmaker')).toBe('the PV/PVC matchmaker');
  });

  test.each(['/course/review/', '/course/labs/pv-binding/#scenario=zone', '/course/labs/pv-binding/#scenario=pair'])('leads to a known site: %s', (href) => {
    expect(written(href, 'https://example.org')).toBe(`<a href="https://example.org${href}">words</a>`);
  });
});

test('ids that are made unique are so in all that names them', () => {
  const drawing = element('svg', [element('path', [], { markerEnd: 'url(#tip)' }), element('title', ['T'], { id: 't' })], { ariaLabelledBy: ['t'] });
  const document = chapter('dns', [drawing]);
  const book: Book = {
    title: '',
    description: '',
    checked: '',
    changed: '',
    documents: [document],
    places: new Map(),
    labNames: new Map(),
    scenarioNames: new Map(),
  };
  const writer = new LinkWriter(book, { base: '/', site: undefined, hrefOf: () => '#', anchorOf: (name, id) => `${name}--${id}` });
  expect(xhtmlOf(writer.write(document))).toBe('<svg aria-labelledby="dns--t"><path marker-end="url(#dns--tip)" /><title id="dns--t">T</title></svg>');
});
