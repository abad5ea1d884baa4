import styleUrl from '../styles/bookmark.css?url';
import { addBookmarkButtons } from './bookmark-buttons.ts';
import { moveDrafts } from './drafts.ts';
import { meetCardsOf, meetTurnedCards } from './meeting-cards.ts';
import { progressThing, withLab } from './progress.ts';
import { followReading } from './reading.ts';
import { paintRings } from './rings.ts';
import { change } from './storage.ts';

/** What a lab tells when a run was watched to its end (lab-player/progress.ts). */
interface LabProgress {
  readonly lab: string;
  readonly scenario: string;
  readonly solved: boolean;
}

/** Follows a reader through a page: which labs were run; in a chapter also what was read, which cards were met, which places are marked. */
export function followReader(): void {
  // Before a lab or a field looks for its draft by its name.
  moveDrafts();
  document.addEventListener('lab-progress', (event) => {
    const { lab, scenario, solved } = (event as CustomEvent<LabProgress>).detail;
    change(progressThing, (progress) => withLab(progress, `${lab}/${scenario}`, solved));
  });
  const slug = document.querySelector<HTMLElement>('[data-reading]')?.dataset.reading;
  if (slug === undefined) return;
  const sheet = document.createElement('link');
  sheet.rel = 'stylesheet';
  sheet.href = styleUrl;
  // Without its sheet a button would move the heading it stands in.
  sheet.addEventListener('load', addBookmarkButtons);
  document.head.append(sheet);
  meetTurnedCards(slug);
  followReading(slug, {
    changed: paintRings,
    finished: (heading, next) => {
      meetCardsOf(slug, heading, next);
    },
  });
}
