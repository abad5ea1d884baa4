import { openAsBlob, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { prepareEngine, type Engine } from '../search/answer.ts';
import type { LexiconFile } from '../search/lexicon.ts';
import { pagefindOptions, readFragment, readText, textFile, type Pagefind } from '../search/pagefind.ts';

/** The search of a built site in this process: the same modules as in the page. */
export interface BuiltSearch {
  /** A search that has fetched nothing yet. */
  readonly open: () => Promise<Engine>;
  /** Files below `pagefind/` that were fetched since the last call, each once. */
  readonly fetched: () => readonly string[];
}

interface PagefindModule {
  readonly createInstance: (options: object) => Pagefind;
}

/** Pagefind asks for its files over HTTP and for the page's language; both are answered from the folder. Rejects where there is no index. */
export async function builtSearch(outDir: string): Promise<BuiltSearch> {
  const folder = resolve(outDir, 'pagefind');
  const host = 'http://search.invalid/pagefind/';
  const asked = new Set<string>();
  const open = (file: string): Promise<Blob> => {
    asked.add(file);
    return openAsBlob(join(folder, file));
  };
  const network = globalThis.fetch;
  globalThis.fetch = async (address, options) => {
    const url = address instanceof Request ? address.url : String(address);
    return url.startsWith(host) ? new Response(await open(url.slice(host.length).replace(/\?.*$/, ''))) : network(address, options);
  };
  Object.assign(globalThis, { document: { currentScript: null, querySelector: () => ({ getAttribute: () => 'en' }) } });
  const { createInstance } = (await import(/* @vite-ignore */ pathToFileURL(join(folder, 'pagefind.js')).href)) as PagefindModule;
  const json = async (file: string): Promise<unknown> => JSON.parse(await (await open(file)).text());
  const lexicon = JSON.parse(readFileSync(join(folder, 'lexicon.json'), 'utf8')) as LexiconFile;
  return {
    open: () =>
      prepareEngine(createInstance({ ...pagefindOptions, basePath: host, baseUrl: '/' }), lexicon, {
        fragment: async (id) => readFragment(await open(`fragment/${id}.pf_fragment`)),
        text: async (id, number) => readText(await open(textFile(id, number))),
        terms: async () => (await json('terms.json')) as readonly string[],
        meta: open,
      }),
    fetched: () => {
      const files = [...asked];
      asked.clear();
      return files;
    },
  };
}
