import { findAnswers, prepareEngine, type Answer, type Engine, type Hit } from './answer.ts';
import type { Answers } from './answers.ts';
import type { LexiconFile } from './lexicon.ts';
import { pagefindOptions, readFragment, readText, textFile, type Fragment, type Pagefind } from './pagefind.ts';

const base = (): string => document.documentElement.dataset.base ?? '/';

/** Names of the same build as the index: a browser that kept those of an earlier one asks whether they are still good. */
async function fetchFile(file: string): Promise<Response> {
  const answer = await fetch(`${base()}pagefind/${file}`, file.endsWith('.json') ? { cache: 'no-cache' } : {});
  if (!answer.ok) throw new Error(`search: ${file} could not be fetched: ${String(answer.status)}`);
  return answer;
}

const fetchJson = async (file: string): Promise<unknown> => (await fetchFile(file)).json();

/** Addresses in the index know nothing of the place the site is built for. */
async function fetchFragment(id: string): Promise<Fragment> {
  const fragment = await readFragment(await (await fetchFile(`fragment/${id}.pf_fragment`)).blob());
  return { ...fragment, url: `${base()}${fragment.url.replace(/^\//, '')}` };
}

const texts = new Map<string, Promise<string>>();

/** A text is asked for again with every letter that is typed. */
function fetchText(id: string, number: number): Promise<string> {
  const file = textFile(id, number);
  const known = texts.get(file) ?? fetchFile(file).then(async (answer) => readText(await answer.blob()));
  texts.set(file, known);
  known.catch(() => texts.delete(file));
  return known;
}

let terms: Promise<readonly string[]> | undefined;

/** The words that headings, code and names of the site use; fetched when nothing was found. None where they cannot be fetched. */
export function knownTerms(): Promise<readonly string[]> {
  terms ??= fetchJson('terms.json').then(
    (words) => words as readonly string[],
    () => {
      terms = undefined;
      return [];
    },
  );
  return terms;
}

let engine: Promise<Engine> | undefined;

/** Fetches the search itself, once. Rejects where there is no index (development) or no connection; the next call tries again. */
async function start(): Promise<Engine> {
  engine ??= (async () => {
    const lexicon = fetchJson('lexicon.json');
    const pagefind = (await import(/* @vite-ignore */ `${base()}pagefind/pagefind.js`)) as Pagefind;
    await pagefind.options(pagefindOptions);
    return prepareEngine(pagefind, (await lexicon) as LexiconFile, {
      fragment: fetchFragment,
      text: fetchText,
      terms: knownTerms,
      meta: async (file) => (await fetchFile(file)).blob(),
    });
  })();
  engine.catch(() => {
    engine = undefined;
  });
  return engine;
}

let last: { readonly query: string; readonly answers: Promise<Answers> } | undefined;

/** Asks names and full text. `kind` narrows to one kind; the counts of all kinds stay, as what is known of a query is kept until the next. */
export async function ask(query: string, kind: string | undefined): Promise<Answer> {
  if (last?.query !== query) last = { query, answers: start().then((engine) => findAnswers(query, engine)) };
  const mine = last;
  const forget = (): void => {
    if (last === mine) last = undefined;
  };
  mine.answers.catch(forget);
  const answer = (await mine.answers)(kind);
  const next = async (count: number): Promise<readonly Hit[]> =>
    answer.next(count).catch((error: unknown) => {
      // A file that could not be fetched is asked for again.
      forget();
      throw error;
    });
  return { ...answer, next };
}
