/** What the reader has read, kept in this browser only: chapter → ids of finished sections, and where they were last. */
export interface Progress {
  readonly read: Readonly<Record<string, readonly string[]>>;
  readonly last?: { readonly path: string; readonly label: string };
}

const key = 'kubestep:progress';

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null;

/** Reads what is kept, and drops whatever is not of the expected shape: storage may have been edited, or come from another version. */
export function parseProgress(text: string | null): Progress {
  try {
    const value: unknown = JSON.parse(text ?? '');
    if (!isRecord(value)) return { read: {} };
    const { read, last } = value;
    return {
      read: isRecord(read)
        ? Object.fromEntries(Object.entries(read).map(([slug, ids]) => [slug, Array.isArray(ids) ? ids.filter((id) => typeof id === 'string') : []]))
        : {},
      // A path and nothing else: a stored address must not lead out of the site.
      ...(isRecord(last) && typeof last.path === 'string' && /^\/(?![/\\])/.test(last.path) && typeof last.label === 'string'
        ? { last: { path: last.path, label: last.label } }
        : {}),
    };
  } catch {
    return { read: {} };
  }
}

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

export function loadProgress(): Progress {
  try {
    return parseProgress(localStorage.getItem(key));
  } catch {
    return { read: {} }; // Storage is refused, as in some private windows: nothing is remembered.
  }
}

export function saveProgress(progress: Progress): void {
  try {
    localStorage.setItem(key, JSON.stringify(progress));
  } catch {
    // As above, or full: reading goes on.
  }
}
