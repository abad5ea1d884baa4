import { ignore, isFields, readEntries, type Fault } from './reading-values.ts';
import { textOf } from './storage.ts';

/** As lab-player/drafts.ts writes them; a test compares. Imported from there, it would cost every lab a further file. */
export const draftPrefix = 'kubestep:draft:1:';

/** Texts that the reader typed into labs, by `<lab>/<scenario>` and part. */
export interface Drafts {
  readonly drafts: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** As large as a lab keeps one (lab-player/drafts.ts), with room for quoting. */
const textLengthMax = 250_000;

/** Reads drafts as they stand in an exported file. */
export function readDrafts(value: unknown, fault: Fault = ignore): Drafts {
  if (!isFields(value)) return { drafts: {} };
  return {
    drafts: readEntries(value.drafts, 'drafts', fault, (texts, where, name) => {
      if (!/^[a-z0-9-]+\/[a-z0-9-]+$/.test(name)) return fault(where, 'the name of a lab and of a scenario');
      const isText = (text: unknown): text is string => typeof text === 'string' && text.length <= textLengthMax;
      const parts = readEntries(texts, where, fault, (text, part) => (isText(text) ? text : fault(part, 'a text')));
      return Object.keys(parts).length > 0 ? parts : null;
    }),
  };
}

/** The keys of the drafts that this browser keeps. */
export function draftKeys(): readonly string[] {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(draftPrefix));
  } catch {
    return [];
  }
}

/** The drafts that this browser keeps. */
export function loadDrafts(): Drafts {
  const found = draftKeys().map((key): readonly [string, unknown] => {
    try {
      return [key.slice(draftPrefix.length), JSON.parse(textOf(key) ?? 'null')];
    } catch {
      return [key.slice(draftPrefix.length), undefined];
    }
  });
  return readDrafts({ drafts: Object.fromEntries(found) });
}
