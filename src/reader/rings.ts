import type { Progress } from './progress.ts';
import type { Thing } from './storage.ts';

/** Where the reader's progress lies. */
export const progressKey = 'kubestep:progress';

type Read = Pick<Progress, 'read'>;

/**
 * What rings need of the reader's progress, for all pages: they count, and do without the checks of `readProgress`. Sections that were renamed count as they
 * are kept, until a chapter is read and writes them anew.
 */
export const ringsThing: Thing<Read> = { key: progressKey, read: (value) => ({ read: (value as Partial<Read> | null | undefined)?.read ?? {} }) };

/** How far a chapter is read: `done` once all of its sections are. */
export function ringOf({ read }: Read, slug: string, sections: number): 'none' | 'begun' | 'done' {
  const count = read[slug]?.length ?? 0;
  return count === 0 ? 'none' : count >= sections ? 'done' : 'begun';
}

/** Shows at each listed chapter how far it is read. */
export function paintRings(progress: Read): void {
  for (const link of document.querySelectorAll<HTMLElement>('[data-chapter]')) {
    const ring = ringOf(progress, link.dataset.chapter ?? '', Number(link.dataset.sections));
    link.classList.toggle('begun', ring === 'begun');
    link.classList.toggle('done', ring === 'done');
    const mark = link.querySelector('.ring');
    if (!mark) continue;
    // An empty ring says nothing, in the picture as in words.
    mark.role = ring === 'none' ? null : 'img';
    mark.ariaLabel = ring === 'none' ? null : ring === 'done' ? 'Finished:' : 'Begun:';
  }
}
