import { loadProgress, saveProgress, withRead, type Progress } from './progress.ts';

/** A section is read once its end has stood on the screen for so long: a glance while scrolling past does not count. */
const readMs = 3000;

interface Spot {
  readonly link: HTMLAnchorElement;
  readonly heading: HTMLElement;
}

/** On a chapter: marks the current section in the contents, remembers what was read, and tells `changed`. Elsewhere: nothing. */
export function followReading(changed: (progress: Progress) => void): void {
  const slug = document.querySelector<HTMLElement>('[data-reading]')?.dataset.reading;
  const contents = document.querySelector<HTMLElement>('.toc');
  if (slug === undefined || !contents) return;
  const spots: readonly Spot[] = [...contents.querySelectorAll<HTMLAnchorElement>('.sub a')].flatMap((link) => {
    const heading = document.getElementById(link.hash.slice(1));
    return heading ? [{ link, heading }] : [];
  });
  const last = document.querySelector('.pager');
  const now = document.querySelector('[data-now]');
  const endsSeen = new Map<Spot, number>();
  let progress = loadProgress();
  let current: Spot | undefined;
  let timer = 0;

  const keep = (next: Progress): void => {
    progress = next;
    saveProgress(next);
    for (const { link, heading } of spots) link.classList.toggle('read', next.read[slug]?.includes(heading.id) ?? false);
    changed(next);
  };
  const moveTo = (spot: Spot): void => {
    current?.link.removeAttribute('aria-current');
    current = spot;
    spot.link.setAttribute('aria-current', 'location');
    const label = spot.link.firstElementChild?.textContent ?? '';
    if (now) now.textContent = `${label}, ${spots.indexOf(spot) + 1} of ${spots.length}`;
    keep({ ...progress, last: { path: location.pathname + spot.link.hash, label } });
  };
  const look = (): void => {
    const { scrollHeight } = document.documentElement;
    const atEnd = scrollY > 0 && scrollY + innerHeight > scrollHeight - 8;
    const spot = atEnd ? spots.at(-1) : spots.findLast(({ heading }) => heading.getBoundingClientRect().top < innerHeight * 0.35);
    if (spot && spot !== current) moveTo(spot);
    const time = performance.now();
    let waitMs = Infinity;
    for (const [index, each] of spots.entries()) {
      const end = (spots[index + 1]?.heading ?? last)?.getBoundingClientRect().top ?? 0;
      if (end <= 0 || end > innerHeight) endsSeen.delete(each);
      else if (!each.link.classList.contains('read')) {
        const since = endsSeen.get(each) ?? time;
        endsSeen.set(each, since);
        if (time - since >= readMs) keep(withRead(progress, slug, each.heading.id));
        else waitMs = Math.min(waitMs, since + readMs - time);
      }
    }
    clearTimeout(timer);
    if (waitMs < Infinity) timer = window.setTimeout(look, waitMs + 20);
  };
  let isAsked = false;
  const lookSoon = (): void => {
    if (isAsked) return;
    isAsked = true;
    requestAnimationFrame(() => {
      isAsked = false;
      // A tab in the background reads nothing.
      if (!document.hidden) look();
    });
  };
  for (const event of ['scroll', 'resize'] as const) addEventListener(event, lookSoon, { passive: true });
  document.addEventListener('visibilitychange', () => {
    endsSeen.clear();
    clearTimeout(timer);
    lookSoon();
  });
  contents.addEventListener('click', ({ target }) => {
    if (target instanceof Element && target.closest('a') && contents.matches(':popover-open')) contents.hidePopover();
  });
  keep(progress);
  lookSoon();
}
