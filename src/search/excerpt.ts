import { escaped } from './marked.ts';
import { excerptWords, type WeightedPlace } from './pagefind.ts';

/** Words from one place of a text to another, which is no longer part of it. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** The stretch of a text, as long as an excerpt, that holds most of what was found between two places, with as much text before it as behind it. */
export function windowOf(places: readonly WeightedPlace[], { from, to }: Range): Range {
  const within = places.filter(({ location }) => location >= from && location < to).sort((a, b) => a.location - b.location);
  let best = { weight: 0, first: from, last: from };
  for (const { location: first } of within) {
    const held = within.filter(({ location }) => location >= first && location < first + excerptWords);
    const weight = held.reduce((sum, { balanced_score: score }) => sum + score, 0);
    if (weight > best.weight) best = { weight, first, last: held.at(-1)?.location ?? first };
  }
  const before = Math.floor((excerptWords - (best.last - best.first + 1)) / 2);
  const start = Math.max(from, Math.min(best.first - before, to - excerptWords));
  return { from: start, to: Math.min(to, start + excerptWords) };
}

/** The words of a stretch as HTML, with marks around those that were found. */
export function excerptIn({ from, to }: Range, words: ReadonlyMap<number, string>, found: ReadonlySet<number>): string {
  const shown: string[] = [];
  for (let at = from; at < to; at += 1) {
    const word = escaped(words.get(at) ?? '');
    shown.push(found.has(at) ? `<mark>${word}</mark>` : word);
  }
  return shown.join(' ').trim();
}
