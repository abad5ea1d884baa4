import { attributeOf, findFirst, isA, plainLine, rawText, type PageElement, type PageNode } from './tree.ts';

/** Controls and signs that say nothing on paper, and what only some readers hear. */
const silent = ['script', 'style', 'link', 'template', 'input', 'select', 'textarea', 'output', '.crumbs', '.sec', '.copy', '.opencontents', '.co'];

/** Whether a piece of a page has nothing to say in a text. */
export function isSilent(node: PageNode): boolean {
  if (typeof node === 'string') return false;
  if (isA(node, ...silent)) return true;
  // A button whose name is a thing of the picture reads as that thing; other buttons do something.
  if (node.name === 'button') return !isA(node, '.why-of');
  return node.attributes.hidden !== undefined || (attributeOf(node, 'ariaHidden') === 'true' && !isA(node, '.prompt'));
}

/** A text in which nothing is taken for Markdown. */
export function escapeText(text: string): string {
  return text
    .replace(/[\\`*[\]<~]/g, '\\$&')
    .replace(/&(?=#?\w+;)/g, '\\&')
    .replace(/(?<!\w)_|_(?!\w)/g, '\\_');
}

/** What would begin a list, a heading, a quotation or a rule at the start of a line. */
export function escapeStart(line: string): string {
  return line.replace(/^(?=[-+#>=|:])/, '\\').replace(/^(\d{1,9})(?=[.)](?:\s|$))/, '$1\\');
}

/** A code span; its fence is longer than any run of backticks within. */
export function codeSpan(text: string): string {
  const inside = text.replace(/\s+/g, ' ').trim();
  if (inside === '') return '';
  const longest = Math.max(0, ...[...inside.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const pad = longest > 0 ? ' ' : '';
  return `${fence}${pad}${inside}${pad}${fence}`;
}

/** Signs around a text, with its outer spaces outside of them: `** a**` would be no emphasis. */
function around(sign: string, text: string): string {
  const [, before = '', inside = '', after = ''] = /^(\s*)([\s\S]*?)(\s*)$/.exec(text) ?? [];
  return inside === '' ? before + after : `${before}${sign}${inside}${sign}${after}`;
}

function linkOf(node: PageElement): string {
  // A name and what it means, both in one link: the name leads there, the rest is text.
  const pieces = node.children.filter((child) => !isSilent(child) && plainLine(child) !== '');
  if (pieces.length > 1 && pieces.every((piece) => typeof piece !== 'string')) {
    const [name = '', ...rest] = pieces;
    return `${linkOf({ ...node, children: [name] })} ${inlineOf(rest).trim()}`;
  }
  const text = inlineOf(node.children).trim();
  const to = attributeOf(node, 'href');
  return to === undefined || text === '' ? text : `[${text}](${/[\s()<>]/.test(to) ? `<${to}>` : to})`;
}

/** What a drawing says: its title and its description; nothing for a sign. */
export function drawingText(node: PageElement): string {
  const parts = [findFirst(node.children, 'title'), findFirst(node.children, 'desc')].map(plainLine).filter((part) => part !== '');
  return parts.length === 0 ? '' : parts.map((part) => part.replace(/[.\s]*$/, '.')).join(' ');
}

function elementInline(node: PageElement): string {
  if (isSilent(node)) return '';
  switch (node.name) {
    case 'a':
      return linkOf(node);
    case 'b':
    case 'strong':
      return around('**', inlineOf(node.children));
    case 'em':
    case 'i':
    case 'var':
      return around('*', inlineOf(node.children));
    case 'code':
    case 'kbd':
      return codeSpan(rawText(node));
    case 'q':
      return `“${inlineOf(node.children).trim()}”`;
    case 'br':
      return ' ';
    case 'svg':
      return escapeText(drawingText(node));
    default:
      return inlineOf(node.children);
  }
}

/** Elements that the page's style sets apart where the text has no space: a name and its remark in a list. */
const apart = ['span', 'small', 'b', 'dt', 'dd', 'p', 'div', 'li', 'button', 'td', 'th'];

/** One line of Markdown for texts and inline elements; spaces as a browser shows them. */
export function inlineOf(nodes: readonly PageNode[]): string {
  let line = '';
  nodes.forEach((node, index) => {
    const piece = typeof node === 'string' ? escapeText(node.replace(/\s+/g, ' ')) : elementInline(node);
    const before = nodes[index - 1];
    const needsSpace = isA(node, ...apart) && typeof before !== 'string' && line !== '' && piece !== '' && !/[\s(“]$/.test(line) && !/^[\s.,;:)]/.test(piece);
    const besideLink = isA(node, 'a') && isA(before, 'a') && line !== '' && piece !== '';
    line += (besideLink ? ' · ' : needsSpace ? ' ' : '') + piece;
  });
  return line.replace(/ {2,}/g, ' ');
}

/** A block of code; its fence is longer than any run of backticks within. */
export function fenced(text: string, language = ''): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${text.replace(/\n+$/, '')}\n${fence}`;
}
