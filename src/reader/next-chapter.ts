import type { Progress } from './progress.ts';
import { ringOf } from './rings.ts';

/** A chapter that the page lists: its address, and whether the reader has begun it. */
interface Listed {
  readonly slug: string;
  readonly href: string;
  readonly title: string;
  readonly isBegun: boolean;
}

/**
 * The chapters that the page lists and that are not finished, in its order; those after `slug` first, then those before it. What an author has not written
 * yet is not among them.
 */
export function unfinishedChapters(progress: Progress, slug?: string): readonly Listed[] {
  const rows = [...document.querySelectorAll<HTMLElement>('[data-chapter]')];
  const at = rows.findIndex(({ dataset }) => dataset.chapter === slug) + 1;
  return [...rows.slice(at), ...rows.slice(0, at)].flatMap((row) => {
    const { chapter = '', sections } = row.dataset;
    const link = row instanceof HTMLAnchorElement ? row : row.querySelector('a');
    const ring = ringOf(progress, chapter, Number(sections));
    return !link || ring === 'done' ? [] : [{ slug: chapter, href: link.href, title: link.textContent.trim(), isBegun: ring === 'begun' }];
  });
}
