/** Adults read plain prose at about 240 words a minute (Brysbaert 2019); technical text with code slower. */
const wordsPerMinute = 200;

/** Words of an MDX text that are read: prose, tables and code; not tags, attributes, comments and diagram sources. */
export function countWords(mdx: string): number {
  const read = mdx
    .replace(/^```mermaid[\s\S]*?^```/gm, ' ')
    .replace(/\{\/\*[\s\S]*?\*\/\}/g, ' ')
    .replace(/<\/?[A-Za-z][^>]*>/g, ' ');
  return read.match(/[\p{L}\p{N}][\p{L}\p{N}'’._:/-]*/gu)?.length ?? 0;
}

/** Whole minutes for so many words, at least one. */
export function minutesFor(words: number): number {
  return Math.max(1, Math.round(words / wordsPerMinute));
}

/** The text before the first `## ` heading and then each section with its heading line, in order. Fenced code is not searched for headings. */
export function splitSections(mdx: string): readonly string[] {
  const sections: string[] = [];
  let section = '';
  let fenced = false;
  for (const line of mdx.split('\n')) {
    if (/^\s*(```|~~~)/.test(line)) fenced = !fenced;
    if (!fenced && line.startsWith('## ')) {
      sections.push(section);
      section = '';
    }
    section += `${line}\n`;
  }
  return [...sections, section];
}
