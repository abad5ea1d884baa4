import { distance } from '../../search/nearest.ts';

const wordsMax = 8;
const lettersMax = 80;

/** An address as a reader typed it; one that was cut in the middle of a sign stays as it is. */
function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** The words of an address below the base of the site, as a query: `/course/pod-netwrok/index.html` asks for "pod netwrok". Numbers that only order folders are left out. */
export function wordsOf(path: string, base: string): string {
  const own = path.startsWith(base) ? path.slice(base.length) : path;
  const words = decoded(own)
    .replace(/\.(?:html?|mdx?|php|aspx?)$/i, '')
    .split(/[^\p{L}\p{N}.]+/u)
    .filter((word) => /\p{L}/u.test(word) && !/^index$/i.test(word));
  return words.slice(0, wordsMax).join(' ').slice(0, lettersMax);
}

const slugOf = (path: string): string =>
  decoded(path)
    .replace(/\.html?$|\/(?:index\.html?)?$/i, '')
    .split('/')
    .at(-1)
    ?.toLowerCase()
    .replace(/^\d+-/, '')
    .replace(/[_ ]+/g, '-') ?? '';

/**
 * Which of the known paths the reader may have meant: its last piece is the same, or differs in one letter of three at most (so `/dnss/`, `/24-dns/`,
 * `/service/`). The nearest, and of equals the first.
 */
export function meantPath(path: string, known: readonly string[]): string | undefined {
  const asked = slugOf(path);
  const limit = Math.min(3, Math.floor(asked.length / 3));
  const scored = known
    .map((each) => ({ each, slug: slugOf(each) }))
    .filter(({ slug }) => slug !== '' && asked !== '')
    .map(({ each, slug }) => ({ each, apart: distance(asked, slug, limit) }))
    .filter(({ apart }) => apart <= limit);
  return scored.sort((one, other) => one.apart - other.apart)[0]?.each;
}
