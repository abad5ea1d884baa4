/** Nobody waits longer for one event; a longer wait of the lab is shortened, and the player says so. */
export const waitMaxMs = 1200;
/** A shorter pause between two events would hide which came first. */
const waitMinMs = 350;

export const speeds = [0.25, 0.5, 1, 2, 4] as const;
export type Speed = (typeof speeds)[number];

/** How long the reader waits for an event that is `labMs` away, and whether that is less than the lab's own time. */
export function pace(labMs: number, speed: Speed): { readonly waitMs: number; readonly shortened: boolean } {
  return { waitMs: Math.min(waitMaxMs, Math.max(waitMinMs, labMs)) / speed, shortened: labMs > waitMaxMs };
}
