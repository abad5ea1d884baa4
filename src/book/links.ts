import { isA, plainLine, type PageElement, type PageNode } from '../markdown-twin/tree.ts';
import type { Book, BookDocument } from './book.ts';
import { allElements } from './elements.ts';

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
}

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

  /** The body of a document with its links and anchors as the format has them. A link that leads nowhere in the book becomes its words. */
  write({ name, body }: BookDocument): readonly PageNode[] {
    return body.flatMap((node) => this.#node(node, name));
  }

  #node(node: PageNode, here: string): readonly PageNode[] {
    if (typeof node === 'string') return [node];
    const children = node.children.flatMap((child) => this.#node(child, here));
    const written: PageElement = { ...node, attributes: this.#attributes(node, here), children };
    const { href } = node.attributes;
    if (node.name !== 'a' || typeof href !== 'string') return [written];
    const address = isA(node, '.live') && this.#linking.site === undefined ? undefined : this.#address(href, here);
    if (address !== undefined) return [{ ...written, attributes: { ...written.attributes, href: address } }];
    const lab = this.#labOf(href);
    const isNamed = lab === undefined || isA(node, '.live') || plainLine(node).includes(lab);
    return isNamed ? children : [...children, ` (in the lab “${lab}”)`];
  }

  /** Where a link leads; undefined: nowhere outside of the site. */
  #address(href: string, here: string): string | undefined {
    const { base, site, hrefOf } = this.#linking;
    if (!href.startsWith('/') && !href.startsWith('#')) return href;
    if (href.startsWith('#')) return this.#ids.get(here)?.has(href.slice(1)) === true ? hrefOf(here, href.slice(1)) : undefined;
    const path = href.slice(base.length);
    if (site !== undefined && path.startsWith('labs/')) return site + href;
    // Without an address a lab that stands in the book with this very scenario is its figure.
    const [page = '', fragment] = path.split('#');
    const place = this.#book.places.get(path) ?? this.#book.places.get(page);
    if (place !== undefined) {
      const wanted = this.#book.places.has(path) ? place.anchor : (fragment ?? place.anchor);
      const isThere = wanted !== undefined && this.#ids.get(place.document)?.has(wanted) === true;
      return hrefOf(place.document, isThere ? wanted : place.anchor);
    }
    return site === undefined ? undefined : site + href;
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
