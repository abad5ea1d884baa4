/** Browsers without `requestIdleCallback` wait so long. */
const idleMs = 300;

/** Does something when the browser has nothing better to do. */
export function whenIdle(task: () => void): void {
  if (typeof requestIdleCallback === 'function') requestIdleCallback(task);
  else setTimeout(task, idleMs);
}
