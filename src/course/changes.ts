import { execFileSync } from 'node:child_process';

/**
 * Reads what `git log --format=%x00%cs --name-only` prints: the day on which something below each folder `content/<part>/<chapter>/` last changed, by the
 * chapter's slug, as yyyy-mm-dd. Newest first, so the first day that names a chapter is its day.
 */
export function readChanges(log: string): ReadonlyMap<string, string> {
  const days = new Map<string, string>();
  for (const commit of log.split('\0').slice(1)) {
    const [day = '', ...files] = commit.split('\n');
    for (const file of files) {
      const slug = /^"?content\/[^/]+\/\d+-([^/]+)\//.exec(file)?.[1];
      if (slug !== undefined && !days.has(slug)) days.set(slug, day);
    }
  }
  return days;
}

function git(...args: readonly string[]): string {
  return execFileSync('git', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 64 * 1024 * 1024 });
}

/** Asks git. Where there is none, or only the last commits were fetched, nobody knows: an empty map. */
function changes(): ReadonlyMap<string, string> {
  try {
    if (git('rev-parse', '--is-shallow-repository').trim() !== 'false') return new Map();
    return readChanges(git('log', '--format=%x00%cs', '--name-only', '--', 'content'));
  } catch {
    return new Map();
  }
}

let known: ReadonlyMap<string, string> | undefined;

/** The day on which a chapter last changed, as yyyy-mm-dd; undefined where that is not known. */
export function changedOn(slug: string): string | undefined {
  known ??= changes();
  return known.get(slug);
}

/** A day as readers write it: `2026-11-20` is 20 November 2026. */
export function longDate(day: string): string {
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`));
}
