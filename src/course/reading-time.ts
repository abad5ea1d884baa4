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

/** What takes time in a chapter besides reading. */
export interface Tasks {
  /** Labs that only show something, and those that ask for a repair. */
  readonly shows: number;
  readonly challenges: number;
  readonly questions: number;
}

/** A prediction, a run, one "why"; a repair with a wrong turn; a question with the reasons of its options. Our own estimates, in minutes. */
const minutesOf: Readonly<Record<keyof Tasks, number>> = { shows: 3, challenges: 6, questions: 0.75 };

/** Whole minutes for so many words and tasks, at least one. */
export function minutesFor(words: number, tasks: Tasks = { shows: 0, challenges: 0, questions: 0 }): number {
  const { shows, challenges, questions } = tasks;
  return Math.max(1, Math.round(words / wordsPerMinute + shows * minutesOf.shows + challenges * minutesOf.challenges + questions * minutesOf.questions));
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
