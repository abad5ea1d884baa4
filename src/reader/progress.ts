import { ignore, isCount, isFields, isPlace, readEntries, type Fault } from './reading-values.ts';
import type { Thing } from './storage.ts';

/** Where the reader was last: a path of this site without its base, and what stands there. `at` is in ms since 1970. */
export interface Last {
  readonly path: string;
  readonly label: string;
  readonly at: number;
}

/** What the reader has read and tried. */
export interface Progress {
  /** Chapter → ids of its finished sections. */
  readonly read: Readonly<Record<string, readonly string[]>>;
  /** `<lab>/<scenario>`: watched to its end, or its challenge solved. */
  readonly labs: Readonly<Record<string, 'seen' | 'solved'>>;
  readonly last?: Last;
}

function readLast(value: unknown, isVersioned: boolean, fault: Fault): Last | undefined {
  const { path, label, at = 0 } = isFields(value) ? value : {};
  if (isPlace(path) && typeof label === 'string' && isCount(at)) {
    // Before there were versions the base path stood in it; a chapter is the last step of its address.
    return { path: isVersioned ? path : `/${/[^/]+\/?(?:#.*)?$/.exec(path)?.[0] ?? ''}`, label: label.slice(0, 200), at };
  }
  if (value !== undefined) fault('last', 'a path on this site, a label and a time');
  return undefined;
}

/** Reads progress of version 1, and what was kept before there were versions (`read` and `last` alone). */
export function readProgress(value: unknown, fault: Fault = ignore): Progress {
  if (!isFields(value)) return { read: {}, labs: {} };
  const read = readEntries(value.read, 'read', fault, (ids, where) => {
    if (!Array.isArray(ids)) return fault(where, 'a list of section names');
    const texts = ids.filter((id: unknown) => typeof id === 'string' && id.length < 300);
    if (texts.length < ids.length) fault(where, 'section names only');
    return [...new Set(texts)] as readonly string[];
  });
  const labs = readEntries(value.labs, 'labs', fault, (state, where) => (state === 'seen' || state === 'solved' ? state : fault(where, '"seen" or "solved"')));
  const last = readLast(value.last, 'v' in value, fault);
  return { read, labs, ...(last && { last }) };
}

export const progressThing: Thing<Progress> = { key: 'kubestep:progress', read: readProgress };

/** How far a chapter is read: `done` once all of its sections are. */
export function ringOf(progress: Progress, slug: string, sections: number): 'none' | 'begun' | 'done' {
  const read = progress.read[slug]?.length ?? 0;
  return read === 0 ? 'none' : read >= sections ? 'done' : 'begun';
}

/** The same progress with one section more. */
export function withRead(progress: Progress, slug: string, id: string): Progress {
  const before = progress.read[slug] ?? [];
  return before.includes(id) ? progress : { ...progress, read: { ...progress.read, [slug]: [...before, id] } };
}

/** The same progress without sections that the chapter no longer has: they would count as read ones. */
export function withoutGone(progress: Progress, slug: string, ids: readonly string[]): Progress {
  const before = progress.read[slug] ?? [];
  const there = before.filter((id) => ids.includes(id));
  return there.length === before.length ? progress : { ...progress, read: { ...progress.read, [slug]: there } };
}

/** The same progress with a lab watched to its end; what was solved stays solved. */
export function withLab(progress: Progress, id: string, solved: boolean): Progress {
  const before = progress.labs[id];
  return before === 'solved' || (before === 'seen' && !solved) ? progress : { ...progress, labs: { ...progress.labs, [id]: solved ? 'solved' : 'seen' } };
}
