import type { FoundFragment, PagefindResult, SubResult } from './pagefind.ts';
import { standClose } from './together.ts';
import { fillers, isFormOf, pieces, stem, tellingWords } from './words.ts';

/** Whether a piece of a page is one of its headings: the one before the first has the address of the page itself. */
export const isHeading = (url: string, section: SubResult): boolean => section.url !== url && section.url.includes('#');

const isForm = (asked: string, found: string): boolean => isFormOf(asked, found) || stem(asked) === stem(found);

const typedShare = 3;
const sameShare = 2;

/** How much of a query a heading says: `typedShare` when it is the query, `sameShare` but for small words, else the part of the words that it holds. */
function titleShare(title: string, query: string): number {
  const own = pieces(title);
  if (own.join(' ') === pieces(query).join(' ')) return typedShare;
  const words = tellingWords(query);
  if (tellingWords(title).join(' ') === words.join(' ')) return sameShare;
  return words.filter((word) => own.some((other) => isForm(word, other))).length / Math.max(1, words.length);
}

const weightOf = ({ weighted_locations: places }: SubResult): number => places.reduce((sum, { balanced_score: score }) => sum + score, 0);

/**
 * The headings of a page below which the words were found, the best first: the one that was typed, then those that name more of the words, then those
 * below which they count most. In the order of the page a heading that was typed word for word would come after any that holds one of its words.
 */
export function bestSections({ url, sub_results: found }: Pick<FoundFragment, 'url' | 'sub_results'>, query: string): readonly SubResult[] {
  const rated = found
    .filter((section) => isHeading(url, section))
    .map((section) => ({ section, share: titleShare(section.title, query), weight: weightOf(section) }));
  return rated.sort((a, b) => b.share - a.share || b.weight - a.weight).map(({ section }) => section);
}

/** As much of a candidate as it takes to look for headings in it. */
interface Candidate {
  readonly kind: string;
  readonly found: { readonly asked: string; readonly result?: PagefindResult | undefined } | undefined;
  readonly isNamed: boolean;
}

/** Kinds with headings that are names of what stands below them; chapters first. */
const withSections: readonly string[] = ['Chapter', 'Lab', 'Page'];

/** So many pages are looked into: each is 1 kB, which is shown most often anyway. */
const lookedInto = 4;

/** Of the pages that were found, the best first, the few that may have the words in a heading: whether they stand side by side is known before a page is fetched. */
function withWordsSideBySide<Found extends Candidate>(candidates: readonly Found[], query: string): readonly Found[] {
  const width = pieces(query).length;
  // In a text resolv.conf stands in one place, though it is two words.
  const places = query.split(/\s+/).filter((word) => pieces(word).some((piece) => !fillers.has(piece))).length;
  const order = ({ kind }: Found): number => withSections.indexOf(kind);
  const standSideBySide = ({ found }: Found): boolean => {
    const { words = [] } = found?.result ?? {};
    return words.length > 0 && standClose(words, Math.min(Math.max(1, places), tellingWords(found?.asked ?? '').length), width);
  };
  return candidates
    .filter((candidate) => withSections.includes(candidate.kind) && standSideBySide(candidate))
    .sort((a, b) => order(a) - order(b))
    .slice(0, lookedInto);
}

/**
 * Puts pages first that have a heading which was typed as it stands. A page that names all words in a heading is about them: it comes before those that
 * only speak of them.
 */
export async function promoteSections<Found extends Candidate>(candidates: readonly Found[], query: string): Promise<readonly Found[]> {
  const shares = new Map<Found, number>();
  const look = async (candidate: Found): Promise<void> => {
    const page = await candidate.found?.result?.data();
    const [first] = page ? bestSections(page, query) : [];
    shares.set(candidate, first ? titleShare(first.title, query) : 0);
  };
  await Promise.all(withWordsSideBySide(candidates, query).map(look));
  const isAbout = (share: number): boolean => share >= 1 && share < typedShare;
  const inText = candidates.findIndex(({ isNamed }) => !isNamed);
  const typed = candidates.filter((candidate) => shares.get(candidate) === typedShare);
  const about = candidates.filter((candidate, at) => at > inText && isAbout(shares.get(candidate) ?? 0));
  const moved = new Set([...typed, ...about]);
  const others = (some: readonly Found[]): readonly Found[] => some.filter((candidate) => !moved.has(candidate));
  return inText < 0 ? [...typed, ...others(candidates)] : [...typed, ...others(candidates.slice(0, inText)), ...about, ...others(candidates.slice(inText))];
}
