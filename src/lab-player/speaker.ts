import type { Session } from './session.ts';
import { silence, speak, summarise, type Speech } from './summary.ts';

/** Says what is shown into the lab's polite region, at most one sentence in two seconds. */
export class Speaker {
  readonly #host: HTMLElement;
  #speech: Speech = silence;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: HTMLElement) {
    this.#host = host;
  }

  tell(session: Session): void {
    this.#say(summarise(session.lab, session.history));
  }

  #say(text: string): void {
    clearTimeout(this.#timer);
    const { speech, say, againInMs } = speak(this.#speech, text, performance.now());
    this.#speech = speech;
    const region = this.#host.querySelector('[data-spoken]');
    if (say !== undefined && region) region.textContent = say;
    if (againInMs !== undefined) {
      this.#timer = setTimeout(() => {
        this.#say(text);
      }, againInMs);
    }
  }
}
