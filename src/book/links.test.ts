import { describe, expect, test } from 'vitest';
import type { Book } from './book.ts';
import { element } from './elements.ts';
import { LinkWriter } from './links.ts';
import { xhtmlOf } from './xhtml.ts';

const chapter = (name: string, body: Book['documents'][number]['body']) => ({ name, kind: 'chapter', title: name, level: 2, body }) as const;
const link = (href: string, text = 'words') => element('a', [text], { href });

function written(href: string, site?: string, text?: string): string {
  const here = chapter('dns', [link(href, text), element('h2', ['Rule'], { id: 'rule' })]);
  const book: Book = {
    title: 'Book',
    description: '',
    checked: '',
    changed: '2026-01-01T00:00:00Z',
    documents: [here, chapter('pv-pvc', [element('p', [], { id: 'bond' }), element('section', [], { id: 'lab-pair' })])],
    places: new Map([
      ['dns/', { document: 'dns' }],
      ['pv-pvc/', { document: 'pv-pvc' }],
      ['glossary/ndots/', { document: 'pv-pvc', anchor: 'bond' }],
      ['labs/pv-binding/#scenario=pair', { document: 'pv-pvc', anchor: 'lab-pair' }],
    ]),
    labNames: new Map([['pv-binding', 'PV/PVC matchmaker']]),
  };
  const writer = new LinkWriter(book, {
    base: '/course/',
    site,
    hrefOf: (document, anchor) => `${document}.xhtml${anchor === undefined ? '' : `#${anchor}`}`,
    anchorOf: (_, anchor) => anchor,
  });
  return xhtmlOf(writer.write(here)).replace(/<h2.*/u, '');
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
    ['to another scenario', '/course/labs/pv-binding/#scenario=zone', 'words (in the lab “PV/PVC matchmaker”)'],
  ])('%s', (_, href, expected) => {
    expect(written(href)).toBe(expected);
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
  const book: Book = { title: '', description: '', checked: '', changed: '', documents: [document], places: new Map(), labNames: new Map() };
  const writer = new LinkWriter(book, { base: '/', site: undefined, hrefOf: () => '#', anchorOf: (name, id) => `${name}--${id}` });
  expect(xhtmlOf(writer.write(document))).toBe('<svg aria-labelledby="dns--t"><path marker-end="url(#dns--tip)" /><title id="dns--t">T</title></svg>');
});
