import type { Pagefind } from './pagefind.ts';
import { isTrueHit } from './relevance.ts';
import { tellingWords } from './words.ts';

/**
 * What is known of the words of one query: Pagefind finds a word that it does not have by ever shorter beginnings, and does so in all pages alike. So a
 * word that was seen in the text of one page is true for all, and one that stands for others in one page does so in all.
 */
export interface Proof {
  readonly hasRefuted: (asked: string) => boolean;
  readonly refute: (word: string) => void;
  /** The words of what was asked for that no page has shown yet; those that are found count for other pages from now on. */
  readonly missing: (asked: string, found: readonly string[]) => readonly string[];
  /** Where a page has a word alone, by the name of its fragment. */
  readonly placesIn: (id: string, word: string) => Promise<readonly number[]>;
}

/** Begins a proof for one query. Words are looked up in pieces of the index that are there already. */
export function proofWith(pagefind: Pagefind): Proof {
  const proven = new Set<string>();
  const refuted = new Set<string>();
  return {
    hasRefuted: (asked) => tellingWords(asked).some((word) => refuted.has(word)),
    refute: (word) => {
      refuted.add(word);
    },
    missing: (asked, found) => {
      const words = tellingWords(asked);
      for (const word of words) if (!proven.has(word) && isTrueHit(word, found)) proven.add(word);
      return words.filter((word) => !proven.has(word));
    },
    placesIn: async (id, word) => (await pagefind.search(word)).results.find((result) => result.id === id)?.words ?? [],
  };
}
