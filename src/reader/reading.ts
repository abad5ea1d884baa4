import { progressThing, withoutGone, withRead, type Progress } from './progress.ts';
import { SeenShare } from './seen-share.ts';
import { placeHere } from './site-place.ts';
import { change, load, onOtherTab } from './storage.ts';

/** A section is read once its end has stood on the screen for so long: a glance while scrolling past does not count. */
const readMs = 3000;
/** And once so much of it was seen: who comes by a link to the section behind it sees its end, too. */
const readShare = 0.5;

interface Spot {
  readonly link: HTMLAnchorElement;
  readonly heading: HTMLElement;
}

/** What the page wants to know. */
export interface Followers {
  readonly changed: (progress: Progress) => void;
  /** A section was read, for the first time: its heading, and the one after it. */
  readonly finished: (heading: HTMLElement, next: HTMLElement | undefined) => void;
}

/**
 * Calls `look` at most once a frame, whenever what is seen may have changed, and never in a tab in the background. Gives back what calls it for another
 * reason.
 */
function whenSeen(look: () => void, hiddenOrShown: () => void): () => void {
  let isAsked = false;
  const lookSoon = (): void => {
    if (isAsked) return;
    isAsked = true;
    requestAnimationFrame(() => {
      isAsked = false;
      if (!document.hidden) look();
    });
  };
  for (const event of ['scroll', 'resize'] as const) addEventListener(event, lookSoon, { passive: true });
  document.addEventListener('visibilitychange', () => {
    hiddenOrShown();
    lookSoon();
  });
  lookSoon();
  return lookSoon;
}

/** The section that asks questions, and whether one is still open: it is not done by being seen. */
function findQuiz(spots: readonly Spot[], answered: () => void): { readonly spot: Spot | undefined; readonly isOpen: () => boolean } {
  const quiz = document.querySelector('main .quiz');
  if (quiz) new MutationObserver(answered).observe(quiz, { subtree: true, attributeFilter: ['data-answered'] });
  return {
    spot: quiz ? spots.findLast(({ heading }) => heading.compareDocumentPosition(quiz) & Node.DOCUMENT_POSITION_FOLLOWING) : undefined,
    isOpen: () => quiz?.querySelector('.quiz-item:not([data-answered])') !== null,
  };
}

function findSpots(contents: HTMLElement): readonly Spot[] {
  return [...contents.querySelectorAll<HTMLAnchorElement>('.sub a')].flatMap((link) => {
    const heading = document.getElementById(link.hash.slice(1));
    return heading ? [{ link, heading }] : [];
  });
}

/** On the page of the chapter `slug`: marks the current section in the contents, and remembers what was read and where. */
export function followReading(slug: string, { changed, finished }: Followers): void {
  const contents = document.querySelector<HTMLElement>('.toc');
  if (!contents) return;
  const spots = findSpots(contents);
  const last = document.querySelector('.pager');
  const now = document.querySelector('[data-now]');
  const chapter = document.querySelector('h1')?.textContent.trim() ?? '';
  const endsSeen = new Map<Spot, number>();
  const seen = new SeenShare();
  let current: Spot | undefined;
  let timer = 0;

  const paint = (progress: Progress): void => {
    for (const { link, heading } of spots) link.classList.toggle('read', progress.read[slug]?.includes(heading.id) ?? false);
    changed(progress);
  };
  const moveTo = (spot: Spot): void => {
    current?.link.removeAttribute('aria-current');
    current = spot;
    spot.link.setAttribute('aria-current', 'location');
    const label = spot.link.firstElementChild?.textContent ?? '';
    if (now) now.textContent = `${label}, ${spots.indexOf(spot) + 1} of ${spots.length}`;
    paint(change(progressThing, (progress) => ({ ...progress, last: { path: placeHere(spot.link.hash), label: `${chapter}, ${label}`, at: Date.now() } })));
  };
  const finish = (spot: Spot, index: number): void => {
    paint(change(progressThing, (progress) => withRead(progress, slug, spot.heading.id)));
    finished(spot.heading, spots[index + 1]?.heading);
  };
  const look = (): void => {
    const { scrollHeight } = document.documentElement;
    const atEnd = scrollY > 0 && scrollY + innerHeight > scrollHeight - 8;
    const spot = atEnd ? spots.at(-1) : spots.findLast(({ heading }) => heading.getBoundingClientRect().top < innerHeight * 0.35);
    if (spot && spot !== current) moveTo(spot);
    const time = performance.now();
    const topsPx = [...spots.map(({ heading }) => heading), last].map((each) => each?.getBoundingClientRect().top ?? 0);
    const places = spots.map((_spot, index) => ({ topPx: topsPx[index] ?? 0, bottomPx: topsPx[index + 1] ?? 0 }));
    let waitMs = seen.look(places, innerHeight, scrollY, time);
    for (const [index, each] of spots.entries()) {
      const end = topsPx[index + 1] ?? 0;
      if (end <= 0 || end > innerHeight) endsSeen.delete(each);
      else if (!each.link.classList.contains('read') && seen.of(index) >= readShare && !(each === quiz.spot && quiz.isOpen())) {
        const since = endsSeen.get(each) ?? time;
        endsSeen.set(each, since);
        if (time - since >= readMs) finish(each, index);
        else waitMs = Math.min(waitMs, since + readMs - time);
      }
    }
    clearTimeout(timer);
    if (waitMs < Infinity) timer = window.setTimeout(look, waitMs + 20);
  };
  const repaint = (): void => {
    paint(load(progressThing));
  };
  contents.addEventListener('click', ({ target }) => {
    if (target instanceof Element && target.closest('a') && contents.matches(':popover-open')) contents.hidePopover();
  });
  onOtherTab([progressThing], repaint);
  const ids = spots.map(({ heading }) => heading.id);
  paint(change(progressThing, (progress) => withoutGone(progress, slug, ids)));
  const lookSoon = whenSeen(look, () => {
    endsSeen.clear();
    clearTimeout(timer);
  });
  const quiz = findQuiz(spots, lookSoon);
}
