/** A run of words that stands in two texts. `line` counts from 1 in the first text. */
export interface Run {
  readonly line: number;
  readonly words: string;
}

interface Word {
  readonly word: string;
  readonly line: number;
}

// A name such as ent.default.svc.cluster.local or --dry-run is one word; marks around words are none.
const WORD = /[\p{L}\p{N}]+(?:[._\-/:'’][\p{L}\p{N}]+)*/gu;

function wordsOf(text: string): Word[] {
  return text.split('\n').flatMap((line, index) => [...line.toLowerCase().matchAll(WORD)].map((match) => ({ word: match[0], line: index + 1 })));
}

const join = (words: readonly Word[]): string => words.map((entry) => entry.word).join(' ');

/** Makes a finder of sequences of `wordsMin` or more equal words that a text shares with `sources`. Case, marks and line ends do not count. */
export function overlapFinder(sources: readonly string[], wordsMin: number): (text: string) => Run[] {
  const known = new Set<string>();
  for (const source of sources) {
    const words = wordsOf(source);
    for (let start = 0; start + wordsMin <= words.length; start++) known.add(join(words.slice(start, start + wordsMin)));
  }
  return (text) => {
    const words = wordsOf(text);
    const runs: Run[] = [];
    let start = 0;
    while (start + wordsMin <= words.length) {
      let end = start;
      while (end + wordsMin <= words.length && known.has(join(words.slice(end, end + wordsMin)))) end++;
      if (end > start) runs.push({ line: words[start]?.line ?? 1, words: join(words.slice(start, end + wordsMin - 1)) });
      start = Math.max(end, start + 1);
    }
    return runs;
  };
}
