import { isA, plainLine, type PageElement, type PageNode } from '../markdown-twin/tree.ts';
import type { Book, BookDocument, Place } from './book.ts';
import { allElements, element } from './elements.ts';
import { Notes } from './notes.ts';

/** How a format of the book writes links and anchors. */
export interface Linking {
  /** Path of the site’s root, with a slash at both ends. */
  readonly base: string;
  /** Address of the site below which `base` lies, without a slash at the end; undefined: nobody has said. */
  readonly site: string | undefined;
  /** Address of an anchor, or of the top of a document. */
  readonly hrefOf: (document: string, anchor: string | undefined) => string;
  /** The anchor as it is written in its document: the same, or one that is unique in the whole book. */
  readonly anchorOf: (document: string, anchor: string) => string;
  /** On paper nobody can follow a link: addresses stand in notes, and links within the book say their page. Absent: not on paper. */
  readonly pageOf?: (document: string, anchor: string | undefined) => number | undefined;
}

/** As wide as any number of a page: so that the pages of a first print hold in the second. */
const unknownPage = '000';

const idsOf = (document: BookDocument): ReadonlySet<string> =>
  new Set(allElements(document.body).flatMap(({ attributes: { id } }) => (typeof id === 'string' ? [id] : [])));

/**
 * Writes the links of one document after another; knows all anchors of the book. What the book holds is found in the book. What only the site holds, and a
 * running lab (`a.live`, or any link to a lab), is found there if its address is known, and is words otherwise.
 */
export class LinkWriter {
  readonly #book: Book;
  readonly #linking: Linking;
  readonly #ids: ReadonlyMap<string, ReadonlySet<string>>;

  constructor(book: Book, linking: Linking) {
    this.#book = book;
    this.#linking = linking;
    this.#ids = new Map(book.documents.map((document) => [document.name, idsOf(document)]));
  }

  /**
   * The body of a document with its links and anchors as the format has them. A link that leads nowhere in the book becomes its words; which lab it would
   * open, and on paper every address, stands in a note at the end of the document.
   */
  write({ name, body }: BookDocument): readonly PageNode[] {
    const notes = new Notes();
    const written = body.flatMap((node) => this.#node(node, name, notes));
    return [...written, ...notes.section().map((section) => this.#own(section, name))];
  }

  /** What the book itself adds: all its links lead to what it has added, or away. */
  #own(node: PageNode, here: string): PageNode {
    if (typeof node === 'string') return node;
    const { href } = node.attributes;
    const attributes = this.#attributes(node, here);
    const isWithin = typeof href === 'string' && href.startsWith('#');
    return {
      ...node,
      attributes: isWithin ? { ...attributes, href: this.#linking.hrefOf(here, href.slice(1)) } : attributes,
      children: node.children.map((child) => this.#own(child, here)),
    };
  }

  #node(node: PageNode, here: string, notes: Notes): readonly PageNode[] {
    if (typeof node === 'string') return [node];
    const children = node.children.flatMap((child) => this.#node(child, here, notes));
    const written: PageElement = { ...node, attributes: this.#attributes(node, here), children };
    const { href } = node.attributes;
    if (node.name !== 'a' || typeof href !== 'string') return [written];
    const isShown = isA(node, '.live');
    const address = isShown && this.#linking.site === undefined ? undefined : this.#address(href, here);
    if (address !== undefined) {
      const link = { ...written, attributes: { ...written.attributes, href: address } };
      return [link, ...this.#onPaper(node, address, here, notes)];
    }
    const words = isShown ? undefined : this.#labNote(href, plainLine(node));
    return words === undefined ? children : [...children, this.#own(notes.refer(href, words), here)];
  }

  /** What follows a link on paper: the number of the note with its address, or the page. */
  #onPaper(link: PageElement, address: string, here: string, notes: Notes): readonly PageNode[] {
    const { pageOf } = this.#linking;
    if (pageOf === undefined) return [];
    if (/^https?:/.test(address)) {
      // An address that is its own words needs no note.
      return plainLine(link) === address ? [] : [this.#own(notes.refer(address, [element('a', [address], { href: address })]), here)];
    }
    const place = this.#placeOf(String(link.attributes.href), here);
    // Terms are in alphabetical order anyway, and what a listing's mark leads to stands below it.
    if (place === undefined || isA(link, '.co') || this.#kindOf(place.document) === 'glossary' || this.#kindOf(here) === 'glossary') return [];
    const page = pageOf(place.document, place.anchor);
    return [element('span.page-of', [` (p. ${page ?? unknownPage})`])];
  }

  #kindOf(name: string): string | undefined {
    return this.#book.documents.find((document) => document.name === name)?.kind;
  }

  /** Which lab a link without an address would open; undefined: none, or its words say so. */
  #labNote(href: string, text: string): readonly PageNode[] | undefined {
    const path = href.slice(this.#linking.base.length);
    const lab = this.#labOf(href);
    if (lab === undefined || text.includes(lab)) return undefined;
    const scenario = this.#book.scenarioNames.get(path);
    return [`Lab “${lab}”`, ...(scenario === undefined ? [] : [`: ${scenario.replace(/^Challenge: /, '')}`]), '.'];
  }

  /** Where a link leads; undefined: nowhere outside of the site. */
  #address(href: string, here: string): string | undefined {
    const { base, site, hrefOf } = this.#linking;
    if (!href.startsWith('/') && !href.startsWith('#')) return href;
    if (site !== undefined && href.slice(base.length).startsWith('labs/')) return site + href;
    const place = this.#placeOf(href, here);
    if (place !== undefined) return hrefOf(place.document, place.anchor);
    return site === undefined || href.startsWith('#') ? undefined : site + href;
  }

  /** Where in the book a link of the site leads; without an address of the site, a lab that stands in the book with this very scenario is its figure. */
  #placeOf(href: string, here: string): Place | undefined {
    if (href.startsWith('#')) return this.#ids.get(here)?.has(href.slice(1)) === true ? { document: here, anchor: href.slice(1) } : undefined;
    const path = href.slice(this.#linking.base.length);
    const [page = '', fragment] = path.split('#');
    const place = this.#book.places.get(path) ?? this.#book.places.get(page);
    if (place === undefined) return undefined;
    const wanted = this.#book.places.has(path) ? place.anchor : (fragment ?? place.anchor);
    const isThere = wanted !== undefined && this.#ids.get(place.document)?.has(wanted) === true;
    const anchor = isThere ? wanted : place.anchor;
    return { document: place.document, ...(anchor !== undefined && { anchor }) };
  }

  #labOf(href: string): string | undefined {
    const id = /^labs\/([^/]+)\//.exec(href.slice(this.#linking.base.length))?.[1];
    return id === undefined ? undefined : this.#book.labNames.get(id);
  }

  /** Ids, and the attributes that name ids, lists of them and `url(#…)` included. */
  #attributes({ attributes }: PageElement, here: string): PageElement['attributes'] {
    const { anchorOf } = this.#linking;
    const named = (id: unknown): string => anchorOf(here, String(id));
    return Object.fromEntries(
      Object.entries(attributes).map(([key, value]): [string, unknown] => {
        if (key === 'id') return [key, named(value)];
        if (key === 'ariaLabelledBy' || key === 'ariaDescribedBy' || key === 'headers') return [key, [value].flat().map(named)];
        return [key, typeof value === 'string' ? value.replace(/url\(#([^)]+)\)/g, (_, id: string) => `url(#${named(id)})`) : value];
      }),
    );
  }
}
