import { toHtml } from 'hast-util-to-html';
import type { PageNode } from '../markdown-twin/tree.ts';

type Hast = Parameters<typeof toHtml>[0];

// Signs that XML has no place for.
const unwritable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

interface HastElement {
  readonly type: 'element';
  readonly tagName: string;
  readonly properties: Record<string, unknown>;
  readonly children: readonly unknown[];
}

function hastOf(node: PageNode): HastElement | { readonly type: 'text'; readonly value: string } {
  if (typeof node === 'string') return { type: 'text', value: node.replace(unwritable, '') };
  const { name, classes, attributes, children } = node;
  const written = Object.entries(attributes).filter(([, value]) => typeof value === 'string' || typeof value === 'number' || Array.isArray(value));
  const properties = { ...Object.fromEntries(written), ...(classes.length > 0 && { className: [...classes] }) };
  return { type: 'element', tagName: name, properties, children: children.map(hastOf) };
}

/** Pieces of a page as XHTML, which HTML reads alike: every element is closed, every attribute has a value. Attributes without a value are left out. */
export function xhtmlOf(nodes: readonly PageNode[]): string {
  const root = { type: 'root', children: nodes.map(hastOf) } as unknown as Hast;
  return toHtml(root, { closeSelfClosing: true, closeEmptyElements: true });
}
