import { ringOf, type Progress } from './progress.ts';

/** Shows at each listed chapter how far it is read. */
export function paintRings(progress: Progress): void {
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
