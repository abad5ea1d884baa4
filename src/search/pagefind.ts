/** What Pagefind keeps of one page or record. */
export interface Fragment {
  readonly url: string;
  readonly content: string;
  readonly meta: Readonly<Record<string, string | undefined>>;
  readonly filters: Readonly<Record<string, readonly string[] | undefined>>;
  readonly anchors?: readonly Anchor[];
  /** Of a long page: how many words its text has, which lies apart then, in files of its own; `content` is empty. */
  readonly wordsApart?: number;
}

/** A heading, and the place of its first word in the text. */
export interface Anchor {
  readonly element: string;
  readonly location: number;
}

/** A word that was found: its place in the text, and how telling it is there. */
export interface WeightedPlace {
  readonly location: number;
  readonly balanced_score: number;
}

/** What was found below one heading; the one before the first heading has no anchor. */
export interface SubResult {
  readonly title: string;
  readonly url: string;
  readonly excerpt: string;
  readonly anchor?: Anchor;
  readonly weighted_locations: readonly WeightedPlace[];
}

/** The same with what a query found in it. */
export interface FoundFragment extends Fragment {
  readonly excerpt: string;
  readonly weighted_locations: readonly WeightedPlace[];
  readonly sub_results: readonly SubResult[];
}

/** A result before it is fetched. `id` is the name of its fragment. */
export interface PagefindResult {
  readonly id: string;
  readonly score: number;
  /** Places in its text where the words stand. */
  readonly words: readonly number[];
  readonly data: () => Promise<FoundFragment>;
}

/** As much of Pagefind 1.5 as the search uses. */
export interface Pagefind {
  readonly options: (options: object) => Promise<void>;
  readonly search: (query: string) => Promise<{ readonly results: readonly PagefindResult[] }>;
}

/** So many words of a text are shown with a hit. */
export const excerptWords = 18;

/**
 * How Pagefind weighs: a word in a title counts much, a long page is not punished as hard as by default. Its worker is a second copy of its code, 13 kB,
 * for searches that take some milliseconds.
 */
export const pagefindOptions = {
  noWorker: true,
  excerptLength: excerptWords,
  ranking: { metaWeights: { title: 8 }, pageLength: 0.5, termFrequency: 0.8 },
} as const;

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

/** The text that `readFragment` reads, unpacked: what the indexer writes. */
export const packFragment = (fragment: Fragment): string => signature + JSON.stringify(fragment);

/** Reads one of the texts of a long page. */
export const readText = async (file: Blob): Promise<string> => (await unpack(file)).text();

/** What `readText` reads, unpacked. */
export const packText = (text: string): string => signature + text;

/** Where a text of a long page lies, below the folder of the index. */
export const textFile = (id: string, number: number): string => `text/${id}-${String(number)}.pf_text`;

/**
 * The names of all pages' fragments, in Pagefind's order, from the file that it fetches first itself (`*.pf_meta`). It is CBOR, in which the pages come first
 * and each begins with its name; asked for all pages, Pagefind would fetch the whole index. The indexer checks that these are the names.
 */
export async function readFragmentIds(meta: Blob, count: number): Promise<readonly string[]> {
  const text = new TextDecoder('latin1').decode(await (await unpack(meta)).arrayBuffer());
  return [...text.matchAll(/en_[0-9a-f]{7}/g)].slice(0, count).map(([id]) => id);
}
