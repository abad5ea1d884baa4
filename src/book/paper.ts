import { findAll, findFirst, isA, type PageElement, type PageNode } from '../markdown-twin/tree.ts';
import { escapeHtml } from '../components/chapter/inline-markup.ts';
import type { Book, BookDocument } from './book.ts';
import { sizedDrawings } from './drawing-size.ts';
import { element, sectionsOf } from './elements.ts';
import { LinkWriter } from './links.ts';
import { layingOf, turned } from './listing.ts';
import { xhtmlOf } from './xhtml.ts';

/** The look: addresses of the site’s style sheets, and the sheet of the book that follows them. */
export interface Dress {
  readonly sheets: readonly string[];
  readonly css: string;
}

/** What a printed book needs beside the text. */
export interface PaperParts {
  readonly base: string;
  readonly site: string | undefined;
  /** Addresses of the site's style sheets, and the sheet of the book that follows them. */
  readonly sheets: readonly string[];
  readonly css: string;
  /** Page of each document and section by its anchor in the whole book; empty while nobody knows. */
  readonly pages: ReadonlyMap<string, number>;
}

/** The anchor of a document or of something in it, unique in the whole book. */
export const paperAnchor = (document: string, anchor?: string): string => (anchor === undefined ? `doc-${document}` : `${document}--${anchor}`);

/** Headings one level lower: a chapter stands below its part. */
function lowered(nodes: readonly PageNode[]): readonly PageNode[] {
  return nodes.map((node) => {
    if (typeof node === 'string') return node;
    const level = /^h([1-5])$/.exec(node.name)?.[1];
    const name = level === undefined ? node.name : `h${Number(level) + 1}`;
    const classes = level === undefined ? node.classes : [...node.classes, `was-h${level}`];
    return { ...node, name, classes, children: lowered(node.children) };
  });
}

/** Listings in the width of paper. */
function laidListings(nodes: readonly PageNode[]): readonly PageNode[] {
  return nodes.map((node): PageNode => {
    if (typeof node === 'string') return node;
    if (!isA(node, 'pre')) {
      const children = laidListings(node.children);
      const listing = isA(node, '.code') ? findFirst(node.children, 'pre') : undefined;
      return { ...node, classes: listing !== undefined && layingOf(listing).includes('slim') ? [...node.classes, 'slim'] : node.classes, children };
    }
    const laid = turned(node);
    return layingOf(node).includes('columned') ? { ...laid, classes: [...laid.classes, 'columned'] } : laid;
  });
}

function documentHtml(document: BookDocument, links: LinkWriter): string {
  const { name, kind, level } = document;
  const written = sizedDrawings(laidListings(links.write(document)));
  return `<article class="doc ${kind}" id="${paperAnchor(name)}">\n${xhtmlOf(level === 2 ? lowered(written) : written)}\n</article>`;
}

/** The line at the head of each page of a document: Chromium knows no `string-set`, so each has a kind of page of its own. */
function pageRule({ name, title, kind, part }: BookDocument): string {
  const quoted = (text: string): string => `"${text.replace(/["\\]/g, '\\$&')}"`;
  const head = kind === 'titlepage' || kind === 'part' ? 'none' : quoted(title);
  const side = part === undefined ? '' : `@top-right { content: ${quoted(part)}; }`;
  const foot = kind === 'titlepage' ? '@bottom-right { content: none; } @bottom-left { content: none; }' : '';
  return `@page page-${name} { @top-left { content: ${head}; } ${side} ${foot} }\n#${paperAnchor(name)} { page: page-${name}; }`;
}

function contentsHtml({ documents }: Book, pages: PaperParts['pages']): string {
  const line = (anchor: string, title: string, kind: string): string => {
    const page = pages.get(anchor);
    return `<li class="${kind}"><a href="#${anchor}"><span>${escapeHtml(title)}</span><span class="page">${page ?? ''}</span></a></li>`;
  };
  const lines = documents.flatMap((document) => {
    if (document.kind === 'titlepage') return [];
    const own = line(paperAnchor(document.name), document.title, document.level === 2 ? 'of-chapter' : 'of-part');
    // The letters of the glossary would be a page of single signs.
    const sections = document.kind === 'glossary' ? [] : sectionsOf(document.body);
    return [own, ...sections.map(({ id, title }) => line(paperAnchor(document.name, id), title, 'of-section'))];
  });
  return `<article class="doc contents" id="doc-contents"><h1>Contents</h1><ol>${lines.join('\n')}</ol></article>`;
}

function wholePage(title: string, { sheets, css }: Dress, body: string): string {
  const links = sheets.map((address) => `<link rel="stylesheet" href="${address}">`).join('\n');
  return `<!doctype html>
<html lang="en" data-theme="light">
<head>
<meta charset="utf-8">
<title>${escapeHtml(title)}</title>
${links}
<style>
${css}
</style>
</head>
<body>
${body}
</body>
</html>`;
}

/** The whole book as one page, for a browser to print. */
export function paperHtml(book: Book, parts: PaperParts): string {
  const links = new LinkWriter(book, {
    ...parts,
    hrefOf: (document, anchor) => `#${paperAnchor(document, anchor)}`,
    anchorOf: paperAnchor,
    pageOf: (document, anchor) => parts.pages.get(paperAnchor(document, anchor)),
  });
  const [title, ...rest] = book.documents.map((document) => documentHtml(document, links));
  const contentsRule = '@page page-contents { @top-left { content: "Contents"; } }\n#doc-contents { page: page-contents; }';
  const css = [parts.css, ...book.documents.map(pageRule), contentsRule].join('\n');
  return wholePage(book.title, { sheets: parts.sheets, css }, [title ?? '', contentsHtml(book, parts.pages), ...rest].join('\n'));
}

/** A picture of a lab alone in a page, to be taken as an image. */
export function pictureHtml(picture: readonly PageNode[], dress: Dress): string {
  return wholePage('Picture', dress, xhtmlOf([element('div.doc', [element('div.lab-picture', picture)])]));
}

/** Style sheets that some pages ask for, each once, in order. */
export function sheetsOf(pages: readonly (readonly PageNode[])[]): readonly string[] {
  const isSheet = ({ attributes: { rel } }: PageElement): boolean => [rel].flat().includes('stylesheet');
  return [...new Set(pages.flatMap((page) => findAll(page, 'link').filter(isSheet)).map(({ attributes: { href } }) => String(href)))];
}
