import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { markdownToHtml } from 'satteri';

/** One statement about a part of the engine: what it is about ("Not modelled"), and the text as HTML. */
interface EngineStatement {
  readonly label: string;
  readonly html: string;
}

/** A part of the engine as its README describes it, and what is and is not modelled of it. */
export interface EngineSection {
  readonly title: string;
  readonly statements: readonly EngineStatement[];
}

/** A line of the table of parts: what it models, and what it was compared with. */
export interface EnginePart {
  readonly models: string;
  readonly checkedBy: string;
}

// A paragraph that begins with one of these is for readers; the others tell programmers how the code is laid out.
const statement = /^((?:Modelled|Not modelled|Decided|By seed|By name)(?:[^:.]|\.(?=\d))*):\s*/;

const htmlOf = (markdown: string): string => markdownToHtml(markdown, {}).html.trim();

/** The cells of a row of a Markdown table. */
const cellsOf = (line: string): readonly string[] =>
  line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());

function statementsIn(section: string): readonly EngineStatement[] {
  const blocks = section.split(/\n{2,}/).slice(1);
  return blocks.flatMap((block, index): readonly EngineStatement[] => {
    const found = statement.exec(block);
    if (!found) return [];
    // A label alone is about the list after it.
    const text = block.slice(found[0].length) || (blocks[index + 1] ?? '');
    return [{ label: found[1] ?? '', html: htmlOf(text) }];
  });
}

/** Reads labs/engine/README.md: the table of parts, and of each section what is and is not modelled. Throws when there is neither, for then the page would claim nothing. */
export function readEngine(markdown: string): { readonly parts: readonly EnginePart[]; readonly sections: readonly EngineSection[] } {
  const [introduction = '', ...rest] = markdown.trim().split(/\n(?=## )/);
  const rows = introduction.split('\n').filter((line) => line.startsWith('|'));
  const parts = rows.slice(2).map((line) => {
    const [, models = '', checkedBy = ''] = cellsOf(line);
    return { models, checkedBy };
  });
  const sections = rest
    .map((section) => ({ title: section.slice(3, section.indexOf('\n')).trim(), statements: statementsIn(section) }))
    .filter(({ statements }) => statements.length > 0);
  if (parts.length === 0 || sections.length === 0)
    throw new Error('labs/engine/README.md: expected a table of parts, and sections with paragraphs that begin with "Modelled:" or "Not modelled:"');
  return { parts, sections };
}

/** What labs/engine/README.md says of the engine. */
export const engine = readEngine(readFileSync(join(process.cwd(), 'labs/engine/README.md'), 'utf8'));
