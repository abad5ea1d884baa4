interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** What a card should not cover: the key that it is about, its listing, and the lines of it as they are seen. */
export interface Surroundings {
  readonly key: Box;
  readonly listing: Box;
  readonly lines: readonly Box[];
}

const gapPx = 24;
const edgePx = 16;
/** The header of the page stays at the top. */
const headerPx = 56;

/**
 * Where the card of a field goes, in pixels of the window: to the right of the listing, or of the lines beside it, so that all of it stays readable; below
 * the key where there is no room, above it where there is none either.
 */
export function placeFieldCard({ key, listing, lines }: Surroundings, card: Size, window: Size): { readonly left: number; readonly top: number } {
  const top = Math.max(headerPx + edgePx / 2, Math.min(key.top - edgePx / 2, window.height - card.height - edgePx));
  const beside = lines.filter((line) => line.bottom > top && line.top < top + card.height);
  const lefts = [listing.right + edgePx / 2, Math.max(key.right, ...beside.map(({ right }) => right)) + gapPx];
  const left = lefts.find((each) => each + card.width + edgePx <= window.width);
  if (left !== undefined) return { left, top };
  const below = key.bottom + edgePx / 2;
  const above = key.top - edgePx / 2 - card.height;
  return {
    left: Math.max(edgePx, Math.min(key.left, window.width - card.width - edgePx)),
    top: below + card.height > window.height - edgePx && above >= headerPx ? above : below,
  };
}
