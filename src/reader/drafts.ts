import { own } from './joined.ts';
import { ignore, isFields, readEntries, type Fault } from './reading-values.ts';
import { renamed, renaming, underNewNames, type Renames } from './renamed.ts';
import { keepText, textOf } from './storage.ts';

/** As lab-player/drafts.ts writes them; a test compares. Imported from there, it would cost every lab a further file. */
export const draftPrefix = 'kubestep:draft:1:';

/** Texts that the reader typed into labs, by `<lab>/<scenario>` and part. */
export interface Drafts {
  readonly drafts: Readonly<Record<string, Texts>>;
}

type Texts = Readonly<Record<string, string>>;

/** As large as a lab keeps one (lab-player/drafts.ts), with room for quoting. */
const textLengthMax = 250_000;

/** What stands before the id of a question in the name of its draft (components/chapter/quiz/typed.ts). */
const ofQuestion = 'quiz-';

const draftNow =
  (renames: Renames) =>
  (name: string): string =>
    name.startsWith(ofQuestion) ? ofQuestion + renaming(renames)(name.slice(ofQuestion.length)) : renaming(renames, 'labs/')(name);

/** Reads drafts as they stand in an exported file. Where two meet, the one that had the name already stays: it was typed later. */
export function readDrafts(value: unknown, fault: Fault = ignore, renames = renamed): Drafts {
  if (!isFields(value)) return { drafts: {} };
  const isText = (text: unknown): text is string => typeof text === 'string' && text.length <= textLengthMax;
  const drafts = readEntries(value.drafts, 'drafts', fault, (texts, where, name): Texts | null => {
    if (!/^[a-z0-9-]+\/[a-z0-9-]+$/.test(name)) return fault(where, 'the name of a lab and of a scenario');
    const parts = readEntries(texts, where, fault, (text, part): string | null => (isText(text) ? text : fault(part, 'a text')));
    const partNow = renaming(renames, `labs/${name.split('/')[0] ?? ''}#`);
    return Object.keys(parts).length > 0 ? underNewNames(parts, partNow, own) : null;
  });
  return { drafts: underNewNames(drafts, draftNow(renames), own) };
}

/** The keys of the drafts that this browser keeps. */
export function draftKeys(): readonly string[] {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(draftPrefix));
  } catch {
    return [];
  }
}

function storedDrafts(): Readonly<Record<string, unknown>> {
  const found = draftKeys().map((key): readonly [string, unknown] => {
    try {
      return [key.slice(draftPrefix.length), JSON.parse(textOf(key) ?? 'null')];
    } catch {
      return [key.slice(draftPrefix.length), undefined];
    }
  });
  return Object.fromEntries(found);
}

/** The drafts that this browser keeps. */
export function loadDrafts(renames = renamed): Drafts {
  return readDrafts({ drafts: storedDrafts() }, ignore, renames);
}

/** Keeps these drafts, and removes those of the given keys that are not among them. */
export function keepDrafts({ drafts }: Drafts, keys = draftKeys()): void {
  for (const key of keys) if (!(key.slice(draftPrefix.length) in drafts)) keepText(key, null);
  for (const [name, texts] of Object.entries(drafts)) {
    const text = JSON.stringify(texts);
    if (textOf(draftPrefix + name) !== text) keepText(draftPrefix + name, text);
  }
}

/** Moves drafts to the names that their scenarios, questions and parts have now: labs and questions look for their own and know no others. */
export function moveDrafts(renames: Renames = renamed): void {
  // Most releases rename nothing.
  if (renames.size === 0) return;
  const nameNow = draftNow(renames);
  const isFormer = (name: string): boolean => nameNow(name) !== name;
  keepDrafts(
    loadDrafts(renames),
    draftKeys().filter((key) => isFormer(key.slice(draftPrefix.length))),
  );
}
