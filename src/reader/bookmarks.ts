import { later } from './joined.ts';
import { ignore, isCount, isFields, isPlace, readEntries, type Fault } from './reading-values.ts';
import { renamed, renaming, underNewNames } from './renamed.ts';
import type { Thing } from './storage.ts';

/** A marked place: the section's heading and the chapter's title. `at` is in ms since 1970. */
export interface Bookmark {
  readonly label: string;
  readonly chapter: string;
  readonly at: number;
}

/** Bookmarks by place: a path of this site without its base. */
export interface Bookmarks {
  readonly places: Readonly<Record<string, Bookmark>>;
}

/** Reads bookmarks of version 1. */
export function readBookmarks(value: unknown, fault: Fault = ignore, renames = renamed): Bookmarks {
  if (!isFields(value)) return { places: {} };
  const places = readEntries(value.places, 'places', fault, (mark, where, path): Bookmark | null => {
    const { label, chapter, at } = isFields(mark) ? mark : {};
    if (isPlace(path) && typeof label === 'string' && typeof chapter === 'string' && isCount(at))
      return { label: label.slice(0, 200), chapter: chapter.slice(0, 200), at };
    return fault(where, 'a path on this site with a label, a chapter and a time');
  });
  return { places: underNewNames(places, renaming(renames), later) };
}

export const bookmarksThing: Thing<Bookmarks> = { key: 'kubestep:bookmarks', read: readBookmarks };

/** The same bookmarks with one more, or without it. */
export function withBookmark({ places }: Bookmarks, path: string, mark: Bookmark | undefined): Bookmarks {
  const others = Object.fromEntries(Object.entries(places).filter(([each]) => each !== path));
  return { places: mark ? { ...others, [path]: mark } : others };
}
