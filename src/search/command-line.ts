import type { LexiconEntry } from './lexicon.ts';
import { pieces, stem } from './words.ts';

/** Commands of one word are words that other things are called by too: `dig`, `curl`. */
const nameMin = 2;
const lineScore = 1.02;
/** Each word more that the line has of the name makes it that command rather than one with a shorter name. */
const wordScore = 0.02;

/** Whether a line begins with the first two words of a name and has the others behind them, in their order, with anything between them. */
function isLineOf(line: readonly string[], name: readonly string[]): boolean {
  let at = -1;
  return name.every((word, number) => {
    const next = line.indexOf(word, at + 1);
    const isThere = number < nameMin ? line[number] === word : next > 0;
    at = number < nameMin ? number : next;
    return isThere;
  });
}

const shortMax = 6;

/** Short names of kinds, as kubectl takes them (`ns`, `svc`), with the stems of what they stand for: they are other names of terms. */
function shortNames(entries: readonly LexiconEntry[]): ReadonlyMap<string, string> {
  const terms = entries.filter(({ kind, title }) => kind === 'Term' && pieces(title).length === 1);
  return new Map(
    terms.flatMap(({ title, also }) =>
      also.filter((name) => name.length <= shortMax && pieces(name).length === 1).map((name) => [name, stem(title.toLowerCase())] as const),
    ),
  );
}

/**
 * How surely each entry is the command that a query is a line of, in the order of the entries: `kubectl get pods -n shop` is one of `kubectl get`, and
 * `kubectl delete pod web --force` rather of `kubectl delete pod --force`. The words behind the name are the reader's own.
 */
export function scoreCommandLine(query: string, entries: readonly LexiconEntry[]): readonly number[] {
  const shorts = shortNames(entries);
  const line = pieces(query).map((word) => shorts.get(word) ?? stem(word));
  if (line.length <= nameMin) return [];
  return entries.map(({ kind, title }) => {
    const name = kind === 'Command' ? pieces(title).map(stem) : [];
    const isLine = isLineOf(line, name) || (name.length > nameMin && isLineOf(line, name.slice(1)));
    return name.length >= nameMin && isLine ? lineScore + wordScore * name.length : 0;
  });
}
