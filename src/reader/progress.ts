import { joined } from './joined.ts';
import { ignore, isCount, isFields, isPlace, readEntries, type Fault } from './reading-values.ts';
import { renamed, renaming, underNewNames, type Renames } from './renamed.ts';
import { progressKey } from './rings.ts';
import type { Thing } from './storage.ts';

/** Where the reader was last: a path of this site without its base, and what stands there. `at` is in ms since 1970. */
export interface Last {
  readonly path: string;
  readonly label: string;
  readonly at: number;
}

type LabState = 'seen' | 'solved';

/** What the reader has read and tried. */
export interface Progress {
  /** Chapter → ids of its finished sections. */
  readonly read: Readonly<Record<string, readonly string[]>>;
  /** `<lab>/<scenario>`: watched to its end, or its challenge solved. */
  readonly labs: Readonly<Record<string, LabState>>;
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

/** Sections that were read here or there. */
export const allSections = (one: readonly string[], other: readonly string[]): readonly string[] => [...new Set([...one, ...other])];

/** What was solved stays solved. */
export const furtherState = (one: LabState, other: LabState): LabState => (one === 'solved' ? one : other);

/** Each section in the chapter, and under the id, where it is now. */
function sectionsNow(read: Progress['read'], renames: Renames): Progress['read'] {
  const moved = Object.entries(read).flatMap(([slug, ids]) =>
    ids.flatMap((id): readonly (readonly [string, readonly string[]])[] => {
      const [, chapter = '', section = ''] = renames.get(`/${slug}/#${id}`)?.split(/\/#?/) ?? [];
      return section === '' ? [] : [[chapter, [section]]];
    }),
  );
  if (moved.length === 0) return read;
  const stayed = Object.entries(read).map(([slug, ids]) => [slug, ids.filter((id) => !renames.has(`/${slug}/#${id}`))] as const);
  return joined(Object.fromEntries(stayed.filter(([, ids]) => ids.length > 0)), moved, allSections);
}

/** Reads progress of version 1, and what was kept before there were versions (`read` and `last` alone). */
export function readProgress(value: unknown, fault: Fault = ignore, renames = renamed): Progress {
  if (!isFields(value)) return { read: {}, labs: {} };
  const read = readEntries(value.read, 'read', fault, (ids, where): readonly string[] | null => {
    if (!Array.isArray(ids)) return fault(where, 'a list of section names');
    const texts = ids.filter((id: unknown) => typeof id === 'string' && id.length < 300);
    if (texts.length < ids.length) fault(where, 'section names only');
    return allSections(texts, []);
  });
  const labs = readEntries(value.labs, 'labs', fault, (state, where): LabState | null =>
    state === 'seen' || state === 'solved' ? state : fault(where, '"seen" or "solved"'),
  );
  const last = readLast(value.last, 'v' in value, fault);
  return {
    read: sectionsNow(read, renames),
    labs: underNewNames(labs, renaming(renames, 'labs/'), furtherState),
    ...(last && { last: { ...last, path: renaming(renames)(last.path) } }),
  };
}

export const progressThing: Thing<Progress> = { key: progressKey, read: readProgress };

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
