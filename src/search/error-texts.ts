import type { LexiconEntry } from './lexicon.ts';
import { telling } from './names.ts';
import { pieces } from './words.ts';

/** An error text without the holes in which numbers and names of somebody's own stand. */
export const withoutHoles = (text: string): string => text.replace(/\{[^}]*\}/g, ' ');

/** The words of an error message that are the same each time it is printed. */
const fixedWords = (text: string): readonly string[] => pieces(withoutHoles(text));

/** The error messages that the site explains, and how telling their words are. */
export interface ErrorIndex {
  /** At the place of each entry of the lexicon: its words, where it is a message. */
  readonly patterns: readonly (readonly string[] | undefined)[];
  readonly weights: ReadonlyMap<string, number>;
}

/** One word alone is a message if nobody would say it otherwise: CreateContainerConfigError is, Unauthorized is not. */
const isMessage = (title: string): boolean => pieces(title).length > 1 || /\p{Ll}\p{Lu}/u.test(title);

/** Reads the messages out of the lexicon. */
export function indexErrors(entries: readonly LexiconEntry[]): ErrorIndex {
  const patterns = entries.map(({ kind, title }) => (kind === 'Error' && isMessage(title) ? fixedWords(title) : undefined));
  const counts = new Map<string, number>();
  for (const words of patterns) for (const word of new Set(words)) counts.set(word, (counts.get(word) ?? 0) + 1);
  const total = patterns.filter((words) => words !== undefined).length;
  return { patterns, weights: new Map([...counts].map(([word, count]) => [word, telling(word, count, total)])) };
}

/** The scheduler adds to each of its messages what preemption could not do; that is no message of its own then. */
export const withoutAppendix = (text: string): string => text.replace(/(\S.*?)\s+preemption: 0\/.*$/su, '$1');

/** The weight of the longest row of words that stand in both texts in the same order, with anything between them. */
function commonWeight(pattern: readonly string[], pasted: readonly string[], weightOf: (word: string) => number): number {
  let last: readonly number[] = Array.from({ length: pasted.length + 1 }, () => 0);
  for (const word of pattern) {
    const next = [0];
    for (let column = 1; column <= pasted.length; column += 1) {
      const taken = word === pasted[column - 1] ? (last[column - 1] ?? 0) + weightOf(word) : 0;
      next.push(Math.max(taken, last[column] ?? 0, next[column - 1] ?? 0));
    }
    last = next;
  }
  return last[pasted.length] ?? 0;
}

/** Whether the words stand in the text one right after the other. */
function standTogether(words: readonly string[], text: readonly string[]): boolean {
  return text.some((_, start) => words.every((word, at) => text[start + at] === word));
}

const patternWordsMin = 3;

/**
 * How surely a pasted text is each of the messages, at the places of the lexicon's entries: above 1 when all of a message's own words stand in it in
 * their order, the more the longer the message; less than 1 when some are missing. Messages of one or two words must stand there word by word.
 */
export function scoreErrors(query: string, { patterns, weights }: ErrorIndex): readonly number[] {
  const pasted = pieces(withoutAppendix(query));
  const weightOf = (word: string): number => weights.get(word) ?? 0;
  const sum = (words: readonly string[]): number => words.reduce((total, word) => total + weightOf(word), 0);
  const asked = pasted.reduce((total, word) => total + (weights.get(word) ?? 0.5), 0);
  return patterns.map((pattern) => {
    if (pattern === undefined || pasted.length < 2) return 0;
    const whole = sum(pattern);
    if (pattern.length < patternWordsMin) return standTogether(pattern, pasted) ? 1 + 0.04 * whole : 0;
    const common = commonWeight(pattern, pasted, weightOf);
    if (common >= whole - 1e-9) return 1 + 0.04 * whole;
    return (common / whole) ** 2 * (0.5 + 0.5 * Math.min(1, common / asked));
  });
}
