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

/** The answer to a query: hits load in steps, as each is a small file. */
export interface Answer {
  readonly total: number;
  readonly kinds: Readonly<Record<string, number>>;
  readonly load: (from: number, to: number) => Promise<readonly Hit[]>;
}

interface Fragment {
  readonly url: string;
  readonly excerpt: string;
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

/** Asks the index. `kind` narrows to one kind; the counts of all kinds stay. */
export async function ask(query: string, kind: string | undefined): Promise<Answer> {
  const engine = await start();
  const found = await engine.search(query, kind === undefined ? {} : { filters: { kind } });
  const kinds = Object.fromEntries(Object.entries(found.totalFilters.kind ?? {}).filter(([, count]) => count > 0));
  return {
    total: found.results.length,
    kinds,
    load: async (from, to) => (await Promise.all(found.results.slice(from, to).map((result) => result.data()))).map(toHit),
  };
}

/** The words that titles and headings of the site use; fetched when nothing was found. */
export async function knownTerms(): Promise<readonly string[]> {
  const answer = await fetch(`${base()}pagefind/terms.json`);
  return answer.ok ? ((await answer.json()) as readonly string[]) : [];
}
