import { escapeText } from './inline.ts';

/** A line of the list: a page and where its Markdown is. */
export interface ListedPage {
  readonly path: string;
  readonly title: string;
  readonly description: string;
  /** Address of the Markdown twin. */
  readonly twin: string;
}

interface Group {
  readonly title: string;
  readonly holds: (path: string) => boolean;
  /** Titles only: hundreds of entries, each a page that its list describes. */
  readonly isBrief?: boolean;
}

const below = (folder: string) => (path: string) => path.startsWith(`${folder}/`) && path !== `${folder}/`;

/** The name `Optional` is part of the format: what a reader with little room may leave out. */
const groupsAfterChapters: readonly Group[] = [
  { title: 'Labs', holds: (path) => path.startsWith('labs/') },
  { title: 'Parts of the course', holds: below('parts') },
  { title: 'Often said, and what is true', holds: (path) => path.startsWith('often-said/') },
  { title: 'Error messages', holds: below('errors') },
  { title: 'More', holds: (path) => /^[^/]*\/?$/.test(path) },
  { title: 'Optional', holds: () => true, isBrief: true },
];

/** The file llms.txt (llmstxt.org): the course in a sentence, then every page with its Markdown, chapters first and in reading order. Each page stands once. */
export function llmsText(pages: readonly ListedPage[], chapterSlugs: readonly string[]): string {
  const home = pages.find(({ path }) => path === '');
  const order = new Map(chapterSlugs.map((slug, index) => [`${slug}/`, index]));
  const chapters = pages.filter(({ path }) => order.has(path)).sort((a, b) => (order.get(a.path) ?? 0) - (order.get(b.path) ?? 0));
  const lineOf = ({ title, description, twin }: ListedPage, isBrief = false): string =>
    `- [${escapeText(title)}](${twin})${isBrief || description === '' ? '' : `: ${description}`}`;
  const blocks = [`# Kubestep`, `> ${home?.description ?? ''}`];
  blocks.push('Every page of the course has a Markdown twin: its address with `index.md` at the end. Labs are told as words and tables there.');
  const add = (title: string, lines: readonly string[]): void => {
    if (lines.length > 0) blocks.push(`## ${title}`, lines.join('\n'));
  };
  add(
    'Chapters',
    chapters.map((page) => lineOf(page)),
  );
  let left = pages.filter((page) => !chapters.includes(page));
  for (const { title, holds, isBrief = false } of groupsAfterChapters) {
    add(
      title,
      left.filter(({ path }) => holds(path)).map((page) => lineOf(page, isBrief)),
    );
    left = left.filter(({ path }) => !holds(path));
  }
  return `${blocks.join('\n\n')}\n`;
}
