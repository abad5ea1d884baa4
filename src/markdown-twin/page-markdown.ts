import { blocksOf } from './blocks.ts';
import { escapeText } from './inline.ts';
import { attributeOf, findAll, findFirst, plainLine, readTree } from './tree.ts';

/** A page as Markdown, and what a list of pages says about it. */
export interface PageMarkdown {
  readonly title: string;
  readonly description: string;
  /** Kept out of search engines: a tool, no text. It gets no twin. */
  readonly isHidden: boolean;
  readonly markdown: string;
}

/** The text of a built page: its heading, what it is about, its address, then all that stands in `main`. Labs are their words and tables, drawings their descriptions. */
export function pageMarkdown(html: string, address: string): PageMarkdown {
  const tree = readTree(html);
  const main = findFirst(tree, 'main');
  const heading = findFirst(main?.children ?? [], 'h1');
  const title = plainLine(heading);
  const metas = findAll(tree, 'meta');
  const metaOf = (name: string): string =>
    attributeOf(
      metas.find((meta) => meta.attributes.name === name),
      'content',
    ) ?? '';
  const description = metaOf('description');
  const [first, ...rest] = blocksOf(main?.children ?? []).filter((block) => block !== '');
  const said = `> ${escapeText(description)}\n>\n> Page: ${address.includes('://') ? `<${address}>` : address}`;
  // The heading comes first on most pages; on those where something stands before it, it still leads.
  const isLed = first?.startsWith('# ') === true;
  const blocks = isLed
    ? [first, said, ...rest]
    : [`# ${escapeText(title)}`, said, ...(first === undefined ? [] : [first]), ...rest.filter((block) => !block.startsWith('# '))];
  return { title, description, isHidden: metaOf('robots').includes('noindex'), markdown: `${blocks.join('\n\n')}\n` };
}
