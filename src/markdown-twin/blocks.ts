import { cardOf, labOf, questionOf } from './components.ts';
import { escapeStart, escapeText, drawingText, fenced, inlineOf, isSilent } from './inline.ts';
import { attributeOf, childrenOf, findAll, findFirst, isA, plainLine, withoutOwnLink, type PageElement, type PageNode } from './tree.ts';

/** Elements that begin a new line; all others run on. */
const blockNames =
  'article aside blockquote details dd div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr lab-player legend li main nav noscript ol optgroup option p pre section summary table ul';
const isBlock = (node: PageNode): boolean => typeof node !== 'string' && blockNames.split(' ').includes(node.name);

/** Whether a block stands somewhere within: then what holds it is no line of text. */
const holdsBlock = (node: PageNode): boolean => typeof node !== 'string' && (isBlock(node) || node.children.some(holdsBlock));

/** Every line after the first moved to the right, so that it belongs to the list item before. */
const indented = (text: string, by: number): string => text.replace(/\n(?!\n|$)/g, `\n${' '.repeat(by)}`);

/** Every line as one of a quotation. */
const quoted = (text: string): string =>
  text
    .split('\n')
    .map((line) => (line === '' ? '>' : `> ${line}`))
    .join('\n');

/** Code as it stands; the number of a remark becomes a comment, which YAML and shells pass over. */
function codeText(node: PageNode): string {
  if (typeof node === 'string') return node;
  return isA(node, '.co') ? `  # ${plainLine(node)}` : node.children.map(codeText).join('');
}

/** Paragraphs, lists, tables and all other blocks of some pieces of a page. Pieces that run on between blocks become a paragraph. */
export function blocksOf(nodes: readonly PageNode[]): readonly string[] {
  const blocks: string[] = [];
  let run: PageNode[] = [];
  const close = (): void => {
    const line = inlineOf(run).trim();
    if (line !== '') blocks.push(escapeStart(line));
    run = [];
  };
  for (const node of nodes) {
    if (isSilent(node)) continue;
    if (typeof node === 'string' || !holdsBlock(node)) run.push(node);
    else {
      close();
      blocks.push(...(isBlock(node) ? blockOf(node) : linkedBlocks(node)));
    }
  }
  close();
  return blocks;
}

/** A link around blocks becomes a link in a line; anything else gives its blocks. */
function linkedBlocks(node: PageElement): readonly string[] {
  return node.name === 'a' ? [inlineOf([node]).trim()] : blocksOf(node.children);
}

function itemOf(item: PageElement, marker: string): string {
  const inside = blocksOf(item.children);
  // The sign that a paragraph needs at its start keeps it from being a list of its own within the item.
  const isTight = inside.length < 2 || inside.slice(1).every((block) => /^(?:[-*]|\d+\.) /.test(block));
  return `${marker} ${indented(inside.join(isTight ? '\n' : '\n\n'), marker.length + 1)}`;
}

function listOf(list: PageElement): readonly string[] {
  const first = Number(attributeOf(list, 'start') ?? '1');
  const items = childrenOf(list, 'li').filter((item) => !isSilent(item));
  const lines = items.map((item, index) => itemOf(item, list.name === 'ol' ? `${first + index}.` : '-')).filter((line) => line.trim().length > 2);
  return lines.length === 0 ? [] : [lines.join('\n')];
}

/** A list of names and what each means; the pairs may stand in a `div` each. */
function meaningsOf(list: PageElement): readonly string[] {
  const lines: string[] = [];
  for (const piece of findAll(list.children, 'dt', 'dd')) {
    const text = indented(blocksOf(piece.children).join('\n\n'), 2);
    if (text === '') continue;
    if (piece.name === 'dt') lines.push(`- ${/^[`*[]/.test(text) ? text : `**${text}**`}`);
    else if (lines.length > 0) lines.push(`${lines.pop() ?? ''}: ${text}`);
  }
  return lines.length === 0 ? [] : [lines.join('\n')];
}

function cellOf(cell: PageElement): string {
  return inlineOf(cell.children).trim().replaceAll('|', '\\|');
}

function tableOf(table: PageElement): readonly string[] {
  const rows = findAll(table.children, 'tr').map((row) => childrenOf(row, 'td', 'th'));
  const columns = Math.max(0, ...rows.map((row) => row.length));
  if (columns === 0) return [];
  const lineOf = (cells: readonly string[]): string => `| ${Array.from({ length: columns }, (_, index) => cells[index] ?? '').join(' | ')} |`;
  const [head = [], ...body] = rows;
  const hasHead = findFirst(table.children, 'thead') !== undefined || head.every((cell) => cell.name === 'th');
  const lines = [hasHead ? head.map(cellOf) : [], Array.from({ length: columns }, () => '---'), ...(hasHead ? body : rows).map((row) => row.map(cellOf))];
  const caption = inlineOf(findFirst(table.children, 'caption')?.children ?? []).trim();
  return [...(caption === '' ? [] : [`**${caption}**`]), lines.map(lineOf).join('\n')];
}

function figureOf(figure: PageElement): readonly string[] {
  const caption = findFirst(figure.children, 'figcaption');
  const drawing = findFirst(figure.children, 'svg');
  const said = inlineOf(caption?.children ?? []).trim();
  const drawn = drawing === undefined || isSilent(drawing) ? '' : drawingText(drawing);
  if (drawn !== '') return [quoted(`**Diagram:** ${escapeText(drawn)}${said === '' ? '' : ` ${said}`}`)];
  return [...(said === '' ? [] : [`*${said}*`]), ...blocksOf(figure.children.filter((child) => child !== caption))];
}

function detailsOf(details: PageElement): readonly string[] {
  const summary = findFirst(details.children, 'summary');
  const inside = blocksOf(details.children.filter((child) => child !== summary));
  return [...(summary === undefined || inside.length === 0 ? [] : [`**${inlineOf(summary.children).trim()}**`]), ...inside];
}

/** Short facts that the page sets apart by space. */
function factsOf(node: PageElement): string {
  return node.children
    .map((child) => inlineOf([child]).trim())
    .filter((fact) => fact !== '')
    .join(' · ');
}

function headingOf(heading: PageElement): readonly string[] {
  const text = inlineOf(withoutOwnLink(heading)).trim();
  return text === '' ? [] : [`${'#'.repeat(Number(heading.name.slice(1)))} ${text}`];
}

function blockOf(node: PageElement): readonly string[] {
  if (node.name === 'lab-player') return labOf(node, blocksOf);
  if (isA(node, '.quiz-item')) return questionOf(node, blocksOf);
  if (isA(node, '.card') && node.name === 'details') return cardOf(node, blocksOf);
  if (isA(node, '.cards'))
    return [
      childrenOf(node, '.card')
        .flatMap((card) => cardOf(card, blocksOf))
        .join('\n'),
    ];
  // Ways through the site, not a part of the text.
  if (isA(node, '.quiz-steps', '.column') || node.name === 'nav') return [];
  if (isA(node, '.said', '.note')) return [quoted(blocksOf(node.children).join('\n\n'))];
  if (/^h[1-6]$/.test(node.name)) return headingOf(node);
  if (isA(node, '.facts')) return [factsOf(node)].filter((line) => line !== '');
  switch (node.name) {
    case 'ul':
    case 'ol':
      return listOf(node);
    case 'dl':
      return meaningsOf(node);
    case 'table':
      return tableOf(node);
    case 'pre':
      return [fenced(codeText(node).replace(/^\n/, ''), attributeOf(node, 'dataLanguage'))];
    case 'figure':
      return figureOf(node);
    case 'details':
      return detailsOf(node);
    case 'blockquote':
      return [quoted(blocksOf(node.children).join('\n\n'))];
    case 'hr':
      return ['---'];
    default:
      return plainLine(node) === '' && findFirst(node.children, 'svg') === undefined ? [] : blocksOf(node.children);
  }
}
