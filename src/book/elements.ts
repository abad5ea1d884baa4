import { plainLine, rawText, type PageElement, type PageNode } from '../markdown-twin/tree.ts';

type Attributes = Readonly<Record<string, string | readonly string[]>>;

/** An element as `tree.ts` reads it: `element('p.note', ['text'])`, `element('a.quiet', ['text'], { href })`. Attributes bear the names of hast. */
export function element(name: string, children: readonly PageNode[], attributes: Attributes = {}): PageElement {
  const [tag = 'div', ...classes] = name.split('.');
  return { name: tag, classes, attributes, children };
}

/** All elements below some nodes, each before what it holds. */
export function allElements(nodes: readonly PageNode[]): readonly PageElement[] {
  return nodes.flatMap((node) => (typeof node === 'string' ? [] : [node, ...allElements(node.children)]));
}

/** A heading of a document that its contents list: `h2` with an id. */
export interface Section {
  readonly id: string;
  readonly title: string;
}

/** The sections of a body, in order. */
export function sectionsOf(body: readonly PageNode[]): readonly Section[] {
  return allElements(body).flatMap((node) => {
    const { id } = node.attributes;
    return node.name === 'h2' && typeof id === 'string' ? [{ id, title: plainLine(node) }] : [];
  });
}

/** Whether there is nothing to read: no word, no picture. */
export function isEmpty(nodes: readonly PageNode[]): boolean {
  return nodes.every((node) => rawText(node).trim() === '') && !allElements(nodes).some(({ name }) => name === 'svg' || name === 'img');
}
