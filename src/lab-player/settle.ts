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
  if (session.selected !== before.selected) showPanel(host, opener, before.selected === undefined);
  const [now, then] = [session.history, before.history];
  if (now === then) return;
  // Scrolling needs the new layout. In the frame it is made anyway; here it would be made twice, and a step be one long task.
  requestAnimationFrame(() => {
    for (const list of host.querySelectorAll('.events .window')) list.scrollTop = list.scrollHeight;
  });
  tellProgress(host, session);
}

function speakerOf(host: HTMLElement): Speaker {
  const speaker = speakers.get(host) ?? new Speaker(host);
  speakers.set(host, speaker);
  return speaker;
}

/** The panel that answers "why?" gets the focus when it is new; when it has closed, `opener` gets it back. */
function showPanel(host: HTMLElement, opener: Element | null, isNew: boolean): void {
  const panel = host.querySelector<HTMLElement>('.why-panel');
  if (!panel) {
    if (opener instanceof HTMLElement || opener instanceof SVGElement) opener.focus({ preventScroll: true });
    return;
  }
  panel.scrollIntoView({ block: 'nearest' });
  if (isNew) panel.querySelector<HTMLElement>('[tabindex="-1"]')?.focus({ preventScroll: true });
}
