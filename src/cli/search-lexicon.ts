import { globSync, openAsBlob } from 'node:fs';
import { basename, join } from 'node:path';
import { packLexicon, type IndexedPage, type LexiconFile } from '../search/lexicon.ts';
import { readFragment, readFragmentIds, type Fragment } from '../search/pagefind.ts';
import { pieces, stem, tellingWords } from '../search/words.ts';
import type { AskedWords } from './search-asked.ts';
import type { KnownNames } from './search-names.ts';

/** Their titles are sentences, which are found by their words: Pagefind weighs those of a title. As names they would be an eighth of the file. */
const withoutNames: ReadonlySet<string> = new Set(['Often said', 'Scenario', 'Challenge']);

/** Chapters and labs are called by their address too: dns, pv-pvc. */
const calledByAddress: ReadonlySet<string> = new Set(['Chapter', 'Lab']);

/** Of commands and errors, names of more words are left to the text, where they stand too: they would be a quarter of the file. */
const wordsMax: Readonly<Record<string, number>> = { Command: 0, Error: 3 };

/** Of what readers complain of, small words are no burden: mapping values are not allowed. */
const lengthOf = (kind: string, name: string): number => (kind === 'Error' ? tellingWords(name) : name.split(' ')).length;

const formsOf = (name: string): string => pieces(name).map(stem).join(' ');

/** Names that add something: none that is the title in another form, none twice. */
function newNames(title: string, names: readonly string[]): readonly string[] {
  const seen = new Set([formsOf(title), pieces(title).join('')]);
  const titleForms = formsOf(title).split(' ');
  return names.flatMap((name) => {
    const forms = formsOf(name);
    const isInTitle = forms.split(' ').length > 2 && forms.split(' ').every((form) => titleForms.includes(form));
    if (seen.has(forms) || isInTitle || forms === '') return [];
    seen.add(forms);
    return [name.toLowerCase()];
  });
}

/** Capitals inside a word part it (ClusterIP, nodeName); at its beginning they tell nothing, and small letters pack better. */
const withoutIdleCapitals = (name: string): string =>
  name.replace(/(?<![\p{L}\p{N}])\p{Lu}(?=[^\p{Lu}\s]*(?:[\s.,:;|]|$))(?![\p{Ll}\p{N}]*\p{Lu})/gu, (capital) => capital.toLowerCase());

/** A page or record with the names by which it is known. */
export function indexedPage(id: string, { url, meta, filters }: Fragment, known: ReadonlyMap<string, KnownNames>, asked: AskedWords): IndexedPage {
  const kind = filters.kind?.[0] ?? 'Page';
  if (withoutNames.has(kind)) return { id, kind, entry: undefined };
  const path = url.replace(/#.*$/, '');
  const names = /#(?!main$)/.test(url) ? undefined : known.get(path);
  const title = names?.title ?? meta.title ?? path;
  const own = calledByAddress.has(kind) ? [path.split('/').at(-2) ?? ''] : [];
  // A record has them in its text; the text of a page is not ours to add to.
  const askedNames = url.includes('#') ? [] : (asked.get(path) ?? []);
  const short = (names?.also ?? []).filter((name) => lengthOf(kind, name) <= (wordsMax[kind] ?? Infinity));
  return { id, kind, entry: { id, kind, title: withoutIdleCapitals(title), also: newNames(title, [...own, ...short, ...askedNames]) } };
}

/** Reads all fragments that Pagefind wrote and packs what the search knows by name. Throws when the client could not tell the fragments as they are. */
export async function searchLexicon(pagefindFolder: string, known: ReadonlyMap<string, KnownNames>, asked: AskedWords): Promise<LexiconFile> {
  const files = globSync('fragment/*.pf_fragment', { cwd: pagefindFolder });
  const idOf = (file: string): string => basename(file, '.pf_fragment');
  const [meta, ...others] = globSync('*.pf_meta', { cwd: pagefindFolder });
  if (meta === undefined || others.length > 0) throw new Error('search: expected one index of Pagefind');
  const ids = await readFragmentIds(await openAsBlob(join(pagefindFolder, meta)), files.length);
  if ([...ids].sort().join() !== files.map(idOf).sort().join()) throw new Error('search: Pagefind lists its fragments in another form; see readFragmentIds');
  const fragmentOf = async (id: string): Promise<Fragment> => readFragment(await openAsBlob(join(pagefindFolder, `fragment/${id}.pf_fragment`)));
  return packLexicon(await Promise.all(ids.map(async (id) => indexedPage(id, await fragmentOf(id), known, asked))), meta);
}
