import { strToU8, zipSync, type Zippable } from 'fflate';
import { courseVersion } from '../course/version.ts';
import { xmlText } from '../social/feed.ts';
import type { Book, BookDocument, Kind } from './book.ts';
import { allElements, sectionsOf } from './elements.ts';
import { LinkWriter } from './links.ts';
import { xhtmlOf } from './xhtml.ts';

/** What an EPUB needs beside the text. */
export interface EpubParts {
  readonly base: string;
  readonly site: string | undefined;
  readonly css: string;
  /** Cover and pictures of labs, PNG, by file name. */
  readonly pictures: ReadonlyMap<string, Uint8Array>;
  readonly cover: string;
}

// The same book for all its versions: reading systems replace the older one and keep the place.
const identifier = 'urn:uuid:6f0f1ad6-5c9b-4f0e-9a54-0b2f6d0c3a17';

const roles: Readonly<Record<Kind, string>> = {
  titlepage: '',
  preface: 'doc-preface',
  part: 'doc-part',
  chapter: 'doc-chapter',
  glossary: 'doc-glossary',
  appendix: 'doc-appendix',
};

function page(title: string, body: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" lang="en" xml:lang="en">
<head>
<meta charset="UTF-8"/>
<title>${xmlText(title)}</title>
<link rel="stylesheet" type="text/css" href="book.css"/>
</head>
<body>
${body}
</body>
</html>
`;
}

const withNamespace = (xhtml: string): string => xhtml.replaceAll('<svg ', '<svg xmlns="http://www.w3.org/2000/svg" ');

function documentPage(document: BookDocument, links: LinkWriter): string {
  const role = roles[document.kind];
  // The glossary of EPUB is a list of terms; ours has letters around it, and says so with the role alone.
  const type = document.kind === 'glossary' ? 'backmatter' : document.kind;
  const body = withNamespace(xhtmlOf(links.write(document)));
  return page(document.title, `<section class="${document.kind}" epub:type="${type}"${role === '' ? '' : ` role="${role}"`}>\n${body}\n</section>`);
}

const item = (href: string, title: string, inside = ''): string => `<li><a href="${href}">${xmlText(title)}</a>${inside}</li>\n`;
const ordered = (items: readonly string[]): string => (items.length === 0 ? '' : `\n<ol>\n${items.join('')}</ol>`);

function sectionItems({ name, body }: BookDocument): string {
  return ordered(sectionsOf(body).map(({ id, title }) => item(`${name}.xhtml#${id}`, title)));
}

/** The contents as they nest: chapters within their part. */
function contentItems(documents: readonly BookDocument[]): readonly string[] {
  const items: string[] = [];
  documents.forEach((document, index) => {
    if (document.level !== 1) return;
    const next = documents.findIndex((other, at) => at > index && other.level === 1);
    const within = documents.slice(index + 1, next < 0 ? documents.length : next);
    const inside = within.length > 0 ? ordered(within.map((each) => item(`${each.name}.xhtml`, each.title, sectionItems(each)))) : sectionItems(document);
    items.push(item(`${document.name}.xhtml`, document.title, inside));
  });
  return items;
}

function navigation({ documents }: Book): string {
  const start = documents.find(({ kind }) => kind === 'part' || kind === 'chapter') ?? documents[0];
  const marks = [
    `<li><a epub:type="cover" href="cover.xhtml">Cover</a></li>`,
    `<li><a epub:type="toc" href="nav.xhtml">Contents</a></li>`,
    ...(start === undefined ? [] : [`<li><a epub:type="bodymatter" href="${start.name}.xhtml">Start of the text</a></li>`]),
    ...documents.flatMap(({ kind, name, title }) =>
      kind === 'glossary' ? [`<li><a epub:type="backmatter" href="${name}.xhtml">${xmlText(title)}</a></li>`] : [],
    ),
  ];
  return page(
    'Contents',
    `<nav epub:type="toc" role="doc-toc" id="toc">\n<h1>Contents</h1>${ordered(contentItems(documents))}\n</nav>
<nav epub:type="landmarks" hidden="hidden" id="landmarks">\n<h2>Landmarks</h2>\n<ol>\n${marks.join('\n')}\n</ol>\n</nav>`,
  );
}

const accessibility: readonly (readonly [string, string])[] = [
  ['schema:accessMode', 'textual'],
  ['schema:accessMode', 'visual'],
  ['schema:accessModeSufficient', 'textual'],
  ['schema:accessModeSufficient', 'textual,visual'],
  ...['alternativeText', 'displayTransformability', 'readingOrder', 'structuralNavigation', 'tableOfContents'].map(
    (feature) => ['schema:accessibilityFeature', feature] as const,
  ),
  ['schema:accessibilityHazard', 'none'],
  [
    'schema:accessibilitySummary',
    'All text can be enlarged, recoloured and read aloud. Each diagram has a description; each picture of a lab is told in words and tables beside it.',
  ],
];

function packageFile(book: Book, { site, base, pictures, cover }: EpubParts): string {
  const hasDrawing = ({ body }: BookDocument): boolean => allElements(body).some(({ name }) => name === 'svg');
  const metas = accessibility.map(([property, value]) => `<meta property="${property}">${xmlText(value)}</meta>`);
  const files = book.documents.map(
    (document) =>
      `<item id="${document.name}" href="${document.name}.xhtml" media-type="application/xhtml+xml"${hasDrawing(document) ? ' properties="svg"' : ''}/>`,
  );
  const images = [...pictures.keys()].map(
    (name) => `<item id="${name.replace('.png', '')}-png" href="${name}" media-type="image/png"${name === cover ? ' properties="cover-image"' : ''}/>`,
  );
  const [title, ...rest] = book.documents.map(({ name }) => `<itemref idref="${name}"/>`);
  return `<?xml version="1.0" encoding="UTF-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" xml:lang="en" prefix="schema: http://schema.org/">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="id">${identifier}</dc:identifier>
<dc:title>${xmlText(book.title)}</dc:title>
<dc:language>en</dc:language>
<dc:creator>Kubestep</dc:creator>
<dc:description>${xmlText(`${book.description} ${book.checked}.`)}</dc:description>
<dc:subject>Kubernetes ${courseVersion}</dc:subject>
<dc:date>${book.changed.slice(0, 10)}</dc:date>${site === undefined ? '' : `\n<dc:source>${xmlText(site + base)}</dc:source>`}
<meta property="dcterms:modified">${book.changed}</meta>
<meta name="cover" content="${cover.replace('.png', '')}-png"/>
${metas.join('\n')}
</metadata>
<manifest>
<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="css" href="book.css" media-type="text/css"/>
<item id="cover-page" href="cover.xhtml" media-type="application/xhtml+xml"/>
${[...files, ...images].join('\n')}
</manifest>
<spine>
<itemref idref="cover-page"/>
${title ?? ''}
<itemref idref="nav"/>
${rest.join('\n')}
</spine>
</package>
`;
}

const container = `<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
`;

/** The book as an EPUB 3.3. The same book and pictures give the same bytes. */
export function epubOf(book: Book, parts: EpubParts): Uint8Array {
  const links = new LinkWriter(book, {
    ...parts,
    hrefOf: (document, anchor) => `${document}.xhtml${anchor === undefined ? '' : `#${anchor}`}`,
    anchorOf: (_document, anchor) => anchor,
  });
  const coverPage = page(
    'Cover',
    `<section class="cover" epub:type="cover"><img src="${parts.cover}" alt="Cover: ${xmlText(book.title)}" role="doc-cover"/></section>`,
  );
  const texts: Record<string, string> = {
    'META-INF/container.xml': container,
    'EPUB/package.opf': packageFile(book, parts),
    'EPUB/nav.xhtml': navigation(book),
    'EPUB/cover.xhtml': coverPage,
    'EPUB/book.css': parts.css,
    ...Object.fromEntries(book.documents.map((document) => [`EPUB/${document.name}.xhtml`, documentPage(document, links)])),
  };
  // Zip holds local time: a local date gives the same bytes in every zone.
  const mtime = new Date(1980, 0, 1);
  const files: Zippable = {
    // First and as it is: so a program knows the format from its first bytes.
    mimetype: [strToU8('application/epub+zip'), { level: 0, mtime }],
    ...Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, [strToU8(text), { level: 9, mtime }] as const])),
    ...Object.fromEntries([...parts.pictures].map(([name, bytes]) => [`EPUB/${name}`, [bytes, { level: 0, mtime }] as const])),
  };
  return zipSync(files);
}
