/** What Pagefind keeps of one page or record. */
export interface Fragment {
  readonly url: string;
  readonly content: string;
  readonly meta: Readonly<Record<string, string | undefined>>;
  readonly filters: Readonly<Record<string, readonly string[] | undefined>>;
}

/** The same with what a query found in it. */
export interface FoundFragment extends Fragment {
  readonly excerpt: string;
  readonly weighted_locations: readonly { readonly location: number }[];
  readonly sub_results: readonly { readonly title: string; readonly url: string; readonly excerpt: string }[];
}

/** A result before it is fetched. `id` is the name of its fragment. */
export interface PagefindResult {
  readonly id: string;
  readonly score: number;
  readonly data: () => Promise<FoundFragment>;
}

/** As much of Pagefind 1.5 as the search uses. */
export interface Pagefind {
  readonly options: (options: object) => Promise<void>;
  readonly search: (query: string) => Promise<{ readonly results: readonly PagefindResult[] }>;
}

/**
 * How Pagefind weighs: a word in a title counts much, a long page is not punished as hard as by default. Its worker is a second copy of its code, 13 kB,
 * for searches that take some milliseconds.
 */
export const pagefindOptions = { noWorker: true, excerptLength: 18, ranking: { metaWeights: { title: 8 }, pageLength: 0.5, termFrequency: 0.8 } } as const;

const signature = 'pagefind_dcd';

async function unpack(file: Blob): Promise<Blob> {
  // A server may have unpacked it already.
  const start = new Uint8Array(await file.slice(0, 2).arrayBuffer());
  const isPacked = start[0] === 0x1f && start[1] === 0x8b;
  const unpacked = isPacked ? await new Response(file.stream().pipeThrough(new DecompressionStream('gzip'))).blob() : file;
  if ((await unpacked.slice(0, signature.length).text()) !== signature) throw new Error('search: this is no file of Pagefind');
  return unpacked.slice(signature.length);
}

/** Reads the file of one page: gzip, a signature, JSON. The indexer reads all of them, so a build fails when a new Pagefind writes another form. */
export async function readFragment(file: Blob): Promise<Fragment> {
  return JSON.parse(await (await unpack(file)).text()) as Fragment;
}

/**
 * The names of all pages' fragments, sorted, from the file that Pagefind itself fetches first (`*.pf_meta`). It is CBOR, in which the pages come first and
 * each begins with its name; asked for all pages, Pagefind would fetch the whole index. The indexer checks that these are the names.
 */
export async function readFragmentIds(meta: Blob, count: number): Promise<readonly string[]> {
  const text = new TextDecoder('latin1').decode(await (await unpack(meta)).arrayBuffer());
  return [...text.matchAll(/en_[0-9a-f]{7}/g)]
    .slice(0, count)
    .map(([id]) => id)
    .sort();
}
