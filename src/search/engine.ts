import { isTrueHit } from './relevance.ts';

/** One heading of a page that matches. `excerpt` is text with <mark> around what was found. */
export interface SectionHit {
  readonly title: string;
  readonly url: string;
  readonly excerpt: string;
}

/** One page, lab or scenario that matches, with the headings below which the words stand. */
export interface Hit {
  readonly kind: string;
  readonly title: string;
  readonly url: string;
  /** Where it belongs: the part of the course, the lab, the minutes. */
  readonly place: string;
  readonly summary: string;
  readonly excerpt: string;
  readonly sections: readonly SectionHit[];
}

/** The answer to a query. Hits load in steps, as each is a small file; only then can a false one be told, so the counts may sink while loading. */
export interface Answer {
  readonly total: () => number;
  readonly kinds: () => Readonly<Record<string, number>>;
  /** The next hits, at most so many; fewer only at the end. */
  readonly next: (count: number) => Promise<readonly Hit[]>;
}

interface Fragment {
  readonly url: string;
  readonly excerpt: string;
  readonly content: string;
  readonly weighted_locations: readonly { readonly location: number }[];
  readonly meta: Readonly<Record<string, string | undefined>>;
  readonly filters: Readonly<Record<string, readonly string[] | undefined>>;
  readonly sub_results: readonly { readonly title: string; readonly url: string; readonly excerpt: string }[];
}

interface Pagefind {
  readonly options: (options: object) => Promise<void>;
  readonly filters: () => Promise<unknown>;
  readonly search: (
    query: string,
    options: { readonly filters?: Readonly<Record<string, string>> },
  ) => Promise<{
    readonly results: readonly { readonly data: () => Promise<Fragment> }[];
    readonly unfilteredResultCount: number;
    readonly totalFilters: Readonly<Record<string, Readonly<Record<string, number>> | undefined>>;
  }>;
}

const base = (): string => document.documentElement.dataset.base ?? '/';

let pagefind: Promise<Pagefind> | undefined;

/** Fetches the search itself, once. Rejects where there is no index (development) or no connection; the next call tries again. */
async function start(): Promise<Pagefind> {
  pagefind ??= (async () => {
    const module = (await import(/* @vite-ignore */ `${base()}pagefind/pagefind.js`)) as Pagefind;
    await module.options({ excerptLength: 18, ranking: { metaWeights: { title: 8 }, pageLength: 0.5, termFrequency: 0.8 } });
    // Counts by kind come only once the list of kinds is there: 0.1 kB.
    await module.filters();
    return module;
  })();
  pagefind.catch(() => {
    pagefind = undefined;
  });
  return pagefind;
}

function toHit({ url, excerpt, meta, filters, sub_results: sections }: Fragment): Hit {
  return {
    kind: filters.kind?.[0] ?? 'Page',
    title: meta.title ?? url,
    url,
    place: meta.place ?? '',
    summary: meta.summary ?? '',
    excerpt,
    // The piece before the first heading has the address of the page itself: it is the page's own line.
    sections: sections.filter((section) => section.url !== url && section.url.includes('#')).slice(0, 3),
  };
}

/** The words of a page that made it a hit, and those of its title. */
function foundBy({ content, weighted_locations: places, meta }: Fragment): readonly string[] {
  const words = content.split(/\s+/);
  return [meta.title ?? '', ...places.flatMap(({ location }) => words[location] ?? [])];
}

/** Asks the index. `kind` narrows to one kind; the counts of all kinds stay. */
export async function ask(query: string, kind: string | undefined): Promise<Answer> {
  const engine = await start();
  const found = await engine.search(query, kind === undefined ? {} : { filters: { kind } });
  const counts = new Map(Object.entries(found.totalFilters.kind ?? {}));
  let total = found.results.length;
  let at = 0;
  const drop = ({ kind: falseKind }: Hit): void => {
    total -= 1;
    counts.set(falseKind, (counts.get(falseKind) ?? 1) - 1);
  };
  const next = async (count: number): Promise<readonly Hit[]> => {
    const hits: Hit[] = [];
    while (hits.length < count && at < found.results.length) {
      const batch = found.results.slice(at, at + count - hits.length);
      at += batch.length;
      for (const fragment of await Promise.all(batch.map((result) => result.data()))) {
        const hit = toHit(fragment);
        if (isTrueHit(query, foundBy(fragment))) hits.push(hit);
        else drop(hit);
      }
    }
    return hits;
  };
  return { total: () => total, kinds: () => Object.fromEntries([...counts].filter(([, count]) => count > 0)), next };
}

/** The words that titles and headings of the site use; fetched when nothing was found. */
export async function knownTerms(): Promise<readonly string[]> {
  const answer = await fetch(`${base()}pagefind/terms.json`);
  return answer.ok ? ((await answer.json()) as readonly string[]) : [];
}
