import { newsOf } from './news.ts';
import type { Session } from './session.ts';
import { silence, speak, type Speech } from './summary.ts';

/** Says what has changed into the lab's polite region, at most one text in two seconds. */
export class Speaker {
  readonly #host: HTMLElement;
  #speech: Speech = silence;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: HTMLElement) {
    this.#host = host;
  }

  tell(session: Session, before: Session): void {
    const news = newsOf(session, before, this.#host.querySelector('.track input') === document.activeElement);
    if (news !== '') this.#say(news);
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
