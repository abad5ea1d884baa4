import { isOver } from './history.ts';
import { outcomeOf } from './outcome.ts';
import type { Session } from './session.ts';

/** What each lab told last. */
const told = new WeakMap<HTMLElement, string>();

/** Tells the page when a run was watched to its end, or a challenge solved: for the reader's progress. */
export function tellProgress(host: HTMLElement, session: Session): void {
  if (!isOver(session.history)) return;
  const { solved } = outcomeOf(session);
  const { id, kind, listing } = session.scenario;
  // A listing is nobody's scenario.
  if (listing !== undefined) return;
  const key = `${id} ${solved}`;
  if (key === told.get(host)) return;
  told.set(host, key);
  host.dispatchEvent(new CustomEvent('lab-progress', { bubbles: true, detail: { lab: session.page.lab, scenario: id, kind, solved } }));
}
