import type { Answer, Hit } from './answer.ts';
import { pieces } from './words.ts';

/** As much of what was found as it takes to show it in steps. */
interface Candidate {
  readonly kind: string;
  readonly isNamed: boolean;
}

/** What was found for a query, the best first, and how it is loaded: `undefined` is no hit after all. */
export interface Finds<Found extends Candidate> {
  readonly query: string;
  readonly readAs: string | undefined;
  readonly found: readonly Found[];
  readonly load: (candidate: Found) => Promise<Hit | undefined>;
}

/** The answers to one query: that with all kinds, and one for each. They count the same, whichever is shown. */
export type Answers = (kind: string | undefined) => Answer;

/** So many are loaded at once, so that one whose very title was typed comes first. */
const startLoads = 8;
/** Pagefind answers letters that no word has with every word that begins somewhat like them: after so many of these in a row the rest is no better. */
const falseHitsMax = 8;

/** Whether two texts are the same words. */
export const sameName = (a: string, b: string): boolean => pieces(a).join(' ') === pieces(b).join(' ');

/** What is known of the candidates of a query so far, whoever asked: one that was loaded for one list is not asked for again, nor counted in another. */
interface Known<Found extends Candidate> extends Finds<Found> {
  readonly dropped: Set<Found>;
}

interface Hits {
  /** Makes sure that so many are there, if there are so many. */
  readonly fill: (count: number) => Promise<void>;
  readonly next: (count: number) => Promise<readonly Hit[]>;
}

function hitsOf<Found extends Candidate>(listed: readonly Found[], { query, load, dropped }: Known<Found>): Hits {
  let candidates = listed;
  let at = 0;
  let isBegun = false;
  let falseHits = 0;
  const waiting: Hit[] = [];
  const drop = (candidate: Found): void => {
    dropped.add(candidate);
  };
  const fill = async (count: number): Promise<void> => {
    while (waiting.length < count && at < candidates.length) {
      const isStart = !isBegun;
      isBegun = true;
      const batch = candidates.slice(at, at + Math.max(count - waiting.length, isStart ? startLoads : 0));
      at += batch.length;
      const hits = await Promise.all(batch.map(load));
      for (const [index, candidate] of batch.entries()) {
        falseHits = hits[index] === undefined ? falseHits + 1 : 0;
        if (hits[index] === undefined) drop(candidate);
      }
      if (falseHits >= falseHitsMax) {
        const rest = candidates.slice(at);
        rest.filter(({ isNamed }) => !isNamed).forEach(drop);
        candidates = rest.filter(({ isNamed }) => isNamed);
        at = 0;
      }
      const isExact = (hit: Hit): boolean => isStart && sameName(hit.title, query);
      const real = hits.filter((hit) => hit !== undefined);
      waiting.push(...real.filter(isExact), ...real.filter((hit) => !isExact(hit)));
    }
  };
  const next = async (count: number): Promise<readonly Hit[]> => {
    await fill(count);
    return waiting.splice(0, count);
  };
  return { fill, next };
}

/** Answers from what was found. */
export function answersFrom<Found extends Candidate>(finds: Finds<Found>): Answers {
  const { found, readAs } = finds;
  const loaded = new Map<Found, Promise<Hit | undefined>>();
  const load = (candidate: Found): Promise<Hit | undefined> => {
    const hit = loaded.get(candidate) ?? finds.load(candidate);
    loaded.set(candidate, hit);
    return hit;
  };
  const known: Known<Found> = { ...finds, load, dropped: new Set() };
  const left = (candidates: readonly Found[]): readonly Found[] => candidates.filter((candidate) => !known.dropped.has(candidate));
  const kinds = (): Readonly<Record<string, number>> => {
    const counts: Record<string, number> = {};
    for (const { kind } of left(found)) counts[kind] = (counts[kind] ?? 0) + 1;
    return counts;
  };
  return (kind) => {
    const listed = kind === undefined ? found : found.filter((candidate) => candidate.kind === kind);
    const own = hitsOf(left(listed), known);
    // What stands among all kinds and turns out to be no hit is counted in none.
    const all = kind === undefined ? undefined : hitsOf(left(found), known);
    const next = async (count: number): Promise<readonly Hit[]> => {
      await all?.fill(count);
      return own.next(count);
    };
    return { readAs, total: () => left(listed).length, kinds, next };
  };
}
