/** The focused control is gone: the focus goes to what took its place, so that the keys of the lab keep working. */
export function refocus(host: HTMLElement, gone: Element): void {
  const helps = gone.matches('[data-does="hint"], [data-does="help"]');
  const near = helps ? host.querySelector<HTMLElement>('.goal-part button') : null;
  const next = near ?? host.querySelector<HTMLElement>('[data-does="play"], [data-does="reset"]');
  next?.focus({ preventScroll: true });
}

/** The panel that answers "why?" gets the focus when it is new; when it has closed, `opener` gets it back. */
export function showPanel(host: HTMLElement, opener: Element | null, isNew: boolean): void {
  const panel = host.querySelector<HTMLElement>('.why-panel');
  if (!panel) {
    if (opener instanceof HTMLElement || opener instanceof SVGElement) opener.focus({ preventScroll: true });
    return;
  }
  panel.scrollIntoView({ block: 'nearest' });
  if (isNew) panel.querySelector<HTMLElement>('[tabindex="-1"]')?.focus({ preventScroll: true });
}

/** The steps for a real cluster were asked for: they come into sight and take the focus. */
export function showReal(host: HTMLElement): void {
  const summary = host.querySelector<HTMLElement>('.real-steps > summary');
  summary?.scrollIntoView({ block: 'nearest' });
  summary?.focus({ preventScroll: true });
}

/** The inputs were asked for: on a phone they stand above the picture, out of sight of the button that brought them. */
export function showInputs(host: HTMLElement): void {
  host.querySelector('.fields')?.scrollIntoView({ block: 'nearest' });
}
