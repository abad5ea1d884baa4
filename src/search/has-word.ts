import type { Pagefind } from './pagefind.ts';

/**
 * Whether the texts have a word, in this form or another. Pagefind answers one that it does not have with words that begin somewhat like it; asked for it
 * between quotation marks it answers with nothing.
 */
export const hasWord = async (word: string, pagefind: Pick<Pagefind, 'search'>): Promise<boolean> => (await pagefind.search(`"${word}"`)).results.length > 0;
