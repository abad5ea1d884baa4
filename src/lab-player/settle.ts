import { answered } from './outcome.ts';
import { tellProgress } from './progress.ts';
import type { Runtime } from './runtime.ts';
import type { Session } from './session.ts';
import { Speaker } from './speaker.ts';

const speakers = new WeakMap<HTMLElement, Speaker>();

/** After a drawing: what differs from `before` is said, gets the focus, and is told to the page. */
export function settle(runtime: Runtime, before: Session): void {
  const { host, session, opener } = runtime;
  speakerOf(host).tell(session, before);
  runtime.set(answered);
  keepHeight(host, session.scenario !== before.scenario);
  if (session.selected !== before.selected) showPanel(host, opener, before.selected === undefined);
  const [now, then] = [session.history, before.history];
  if (now === then) return;
  // Scrolling needs the new layout. In the frame it is made anyway; here it would be made twice, and a step be one long task.
  requestAnimationFrame(() => {
    for (const list of host.querySelectorAll('.events .window')) list.scrollTop = list.scrollHeight;
  });
  tellProgress(host, session);
}

/** The width in which each watched picture was seen. */
const widthsPx = new WeakMap<Element, number>();
const watch = new ResizeObserver((entries) => {
  for (const { target, contentRect } of entries) {
    const widthPx = widthsPx.get(target);
    // In a window of another width it is another picture.
    if (widthPx !== undefined && widthPx !== contentRect.width) watchAnew(target);
    else if (target.parentElement) target.parentElement.style.minHeight = `${contentRect.height}px`;
    widthsPx.set(target, contentRect.width);
  }
});

function watchAnew(live: Element): void {
  if (live.parentElement) live.parentElement.style.minHeight = '';
  watch.unobserve(live);
  watch.observe(live);
}

/** A picture that has grown stays so high until another scenario is shown: the controls below it do not move back under a finger. */
function keepHeight(host: HTMLElement, isOther: boolean): void {
  const live = host.querySelector('.picture > .live');
  if (live && (isOther || !widthsPx.has(live))) watchAnew(live);
}

function speakerOf(host: HTMLElement): Speaker {
  const speaker = speakers.get(host) ?? new Speaker(host);
  speakers.set(host, speaker);
  return speaker;
}

/** The panel that answers "why?" gets the focus when it is new; when it has closed, `opener` gets it back. Both stay in sight if the window has room. */
function showPanel(host: HTMLElement, opener: Element | null, isNew: boolean): void {
  const panel = host.querySelector<HTMLElement>('.why-panel');
  if (!panel && (opener instanceof HTMLElement || opener instanceof SVGElement)) opener.focus({ preventScroll: true });
  opener?.scrollIntoView({ block: 'nearest' });
  panel?.scrollIntoView({ block: 'nearest' });
  if (isNew) panel?.querySelector<HTMLElement>('[tabindex="-1"]')?.focus({ preventScroll: true });
}
