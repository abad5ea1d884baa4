import type { Session } from './session.ts';

/** What the reader asked for comes into sight. */
export function intoSight(host: HTMLElement, { showsReal }: Session): void {
  if (showsReal) showReal(host);
  else showInputs(host);
}

/** The steps for a real cluster were asked for: they come into sight and take the focus. */
function showReal(host: HTMLElement): void {
  const summary = host.querySelector<HTMLElement>('.real-steps > summary');
  summary?.scrollIntoView({ block: 'nearest' });
  summary?.focus({ preventScroll: true });
}

/** The inputs were asked for: on a phone they stand above the picture, out of sight of the button that brought them. */
function showInputs(host: HTMLElement): void {
  host.querySelector('.fields')?.scrollIntoView({ block: 'nearest' });
}
