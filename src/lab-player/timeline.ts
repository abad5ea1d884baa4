import type { Frame } from './history.ts';

/** The slider counts so many places. */
export const placesMax = 1000;

/**
 * Where each frame stands, from 0 to 1: as its time says, but never closer to the one before than half of an even spacing,
 * so that every frame can be reached and seen.
 */
export function placesOf(frames: readonly Frame[]): readonly number[] {
  const last = frames.length - 1;
  if (last <= 0) return frames.map(() => 0);
  const spanMs = Math.max(1, (frames[last]?.atMs ?? 0) - (frames[0]?.atMs ?? 0));
  const gaps = frames.map((frame, index) => (index === 0 ? 0 : Math.max((frame.atMs - (frames[index - 1]?.atMs ?? 0)) / spanMs, 0.5 / last)));
  const total = gaps.reduce((sum, gap) => sum + gap, 0);
  let place = 0;
  return gaps.map((gap) => (place += gap) / total);
}

/** The frame nearest to a place of the slider. */
export function nearestFrame(places: readonly number[], place: number): number {
  let best = 0;
  for (const [index, candidate] of places.entries()) if (Math.abs(candidate - place) < Math.abs((places[best] ?? 0) - place)) best = index;
  return best;
}

export interface TimeLabel {
  readonly place: number;
  readonly text: string;
}

/** Times to write under the line, as `format` writes them: first, last, and as many between as fit `apart` from each other. */
export function labelsOf(frames: readonly Frame[], places: readonly number[], format: (ms: number) => string, apart = 0.2): readonly TimeLabel[] {
  const at = (index: number): TimeLabel => ({ place: places[index] ?? 0, text: format(frames[index]?.atMs ?? 0) });
  const last = frames.length - 1;
  const labels = [at(0)];
  for (let index = 1; index < last; index++) {
    const label = at(index);
    const before = labels[labels.length - 1];
    if (before && label.text !== before.text && label.place - before.place >= apart && label.place <= 1 - apart) labels.push(label);
  }
  return last > 0 ? [...labels, at(last)] : labels;
}

/** At most so many ticks are drawn; in a long run neighbours fall together. */
const ticksMax = 240;

/** The frames that get a tick. */
export function ticksOf(places: readonly number[]): readonly number[] {
  let drawn = -1;
  return places.flatMap((place, index) => {
    if (places.length > ticksMax && index !== 0 && place - drawn < 1 / ticksMax) return [];
    drawn = place;
    return [index];
  });
}
