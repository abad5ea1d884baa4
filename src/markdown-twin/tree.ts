import { htmlToHast } from 'satteri';

/** An element of a page. Attributes bear the names that hast gives them: `dataRight`, `href`. */
export interface PageElement {
  readonly name: string;
  readonly classes: readonly string[];
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly children: readonly PageNode[];
}

/** A piece of a page: a text or an element. Comments are left out. */
export type PageNode = string | PageElement;

interface RawNode {
  readonly type: string;
  readonly value?: unknown;
  readonly tagName?: unknown;
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly children?: readonly RawNode[];
}

function simplified({ type, value, tagName, properties = {}, children = [] }: RawNode): readonly PageNode[] {
  if (type === 'text') return typeof value === 'string' ? [value] : [];
  const inside = children.flatMap(simplified);
  if (type === 'root') return inside;
  if (type !== 'element' || typeof tagName !== 'string') return [];
  const { className, ...attributes } = properties;
  return [{ name: tagName, classes: Array.isArray(className) ? className.map(String) : [], attributes, children: inside }];
}

/** Reads a whole page as a browser without scripts does. */
export function readTree(html: string): readonly PageNode[] {
  return simplified(htmlToHast(html));
}

/** Whether it is an element with this name, or with this class where the name begins with a dot. */
export function isA(node: PageNode | undefined, ...names: readonly string[]): boolean {
  if (node === undefined || typeof node === 'string') return false;
  return names.some((name) => (name.startsWith('.') ? node.classes.includes(name.slice(1)) : node.name === name));
}

/** The children that fit. */
export function childrenOf(node: PageElement, ...names: readonly string[]): readonly PageElement[] {
  return node.children.flatMap((child) => (typeof child !== 'string' && isA(child, ...names) ? [child] : []));
}

/** All elements that fit, outermost only, in document order. */
export function findAll(nodes: readonly PageNode[], ...names: readonly string[]): readonly PageElement[] {
  return nodes.flatMap((node) => (typeof node === 'string' ? [] : isA(node, ...names) ? [node] : findAll(node.children, ...names)));
}

/** The first element that fits. */
export function findFirst(nodes: readonly PageNode[], ...names: readonly string[]): PageElement | undefined {
  return findAll(nodes, ...names)[0];
}

/** The text of an attribute; undefined where it is missing. */
export function attributeOf(node: PageElement | undefined, name: string): string | undefined {
  const value = node?.attributes[name];
  return typeof value === 'string' ? value : typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

/** What a heading holds; the words of a section are a link to it, which says nothing in a text. */
export function withoutOwnLink({ name, children }: PageElement): readonly PageNode[] {
  const [link] = children;
  const isOwn =
    /^h[1-6]$/.test(name) && children.length === 1 && link !== undefined && isA(link, 'a') && attributeOf(link as PageElement, 'href')?.startsWith('#');
  return isOwn === true ? (link as PageElement).children : children;
}

/** All text, with its spaces and line breaks as they are. */
export function rawText(node: PageNode): string {
  return typeof node === 'string' ? node : node.children.map(rawText).join('');
}

/** All text in one line. */
export function plainLine(node: PageNode | undefined): string {
  return node === undefined ? '' : rawText(node).replace(/\s+/g, ' ').trim();
}
