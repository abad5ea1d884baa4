import { frameOf } from './history.ts';
import { pace } from './pace.ts';
import type { Session } from './session.ts';

/** Calls `tick` when the next frame is due; rests while the lab is off the screen or its tab is hidden. */
export class Clock {
  readonly #tick: () => void;
  #session: Session | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #inSight = true;

  constructor(host: HTMLElement, tick: () => void) {
    this.#tick = tick;
    new IntersectionObserver((entries) => {
      this.#inSight = entries.at(-1)?.isIntersecting ?? true;
      this.#wind();
    }).observe(host);
    document.addEventListener('visibilitychange', () => {
      this.#wind();
    });
  }

  /** The session changed: waits anew if that concerns time. */
  follow(session: Session): void {
    const before = this.#session;
    this.#session = session;
    if (
      before?.playing !== session.playing ||
      before.speed !== session.speed ||
      before.history.at !== session.history.at ||
      before.history.branch.id !== session.history.branch.id
    )
      this.#wind();
  }

  #wind(): void {
    clearTimeout(this.#timer);
    const session = this.#session;
    if (!session?.playing || !this.#inSight || document.hidden) return;
    const { history, speed } = session;
    const next = history.branch.frames[history.at + 1];
    this.#timer = setTimeout(this.#tick, pace((next?.atMs ?? 0) - frameOf(history).atMs, speed).waitMs);
  }
}
