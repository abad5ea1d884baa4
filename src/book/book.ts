import type { PageNode } from '../markdown-twin/tree.ts';

/** What a file of the book is for; EPUB has a word for each. */
export type Kind = 'titlepage' | 'preface' | 'part' | 'chapter' | 'glossary' | 'appendix';

/** A piece of the book that begins on a new page: a file in the EPUB. Links in its body are still those of the site. */
export interface BookDocument {
  /** File name without its ending; unique. */
  readonly name: string;
  readonly kind: Kind;
  readonly title: string;
  /** Depth in the contents: 1 for parts and what stands outside of them, 2 for chapters. */
  readonly level: 1 | 2;
  /** The part of the course that a chapter belongs to. */
  readonly part?: string;
  readonly body: readonly PageNode[];
}

/** A whole book in reading order, and what stands on its title. */
export interface Book {
  readonly title: string;
  readonly description: string;
  /** What the foot of the site says of itself: what it was checked against. */
  readonly checked: string;
  /** The moment of the last change of the text: RFC 3339 in UTC, whole seconds. */
  readonly changed: string;
  readonly documents: readonly BookDocument[];
  /** Site path, below the base and without fragment → the document and the anchor in it that stand for it. */
  readonly places: ReadonlyMap<string, Place>;
  /** Id of a lab → its name. */
  readonly labNames: ReadonlyMap<string, string>;
  /** Site path of a scenario that is linked → its title. */
  readonly scenarioNames: ReadonlyMap<string, string>;
}

/** Where in the book something stands. Without an anchor: at the top of the document. */
export interface Place {
  readonly document: string;
  readonly anchor?: string;
}
