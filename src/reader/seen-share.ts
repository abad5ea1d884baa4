/** Strips into which a section is divided, whatever its height is. */
const strips = 40;
/** While the page moves it is looked at so often: what flies past on the way to a link is not seen. */
const sampleMs = 700;

/** Where something is in the window: distances from its upper edge, in px. */
export interface Place {
  readonly topPx: number;
  readonly bottomPx: number;
}

/** Remembers for one visit how much of each section has been in the window. */
export class SeenShare {
  readonly #seen = new Map<number, Set<number>>();
  #sampledMs = -Infinity;
  #sampledAtPx = NaN;

  /**
   * Looks at where the sections are, `atPx` being how far the page is scrolled. Gives back after how many ms it wants to look again: it was too soon after
   * the last time, or Infinity.
   */
  look(places: readonly Place[], windowPx: number, atPx: number, nowMs: number): number {
    if (atPx === this.#sampledAtPx) return Infinity;
    const waitMs = this.#sampledMs + sampleMs - nowMs;
    if (waitMs > 0) return waitMs;
    this.#sampledMs = nowMs;
    this.#sampledAtPx = atPx;
    places.forEach(({ topPx, bottomPx }, section) => {
      const seen = this.#seen.get(section) ?? new Set();
      this.#seen.set(section, seen);
      for (let strip = 0; strip < strips; strip += 1) {
        const middlePx = topPx + ((strip + 0.5) * (bottomPx - topPx)) / strips;
        if (middlePx >= 0 && middlePx <= windowPx) seen.add(strip);
      }
    });
    return Infinity;
  }

  /** How much of a section was seen, from 0 to 1. */
  of(section: number): number {
    return (this.#seen.get(section)?.size ?? 0) / strips;
  }
}
