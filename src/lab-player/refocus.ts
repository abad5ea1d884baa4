/** The focused control is gone: the focus goes to what took its place, so that the keys of the lab keep working. */
export function refocus(host: HTMLElement, gone: Element): void {
  const helps = gone.matches('[data-does="hint"], [data-does="help"]');
  const near = helps ? host.querySelector<HTMLElement>('.goal-part button') : null;
  const next = near ?? host.querySelector<HTMLElement>('[data-does="play"], [data-does="reset"]');
  next?.focus({ preventScroll: true });
}
