import { isOver } from './history.ts';
import { outcomeOf, type Session } from './session.ts';

/** Tells the page when a run was watched to its end, or a challenge solved: for the reader's progress. */
export class Progress {
  readonly #host: HTMLElement;
  #told = '';

  constructor(host: HTMLElement) {
    this.#host = host;
  }

  tell(session: Session): void {
    if (!isOver(session.history)) return;
    const { solved } = outcomeOf(session);
    const { id, kind } = session.scenario;
    const key = `${id} ${solved}`;
    if (key === this.#told) return;
    this.#told = key;
    this.#host.dispatchEvent(new CustomEvent('lab-progress', { bubbles: true, detail: { lab: session.page.lab, scenario: id, kind, solved } }));
  }
}
