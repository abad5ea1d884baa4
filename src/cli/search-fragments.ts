import { globSync, mkdirSync, openAsBlob, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { wordsOf, wordsPerText } from '../search/long-page.ts';
import { packFragment, packText, readFragment, textFile, type Fragment } from '../search/pagefind.ts';

/** A fragment without the anchors that are no headings: Pagefind makes parts of a result of headings alone, and a chapter has twice as many others. */
export function withHeadingsOnly(fragment: Fragment): Fragment {
  const { anchors, ...rest } = fragment;
  return anchors === undefined ? rest : { ...rest, anchors: anchors.filter(({ element }) => /^h[1-6]$/.test(element)) };
}

/** Shorter pages keep their text: one file is fetched sooner than two. */
const longPageWords = 2 * wordsPerText;

/** A fragment, and the texts that lie apart from it: none of a page that is not long. */
export interface ParcelledPage {
  readonly fragment: Fragment;
  readonly texts: readonly string[];
}

/** Takes the text of a long page apart: the search fetches the texts in which it shows something. */
export function parcelled(fragment: Fragment): ParcelledPage {
  const words = wordsOf(fragment.content);
  // Pagefind parts words of a language without spaces by a sign of its own, and counts these then.
  if (words.length <= longPageWords || fragment.content.includes('\u200B')) return { fragment, texts: [] };
  const count = Math.ceil(words.length / wordsPerText);
  const texts = Array.from({ length: count }, (_, at) => words.slice(at * wordsPerText, (at + 1) * wordsPerText).join(' '));
  return { fragment: { ...fragment, content: '', wordsApart: words.length }, texts };
}

/** Writes each fragment of an index again, smaller, and the texts of long pages. Their names stay: only the index knows what they stand for. */
export async function slimFragments(pagefindFolder: string): Promise<void> {
  mkdirSync(join(pagefindFolder, 'text'), { recursive: true });
  const write = (file: string, text: string): void => {
    writeFileSync(join(pagefindFolder, file), gzipSync(text, { level: 9 }));
  };
  for (const name of globSync('fragment/*.pf_fragment', { cwd: pagefindFolder })) {
    const { fragment, texts } = parcelled(withHeadingsOnly(await readFragment(await openAsBlob(join(pagefindFolder, name)))));
    write(name, packFragment(fragment));
    texts.forEach((text, number) => {
      write(textFile(basename(name, '.pf_fragment'), number), packText(text));
    });
  }
}
