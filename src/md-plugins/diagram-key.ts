import { createHash } from 'node:crypto';

/** Which renderer drew the committed pictures. Another text here makes every diagram stale, so that `npm run diagrams` draws all of them again. */
const RENDERER = 'mermaid-12.3.0/3';

/** The file name, without ending, of the picture of a mermaid text in src/diagrams/. Blank space around the text does not count. */
export function diagramKey(source: string): string {
  return createHash('sha256').update(`${RENDERER}\n${source.trim()}\n`).digest('hex').slice(0, 16);
}

/** The texts of all mermaid fences of a chapter, in order. A fence starts at the beginning of a line. */
export function mermaidFences(mdx: string): string[] {
  return [...mdx.matchAll(/^```mermaid[^\n]*\n([\s\S]*?)^```[ \t]*$/gm)].map((match) => match[1] ?? '');
}

/** The title for readers who do not see the picture (`accTitle:`); undefined when the author forgot it. */
export function diagramTitle(source: string): string | undefined {
  return /^[ \t]*accTitle[ \t]*:[ \t]*(\S.*?)[ \t]*$/m.exec(source)?.[1];
}

/** The longer description (`accDescr:`); undefined when missing. */
export function diagramDescription(source: string): string | undefined {
  return /^[ \t]*accDescr[ \t]*:[ \t]*(\S.*?)[ \t]*$/m.exec(source)?.[1];
}
