import type { Texts } from './opaque.ts';

/** Keys of the browser's storage begin so; the number changes when the format does. */
export const draftPrefix = 'kubestep:draft:1:';
/** A larger draft is not stored (UTF-16 units); browsers allow about 5 million for a whole site. */
const draftLengthMax = 200_000;

/** Where drafts are kept; `localStorage`, or nothing in a private window that refuses it. */
export type Storage = Pick<globalThis.Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** The browser's storage, if it lets us. */
export function browserStorage(): Storage | undefined {
  try {
    return globalThis.localStorage;
  } catch {
    return undefined;
  }
}

/** Whose texts they are: of a scenario, or of a chapter's listing that was opened in its place. */
interface DraftNames {
  readonly lab: string;
  readonly scenario: string;
  readonly listing?: string;
}

function keyOf({ lab, scenario, listing = scenario }: DraftNames): string {
  return `${draftPrefix}${lab}/${listing.replaceAll('.', '-')}`;
}

/** Remembers the texts that differ from the scenario's; none: forgets. Whether they are kept: a full or refused storage does not, and changes nothing else. */
export function saveDraft(storage: Storage | undefined, names: DraftNames, texts: Texts, original: Texts): boolean {
  const changed = Object.entries(texts).filter(([part, text]) => original[part] !== text);
  const key = keyOf(names);
  const value = JSON.stringify(Object.fromEntries(changed));
  try {
    if (changed.length === 0) {
      storage?.removeItem(key);
      return true;
    }
    if (!storage || value.length > draftLengthMax) return false;
    storage.setItem(key, value);
    return true;
  } catch {
    return false;
  }
}

/** The texts of an earlier visit over the scenario's own; undefined when there are none, or none that can be read. */
export function loadDraft(storage: Storage | undefined, names: DraftNames, original: Texts): Texts | undefined {
  try {
    const value: unknown = JSON.parse(storage?.getItem(keyOf(names)) ?? 'null');
    if (typeof value !== 'object' || value === null) return undefined;
    const texts = Object.fromEntries(
      Object.entries(value).flatMap(([part, text]) =>
        typeof text === 'string' && original[part] !== undefined && original[part] !== text ? [[part, text]] : [],
      ),
    );
    return Object.keys(texts).length > 0 ? { ...original, ...texts } : undefined;
  } catch {
    return undefined;
  }
}
