import type { Reference } from './reference.ts';

/** A list of the reference, as navigation names it. */
export interface ReferenceList {
  readonly id: 'glossary' | 'commands' | 'errors' | 'often-said';
  readonly label: string;
  readonly path: `/${string}`;
}

/** The lists that have entries, in the order of the navigation. One without entries is not linked. */
export function filledLists({ terms, commands, errors, beliefs }: Pick<Reference, 'terms' | 'commands' | 'errors' | 'beliefs'>): readonly ReferenceList[] {
  const lists: readonly (ReferenceList & { readonly count: number })[] = [
    { id: 'glossary', label: 'Glossary', path: '/glossary/', count: terms.length },
    { id: 'commands', label: 'Commands', path: '/commands/', count: commands.length },
    { id: 'errors', label: 'Error messages', path: '/errors/', count: errors.length },
    { id: 'often-said', label: 'Often said', path: '/often-said/', count: beliefs.length },
  ];
  return lists.filter(({ count }) => count > 0);
}
